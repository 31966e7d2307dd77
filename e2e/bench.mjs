// Opens the benchmark's page and passes on what it prints, until it is done.
import { launch } from './browser.mjs';

const browser = await launch();
const page = await browser.newPage();
const done = new Promise((resolve, reject) => {
  page.on('pageerror', reject);
  page.on('console', (message) => {
    if (message.text() === 'done') resolve();
    else console.log(message.text());
  });
});
await page.goto(process.env.SITE_URL);
await done;
await browser.close();
