// Pictures of the page in e2e/results: all sizes and themes, or those asked for.
import { mkdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { launch, settled, watch } from './browser.mjs';

const SIZES = ['1440x900', '1024x768', '390x844'];
const THEMES = ['light', 'dark'];

const option = (name) =>
  process.argv
    .filter((word) => word.startsWith(`--${name}=`))
    .map((word) => word.slice(name.length + 3));
const sizes = option('size').length > 0 ? option('size') : SIZES;
const themes = option('theme').length > 0 ? option('theme') : THEMES;
const name = option('name')[0] ?? 'page';
const steps = option('steps')[0];
const { default: prepare } = steps ? await import(pathToFileURL(steps)) : { default: async () => {} };

const results = new URL('./results/', import.meta.url);
await mkdir(results, { recursive: true });
const browser = await launch();
let faulty = false;
for (const theme of themes) {
  for (const size of sizes) {
    const [width, height] = size.split('x').map(Number);
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
      hasTouch: width < 640,
    });
    const faults = await watch(context, new Set([new URL(process.env.SITE_URL).origin]));
    const page = await context.newPage();
    await page.goto(process.env.SITE_URL + (option('hash')[0] ?? ''));
    await settled(page).catch((error) => faults.push(error.message));
    await prepare(page, { size, theme });
    const file = new URL(`${name}-${size}-${theme}.png`, results).pathname;
    await page.screenshot({ path: file });
    console.log(file);
    for (const fault of faults) console.log(`  ${fault}`);
    faulty ||= faults.length > 0;
    await context.close();
  }
}
await browser.close();
process.exit(faulty ? 1 : 0);
