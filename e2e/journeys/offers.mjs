import { readFile } from 'node:fs/promises';

export const name = 'Offers are found by size and price, compared side by side and chosen, with the keyboard alone';

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export async function run({ page, open, assert, shot }) {
  await open();
  await page.evaluate(axe);
  const check = async (state) => {
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`),
      [],
      state,
    );
  };
  const dialog = page.getByRole('dialog');
  const count = async () => Number.parseInt(await dialog.locator('.offer-browser__count').innerText(), 10);
  const price = async () => page.locator('[data-quantity="costs"] .strip__value').innerText();

  // Without a selection there is nothing to choose for, but all to look at.
  await page.locator('#canvas').focus();
  await page.keyboard.press('o');
  await dialog.waitFor();
  const all = await count();
  assert.ok(all > 150, `${all} offers`);
  assert.equal(await dialog.getByRole('button', { name: /^Choose / }).count(), 0);
  await dialog.getByRole('button', { name: 'Show the past too' }).click();
  assert.ok((await count()) > all, 'the past is not shown');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  // For a component: its type and kind are set, sizes narrow the list.
  await page.locator('[data-component="db"]').focus();
  await page.keyboard.press('Enter');
  const browse = page.getByRole('button', { name: 'Browse and compare all' });
  await browse.focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /For Orders/);
  await dialog.getByRole('radio', { name: 'Any', exact: true }).click();
  const fitting = await count();
  await dialog.getByLabel('Cores at least').fill('4');
  await dialog.getByLabel('Memory at least').fill('16');
  await dialog.getByLabel('A month at most').fill('150');
  await page.keyboard.press('Tab');
  const narrow = await count();
  assert.ok(narrow > 2 && narrow < fitting, `${narrow} of ${fitting}`);
  await check('the list');

  // What an offer says of itself.
  const first = dialog.locator('.offer-row__name').first();
  await first.focus();
  await page.keyboard.press('Enter');
  assert.equal(await first.getAttribute('aria-expanded'), 'true');
  assert.match(await dialog.locator('.offer-details').innerText(), /Price of .*20\d\d/s);
  await check('an offer');

  // Side by side.
  const toggles = dialog.getByRole('button', { name: /^Compare ./ });
  for (const index of [0, 1, 2]) {
    await toggles.nth(index).focus();
    await page.keyboard.press('Enter');
  }
  assert.ok(await toggles.nth(3).isDisabled(), 'a fourth can be compared');
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
  const table = dialog.locator('.compare__table');
  await table.waitFor();
  assert.equal(await table.locator('thead th').count(), 3);
  assert.match(await table.innerText(), /Source/);
  await check('side by side');
  await shot('compare');

  // Choosing assigns, closes, and is one step.
  const before = await price();
  const chosen = await table.locator('.compare__name').nth(1).innerText();
  await table.getByRole('button', { name: 'Choose' }).nth(1).click();
  await dialog.waitFor({ state: 'detached' });
  assert.match(await page.locator('[data-component="db"]').textContent(), new RegExp(chosen.split(' ').pop()));
  await page.getByRole('button', { name: /^Undo: / }).click();
  assert.equal(await price(), before);
}
