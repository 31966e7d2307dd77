import { card, counts, exported } from '../drawing.mjs';

export const name = 'Everything on the canvas works by keyboard alone: add, connect, move, delete, undo';

export async function run({ page, open, assert }) {
  await open();
  const first = await counts(page);
  const plan = await exported(page);
  const focused = () => page.evaluate(() => document.activeElement?.dataset?.component ?? null);

  await page.locator('.palette__item[data-type="cache"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.dataset?.component === 'cache');
  assert.equal((await counts(page)).components, first.components + 1);

  // From the app server to the new cache.
  await card(page, 'app').focus();
  await page.keyboard.press('c');
  await page.getByText('Tab to what Shop calls').waitFor();
  for (let step = 0; (await focused()) !== 'cache' && step < 20; step += 1) await page.keyboard.press('Tab');
  assert.equal(await focused(), 'cache');
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (count) => document.querySelectorAll('.canvas__scene [data-connection]').length > count,
    first.connections,
  );

  const before = await card(page, 'cache').getAttribute('transform');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(
    (old) => document.querySelector('[data-component="cache"]').getAttribute('transform') !== old,
    before,
  );
  assert.equal(await focused(), 'cache', 'the card keeps the focus while it moves');

  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await card(page, 'cache').waitFor({ state: 'detached' });
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Control+z');
  assert.equal(await exported(page), plan);

  // Where nothing is selected, keys act on what has the focus.
  await page.keyboard.press('Escape');
  await card(page, 'db').focus();
  await page.keyboard.press('F2');
  await page.locator('.card-name input').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await card(page, 'db').focus();
  await page.keyboard.press('Delete');
  await card(page, 'db').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  assert.equal(await exported(page), plan);

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 0);
}
