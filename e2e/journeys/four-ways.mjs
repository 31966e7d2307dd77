export const name = 'Four ways: the numbers of a column are those of the plan once it is adopted, and one undo brings the old plan back';

const SAME = { cash: 'costs', work: 'work', down: 'down', response: 'response', 'way-out': 'way-out' };

export async function run({ page, open, assert }) {
  await open();
  const plain = (text) => text.replace(/\s+/g, '');
  const strip = async () => {
    const tiles = {};
    for (const quantity of Object.values(SAME)) {
      const tile = page.locator(`.strip__tile[data-quantity="${quantity}"]`);
      tiles[quantity] = plain(await tile.locator('.strip__value').innerText());
    }
    return tiles;
  };
  const button = page.getByRole('button', { name: 'Four ways' });
  const dialog = page.getByRole('dialog', { name: 'Four ways to host it' });
  const table = dialog.getByRole('table');
  const show = async () => {
    await page.waitForSelector('.ways__table[aria-busy="false"]');
  };
  const column = async (kind) => {
    const cells = {};
    for (const measure of Object.keys(SAME)) {
      const cell = table.locator(`[data-measure="${measure}"] .ways__cell.kind--${kind}`);
      const words = await cell.locator('.ways__value, .ways__unit').allInnerTexts();
      cells[SAME[measure]] = plain(words.join(''));
    }
    return cells;
  };
  const before = await strip();

  await button.click();
  await show();
  const kinds = await table.getByRole('columnheader').allInnerTexts();
  assert.equal(kinds.length, 4);
  for (const [index, kind] of ['Bare metal', 'VPS', 'IaaS', 'PaaS'].entries()) {
    assert.ok(kinds[index].trim().startsWith(kind), `${kinds[index]}, not ${kind}`);
  }
  for (const measure of Object.keys(SAME)) {
    const row = table.locator(`[data-measure="${measure}"]`);
    assert.equal(await row.locator('.ways__figure').count(), 4, measure);
    assert.ok((await row.getByText('best', { exact: true }).count()) < 4, measure);
  }
  const reach = await table.locator('[data-measure="reach"] .ways__cell').allInnerTexts();
  assert.equal(reach.length, 4);
  for (const words of reach) {
    assert.match(words, /requests\/s[^]*× the peak; the .+ of .+ gives way first[^]*Beyond that: .+ for .+\/s, /, words);
  }
  const components = await page.locator('[data-component]').count();
  assert.equal(await table.locator('[data-mapping]').count(), components - 1, 'the visitors are not hosted');
  await dialog.getByRole('button', { name: 'Say why' }).click();
  assert.match(await table.locator('[data-mapping="db"] .kind--vps .ways__why').innerText(), /at most 70 % busy at the peak/);

  for (const kind of ['vps', 'paas']) {
    if (!(await dialog.isVisible())) await page.keyboard.press('4');
    await show();
    const told = await column(kind);
    await table.locator(`[data-adopt="${kind}"]`).click();
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(await strip(), told, kind);
    await page.getByRole('button', { name: /^Undo: Move everything to/ }).click();
    assert.deepEqual(await strip(), before);
  }

  await button.focus();
  await page.keyboard.press('Enter');
  await show();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await button.evaluate((one) => one === document.activeElement), 'the focus did not come back');
}
