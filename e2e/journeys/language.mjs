import { readFile } from 'node:fs/promises';

export const name = 'Numbers, sums and dates are written and read as the visitor writes them; a plan is the same everywhere';

export const options = { locale: 'de-DE' };

export async function run({ page, open, assert }) {
  await open();
  const plain = async (part) => (await page.locator(part).innerText()).replaceAll('\u00a0', ' ');
  assert.match(await plain('[data-quantity="costs"]'), /\d+ \$/, 'the currency stands behind the sum');
  assert.match(await plain('[data-quantity="down"]'), /\d,\d/, 'decimals have a comma');
  assert.match(await plain('.inspector'), /of 21\. Nov\. 2026/);

  const peak = page.locator('.number__input').first();
  await peak.fill('1.234,5');
  await peak.press('Enter');
  assert.equal(await peak.inputValue(), '1.234,5');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#canvas').press('Control+s')]);
  const plan = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.equal(plan.journeys[0].peak_rps, 1234.5);

  await page.locator('.strip__tile--findings').click();
  assert.doesNotMatch(await plain('.app__drawer'), /\d\.\d(?!\d\d)/, 'sentences follow too');
}
