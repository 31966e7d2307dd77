import { card, counts, exported } from '../drawing.mjs';

export const name = 'By touch: a finger that rests opens the menu, two fingers zoom, and a card that is held is not lost';

export const options = { hasTouch: true, isMobile: true, viewport: { width: 820, height: 1180 } };

export async function run({ page, context, open, assert, shot }) {
  await open();
  const plan = await exported(page);
  const client = await context.newCDPSession(page);
  const touch = (type, ...points) => client.send('Input.dispatchTouchEvent', {
    type,
    touchPoints: points.map(([x, y], id) => ({ x, y, id })),
  });
  const box = await card(page, 'app').boundingBox();
  const at = [box.x + box.width / 2, box.y + box.height / 2];

  await touch('touchStart', at);
  await page.getByRole('menu').waitFor();
  await shot('menu');
  await touch('touchEnd');
  await page.getByRole('menuitem', { name: /^Duplicate/ }).tap();
  await card(page, 'app-2').waitFor();

  // Where there is little room the menu lies under the finger: lifting it chooses nothing.
  await page.keyboard.press('Control+z');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  const low = await card(page, 'lb').boundingBox();
  await touch('touchStart', [low.x + 40, low.y + low.height / 2]);
  await page.getByRole('menu').waitFor();
  await touch('touchEnd');
  await page.waitForTimeout(400);
  assert.ok(await page.getByRole('menu').isVisible());
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  assert.equal(await exported(page), plan);
  await page.setViewportSize({ width: 820, height: 1180 });
  await page.waitForTimeout(300);
  await page.keyboard.press('Control+y');

  // One finger holds a card, a second one makes it a pinch: the card is back where it was.
  const level = () => page.locator('.zoom__level').getAttribute('data-percent');
  const before = await level();
  await touch('touchStart', at);
  await touch('touchMove', [at[0] + 30, at[1]]);
  await touch('touchStart', [at[0] + 30, at[1]], [at[0] + 130, at[1]]);
  await touch('touchMove', [at[0] + 30, at[1]], [at[0] + 190, at[1]]);
  await touch('touchMove', [at[0] + 30, at[1]], [at[0] + 230, at[1]]);
  await touch('touchEnd');
  await page.waitForFunction((before) => document.querySelector('.zoom__level').dataset.percent !== before, before);
  assert.equal(await card(page, 'app').getAttribute('opacity'), null);
  assert.equal((await counts(page)).components, 6);

  // Chromium takes no tap in the moments after a pinch.
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await card(page, 'app-2').waitFor({ state: 'detached' });
  assert.equal(await exported(page), plan);
}
