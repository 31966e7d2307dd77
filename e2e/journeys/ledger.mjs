import { readFile } from 'node:fs/promises';
import { card } from '../drawing.mjs';

export const name = 'Work: a program moves from a VPS to a platform, its ledger follows, and is saved as CSV';

export async function run({ page, open, assert }) {
  await open();
  const ledger = page.getByRole('region', { name: 'Whose work each layer is' });
  const shop = async () => {
    const cells = ledger.getByRole('row', { name: /^Shop/ }).getByRole('cell');
    return (await cells.allInnerTexts()).map((text) => text.trim());
  };
  const look = async () => {
    await page.locator('[data-quantity="work"]').click();
    await ledger.waitFor();
  };

  await look();
  const onVps = await shop();
  assert.equal(onVps.length, 7);
  assert.deepEqual(onVps.slice(2, 6), ['Yours', 'Yours', 'Yours', 'Yours'], 'a VPS leaves the operating system');
  assert.match(onVps[0], /^Hetzner/);
  assert.equal(onVps[1], onVps[0]);

  await page.keyboard.press('Escape');
  await card(page, 'app').click();
  await page.getByRole('radio', { name: 'PaaS' }).click();
  await page.getByRole('radio', { name: 'PaaS', checked: true }).waitFor();
  await page.keyboard.press('Escape');
  await look();
  const onPaas = await shop();
  assert.ok(onPaas.slice(0, 4).every((text) => text !== 'Yours'), onPaas.join());
  assert.deepEqual(onPaas.slice(4, 6), ['Yours', 'Yours'], 'runtime and application stay');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
  assert.match(lines[0], /^Component,Name,Type,Hosting,Provider,Hardware,/);
  assert.match(lines.find((line) => line.startsWith('app,')), /,PaaS,.*theirs,theirs,theirs,theirs,yours,yours,,/);
  await ledger.waitFor();

  const days = await page.locator('[data-quantity="work"]').innerText();
  await page.getByText('The estimates behind it').click();
  await page.locator('.estimates').getByLabel('Hours that somebody answers').fill('168');
  await page.keyboard.press('Tab');
  await page.getByRole('row', { name: /^On call/ }).waitFor();
  assert.notEqual(await page.locator('[data-quantity="work"]').innerText(), days);
}
