import { card, connect, counts, drag, exported, middle, place } from '../drawing.mjs';

export const name = 'Add at a point, connect into the open, insert, reconnect, rename, align, copy by Alt, join neighbours; all of it undone';

export async function run({ page, open, assert, shot }) {
  await open();
  const plan = await exported(page);
  const first = await counts(page);
  const ends = (id) => page.evaluate(
    (id) => document.querySelector(`[data-connection="${id}"]`)?.getAttribute('aria-label'), id);
  const connections = () => page.locator('.canvas__scene [data-connection]')
    .evaluateAll((all) => all.map((one) => one.dataset.connection));

  // Two clicks on the empty drawing add what a few letters name, right there.
  await page.mouse.dblclick(520, 700);
  await page.getByRole('combobox', { name: 'Add a component' }).waitFor();
  await page.keyboard.type('que');
  await shot('add');
  await page.keyboard.press('Enter');
  await card(page, 'queue').waitFor();
  const queue = await middle(page, 'queue');
  assert.ok(Math.hypot(queue.x - 520, queue.y - 700) < 6, 'it stands where the pointer was');

  // A connection that is let go over nothing asks what it calls.
  await page.mouse.move(queue.x, queue.y);
  await drag(page, { x: queue.x + queue.box.width / 2, y: queue.y }, { x: 820, y: 720 });
  await page.getByRole('combobox', { name: 'Add what is called' }).waitFor();
  await page.keyboard.type('worker');
  await page.keyboard.press('Enter');
  await card(page, 'worker').waitFor();
  assert.ok((await connections()).includes('queue-worker'));

  // What is dropped on a connection comes between its ends.
  const [a, b] = [await middle(page, 'queue'), await middle(page, 'worker')];
  const between = { x: (a.box.x + a.box.width + b.box.x) / 2, y: (a.y + b.y) / 2 };
  const item = await page.locator('.palette__item[data-type="app_server"]').boundingBox();
  await page.mouse.move(item.x + 20, item.y + 10);
  await page.mouse.down();
  await page.mouse.move(between.x - 40, between.y - 60, { steps: 4 });
  await page.mouse.move(between.x, between.y, { steps: 4 });
  await page.locator('.connection.is-target').waitFor({ state: 'attached' });
  await page.getByText('Let go to put it between Queue and Worker').waitFor();
  await shot('insert');
  await page.mouse.up();
  await card(page, 'app-server').waitFor();
  assert.match(await ends('queue-worker'), /Queue calls App server/);
  assert.ok((await connections()).includes('app-server-worker'));

  // One end of a connection is let go on another card.
  await page.evaluate(() => document.querySelector('[data-connection="app-server-worker"]').focus());
  await page.keyboard.press('Enter');
  const grip = await page.locator('.connection-end__hit').last().boundingBox();
  const target = await middle(page, 'files');
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x, target.y + 60, { steps: 4 });
  await page.mouse.move(target.x, target.y, { steps: 4 });
  await page.locator('.card.is-target').waitFor();
  await shot('reconnect');
  await page.mouse.up();
  await page.waitForFunction(() =>
    document.querySelector('[data-connection="app-server-worker"]').getAttribute('aria-label').includes('calls Pictures'));

  // The menu of a card, and a name that is written on it.
  await page.keyboard.press('Escape');
  const worker = await middle(page, 'worker');
  await page.mouse.click(worker.x, worker.y, { button: 'right' });
  await page.getByRole('menu').waitFor();
  await shot('menu');
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await card(page, 'worker').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Rename/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.dataset?.component === 'worker');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Name', exact: true }).first();
  await field.waitFor();
  await shot('rename');
  await page.keyboard.type('Thumbnails');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.dataset?.component === 'worker');
  assert.match(await card(page, 'worker').getAttribute('aria-label'), /^Thumbnails/);

  // Alt leaves the original and moves a copy.
  const before = await counts(page);
  const from = await middle(page, 'worker');
  await page.keyboard.down('Alt');
  await drag(page, from, { x: from.x + 40, y: from.y - 110 });
  await page.keyboard.up('Alt');
  await card(page, 'worker-2').waitFor();
  assert.equal((await counts(page)).components, before.components + 1);

  // Cards come in line with each other while they are moved.
  const copy = await middle(page, 'worker-2');
  await page.mouse.move(copy.x, copy.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, copy.y - 10, { steps: 3 });
  await page.mouse.move(from.x + 3, copy.y, { steps: 3 });
  await page.locator('.guide').first().waitFor({ state: 'attached' });
  await shot('guides');
  await page.mouse.up();
  assert.ok(Math.abs((await middle(page, 'worker-2')).x - from.x) < 1, 'it snapped');

  // Several are put in line by one button.
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Align top edges' }).click();
  const tops = await page.locator('.canvas__scene [data-component]')
    .evaluateAll((cards) => cards.map((one) => one.getAttribute('transform').match(/ (-?[\d.]+)\)/)[1]));
  assert.equal(new Set(tops).size, 1);
  await page.keyboard.press('Control+z');

  // A component goes, and its neighbours are joined.
  await page.keyboard.press('Escape');
  await card(page, 'lb').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Join its neighbours' }).click();
  await card(page, 'lb').waitFor({ state: 'detached' });
  assert.match(await ends('users-lb'), /calls Shop/);

  const undo = page.getByRole('button', { name: /^Undo/ }).first();
  for (let step = 0; (await undo.isEnabled()) && step < 20; step += 1) await undo.click();
  assert.equal(await exported(page), plan);
  assert.deepEqual(await counts(page), first);
}
