// Runs every journey in e2e/journeys against SITE_URL, each in a fresh context; see journeys/README.md.
import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { launch, settled, watch } from './browser.mjs';
import { host } from './host.mjs';

const results = new URL('./results/', import.meta.url);
const folder = new URL('./journeys/', import.meta.url);
const LIMIT = 60_000;

const wanted = process.argv.slice(2);
const files = (await readdir(folder))
  .filter((file) => file.endsWith('.mjs'))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort();
await mkdir(results, { recursive: true });
const browser = await launch();
let passed = 0;
let failed = 0;
for (const file of files) {
  const journey = await import(new URL(file, folder));
  const start = performance.now();
  const faults = await walk(file.replace('.mjs', ''), journey);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (faults.length === 0) {
    passed += 1;
    console.log(`✓ ${journey.name} (${seconds} s)`);
  } else {
    failed += 1;
    console.log(`✗ ${journey.name} (${seconds} s)\n    ${faults.join('\n').replaceAll('\n', '\n    ')}`);
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/// One journey from a fresh start. Returns what went wrong.
async function walk(id, journey) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    ...journey.options,
  });
  context.setDefaultTimeout(10_000);
  const url = process.env.SITE_URL;
  const origins = new Set([new URL(url).origin]);
  const faults = await watch(context, origins);
  const page = await context.newPage();
  const hosts = [];
  const tools = {
    page,
    context,
    url,
    assert,
    settled,
    open: async (address = url) => {
      await page.goto(address);
      await settled(page);
    },
    shot: (name) => page.screenshot({ path: path(`${id}-${name}.png`) }),
    host: async (options) => {
      const started = await host(options);
      hosts.push(started);
      origins.add(new URL(started.url).origin);
      return started;
    },
    /// What the browser is right to complain about in this journey.
    forgive: (pattern) => {
      for (let at = faults.length - 1; at >= 0; at -= 1) {
        if (pattern.test(faults[at])) faults.splice(at, 1);
      }
    },
  };
  try {
    await within(journey.limit ?? LIMIT, journey.run(tools));
  } catch (error) {
    faults.push(error.stack ?? String(error));
  }
  if (faults.length > 0) {
    await page.screenshot({ path: path(`${id}-failed.png`), timeout: 5000 }).catch(() => {});
  }
  await context.close();
  for (const started of hosts) await started.stop();
  return faults;
}

function path(name) {
  return new URL(name, results).pathname;
}

async function within(limit, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${limit / 1000} s`)), limit);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
