import { card, connect, counts, drag, exported, middle, place } from '../drawing.mjs';

export const name = 'A component is dragged in, connected and moved; undoing all of it brings the first plan back';

export async function run({ page, open, assert, shot }) {
  await open();
  const first = await counts(page);
  const plan = await exported(page);
  assert.ok(await page.getByText('A small shop on four machines.').isVisible());

  const added = await place(page, 'cache', { x: 640, y: 640 });
  assert.equal((await counts(page)).components, first.components + 1);
  assert.ok(await page.getByText('A small shop on four machines.').isHidden());
  await connect(page, 'app', added);
  assert.equal((await counts(page)).connections, first.connections + 1);

  const before = await middle(page, 'files');
  await drag(page, before, { x: before.x - 20, y: before.y + 90 });
  const after = await middle(page, 'files');
  assert.ok(Math.abs(after.y - before.y - 90) < 4, `moved by ${after.y - before.y}`);
  await shot('drawn');
  assert.notEqual(await exported(page), plan);

  // A gesture that is broken off changes nothing.
  await page.mouse.move(after.x, after.y);
  await page.mouse.down();
  await page.mouse.move(after.x + 80, after.y - 80, { steps: 4 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  assert.ok(Math.abs((await middle(page, 'files')).x - after.x) < 1);

  // Nobody calls the visitors, and the page says so.
  await connect(page, 'db', 'users');
  assert.equal((await counts(page)).connections, first.connections + 1);
  await page.getByText('Draw the connection the other way round').first().waitFor();

  const undo = page.getByRole('button', { name: /^Undo/ }).first();
  for (let step = 0; (await undo.isEnabled()) && step < 20; step += 1) await undo.click();
  assert.equal(await exported(page), plan);

  const redo = page.getByRole('button', { name: /^Redo/ }).first();
  for (let step = 0; (await redo.isEnabled()) && step < 20; step += 1) await redo.click();
  assert.ok(await card(page, added).isVisible());
}
