export const name = 'On a phone every number is read without scrolling sideways, and a table is still a table to a screen reader';

export const options = { viewport: { width: 390, height: 844 }, hasTouch: true };

export async function run({ page, open, assert, shot }) {
  await open();
  const drawer = page.locator('.results');
  const fits = async (state) => {
    const [needed, room] = await drawer.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    assert.ok(needed <= room, `${state}: ${needed} px in ${room} px`);
  };
  for (const quantity of ['carries', 'response', 'down', 'costs', 'work', 'way-out']) {
    await page.locator(`[data-quantity="${quantity}"]`).click();
    await page.evaluate(() => document.querySelectorAll('.results details').forEach((one) => (one.open = true)));
    await fits(quantity);
    const toggle = page.locator('.results__table');
    if (await toggle.count()) {
      await toggle.click();
      await fits(`${quantity} as tables`);
      await toggle.click();
    }
    await page.keyboard.press('Escape');
  }

  await page.locator('[data-quantity="costs"]').click();
  await page.locator('.results__table').click();
  const charges = page.getByRole('table', { name: 'Charges of a month' });
  const row = charges.getByRole('row', { name: /^Orders/ });
  assert.ok((await row.getByRole('cell').count()) === 5);
  assert.ok(await charges.getByRole('columnheader', { name: 'A month', exact: true }).count());
  const label = await row.getByRole('cell').nth(3).evaluate((cell) => getComputedStyle(cell, '::before').content);
  assert.match(label, /A month/);
  await shot('costs');
}
