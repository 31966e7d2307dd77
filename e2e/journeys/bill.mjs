import { readFile } from 'node:fs/promises';
import { card } from '../drawing.mjs';

export const name = 'Somebody opens the bill, groups it, asks a line why, saves it as a file, and finds when another plan breaks even';

export async function run({ page, open, assert }) {
  await open();
  await card(page, 'db').waitFor();
  await page.locator('[data-quantity="costs"]').click();
  const results = page.locator('.results');
  const bill = results.getByRole('region', { name: 'The bill of a month' });
  await bill.getByRole('region', { name: 'Shop' }).waitFor();

  const amounts = async () => {
    const texts = await bill.locator('.invoice__heading .invoice__amount').allInnerTexts();
    return texts.map((text) => Number(text.replace(/[^\d.]/g, '')));
  };
  const total = Number((await bill.locator('.invoice__total strong').innerText()).replace(/[^\d.]/g, ''));
  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
  assert.ok(total > 0);
  for (const grouping of ['Component', 'Provider', 'Kind of charge']) {
    await bill.getByRole('radio', { name: grouping }).click();
    const found = await amounts();
    assert.ok(Math.abs(sum(found) - total) < 0.02, `${grouping}: ${found} is not ${total}`);
    assert.deepEqual(found, [...found].sort((a, b) => b - a), 'the largest first');
  }

  const line = bill.getByRole('group').filter({ hasText: 'Shop: Instances' });
  await line.locator('summary').focus();
  await page.keyboard.press('Enter');
  const why = await line.locator('.invoice__why').innerText();
  for (const word of ['Quantity', 'instances × the price of a month', 'Offer', 'Price from', 'Published', 'Trust']) {
    assert.ok(why.includes(word), `${word} in ${why}`);
  }

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bill.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.bill\.csv$/);
  const [head, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  assert.ok(head.includes('BilledCost') && head.includes('EffectiveCost'));
  assert.ok(rows.length >= 4);

  const ahead = results.getByRole('region', { name: 'Three years ahead' });
  await ahead.getByRole('button', { name: 'Remember this plan to compare' }).click();
  await ahead.getByText('Both cost the same', { exact: false }).first().waitFor();
  await ahead.getByLabel('Compare with a starting plan').selectOption('one-box');
  await ahead.getByText('This plan never breaks even', { exact: false }).first().waitFor();
  await ahead.getByRole('radio', { name: 'With work and outages' }).click();
  const chart = ahead.getByRole('img', { name: /Paid until the end of each month/ });
  await chart.focus();
  await page.keyboard.press('End');
  assert.match(await ahead.locator('.chart__readout').innerText(), /month 36: this plan \$[\d,]+, .+ \$[\d,]+/);

  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const months = ahead.getByRole('table', { name: 'Paid until the end of each month' });
  assert.equal(await months.locator('tbody tr').count(), 37);
  await results.getByRole('table', { name: 'Charges of a month' }).waitFor();
  await ahead.getByRole('button', { name: 'Stop comparing' }).click();
  await ahead.getByRole('button', { name: 'Stop comparing' }).waitFor({ state: 'detached' });
}
