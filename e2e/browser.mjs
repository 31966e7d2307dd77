// Starts Chromium, watches what a page must never do, and waits until the planner answers.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROME, args: FLAGS });
}

/// Collects what must not happen in any page of the context: errors, foreign requests, policy violations.
export async function watch(context, origins) {
  const faults = [];
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error()}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    const local = ['data:', 'blob:'].includes(url.protocol);
    if (!local && !origins.has(url.origin)) faults.push(`request to ${url.href}`);
  });
  return faults;
}

/// Until the program has started, all of it came, the fonts are there and two frames were drawn.
export async function settled(page) {
  await page.waitForSelector('html[data-started][data-program]', { state: 'attached', timeout: 15_000 });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}
