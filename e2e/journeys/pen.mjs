import { card, counts, exported, middle } from '../drawing.mjs';

export const name = 'By pen: a card is dragged, connected and asked what can be done with it, by resting or by its button';

export async function run({ page, context, open, assert }) {
  await open();
  const plan = await exported(page);
  const client = await context.newCDPSession(page);
  const pen = (type, { x, y }, button = 'left') =>
    client.send('Input.dispatchMouseEvent', {
      type, x, y, button: type === 'mouseMoved' && button === 'none' ? 'none' : button,
      buttons: type === 'mouseReleased' || button === 'none' ? 0 : button === 'right' ? 2 : 1,
      clickCount: 1, pointerType: 'pen', force: 0.5,
    });
  const stroke = async (from, to) => {
    await pen('mouseMoved', from, 'none');
    await pen('mousePressed', from);
    for (const share of [0.3, 0.6, 1]) {
      await pen('mouseMoved', { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    }
    await pen('mouseReleased', to);
  };
  const kinds = await page.evaluate(() => {
    window.kinds = new Set();
    addEventListener('pointerdown', (event) => window.kinds.add(event.pointerType), true);
    return getComputedStyle(document.getElementById('canvas')).touchAction;
  });
  assert.equal(kinds, 'none', 'a pen would scroll the page');

  // Dragged: one step.
  const db = await middle(page, 'db');
  await stroke(db, { x: db.x, y: db.y + 120 });
  assert.ok((await middle(page, 'db')).y > db.y + 100);
  assert.deepEqual(await page.evaluate(() => [...window.kinds]), ['pen']);
  await page.keyboard.press('Control+z');

  // Connected from a handle.
  const before = await counts(page);
  const files = await middle(page, 'files');
  await stroke({ x: files.x, y: files.box.y + files.box.height }, await middle(page, 'db'));
  assert.equal((await counts(page)).connections, before.connections + 1);
  await page.keyboard.press('Control+z');

  // The button on its barrel, and resting.
  await pen('mouseMoved', db, 'none');
  await pen('mousePressed', db, 'right');
  await pen('mouseReleased', db, 'right');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await pen('mousePressed', db);
  await page.getByRole('menu').waitFor();
  await pen('mouseReleased', db);
  assert.ok(await page.getByRole('menu').isVisible());
  await page.keyboard.press('Escape');
  assert.equal(await exported(page), plan);
  assert.ok(await card(page, 'db').isVisible());
}
