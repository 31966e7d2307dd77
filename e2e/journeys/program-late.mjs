import { counts, place } from '../drawing.mjs';

export const name = 'Without what computes one can draw already, and the results come when asked again';

export async function run({ page, context, open, assert, forgive }) {
  let reachable = false;
  await context.route(/split_engine\.wasm$/, (route) => (reachable ? route.continue() : route.abort()));
  await open();
  const said = page.locator('.waiting');
  await said.getByText(/What computes cannot be reached/).waitFor();
  assert.equal(await page.locator('[data-quantity]').count(), 0, 'numbers without what computes them');

  const first = (await counts(page)).components;
  const height = async () => (await page.locator('.strip').boundingBox()).height;
  const without = await height();
  await place(page, 'cache', { x: 640, y: 640 });
  assert.equal((await counts(page)).components, first + 1);
  await page.keyboard.press('Control+z');
  assert.equal((await counts(page)).components, first);

  // What needs more than the drawing waits, and meets what was selected then.
  await page.locator('.card[data-component="db"]').click();
  await page.keyboard.press('Control+d');
  await page.keyboard.press('Escape');
  assert.equal((await counts(page)).components, first);

  reachable = true;
  await said.getByRole('button', { name: 'Try again' }).click();
  await said.waitFor({ state: 'detached' });
  assert.match(await page.locator('[data-quantity="costs"]').innerText(), /\$\d/);
  assert.equal((await counts(page)).components, first + 1, 'what was asked for is not done');
  assert.equal(await height(), without, 'the strip grows when the results come');
  forgive(/ERR_FAILED|Failed to fetch|TypeError/);
}
