import { importFile } from '../drawing.mjs';
import { drawing, plan } from '../gestures.mjs';

export const name = 'Of a large drawing only what is in sight is drawn; a mini-map moves it, and a card is dragged alone';

export async function run({ page, open, assert, shot }) {
  await open();
  const large = drawing(1_500);
  await importFile(page, 'large.json', plan(large));
  const scene = page.locator('.canvas__scene').first();
  await page.waitForFunction(
    (count) => document.querySelector('.canvas__scene')?.getAttribute('aria-label')?.includes(`${count} components`),
    large.components.length.toLocaleString('en'),
  );
  const cards = () => page.locator('.canvas__scene [data-component]').count();
  assert.ok((await cards()) < 20, 'from afar cards are shapes of whole squares');
  assert.ok((await scene.locator('.region').count()) > 0);
  await shot('afar');

  const map = page.getByRole('application', { name: /Mini-map/ });
  const place = () => page.locator('.canvas__world').evaluate((world) => world.style.transform);
  const area = await page.locator('#canvas').boundingBox();
  await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
  // What is drawn follows once the wheel rests.
  for (let step = 0; step < 40 && (await cards()) < 10; step += 1) {
    await page.mouse.wheel(0, -120);
    await page.waitForTimeout(300);
  }
  for (let step = 0; step < 8; step += 1) await page.mouse.wheel(0, -120);
  await page.waitForTimeout(300);
  const near = await cards();
  assert.ok(near >= 4 && near < 300, `${near} cards are drawn`);
  await shot('near');

  let before = await place();
  await map.click({ position: { x: 40, y: 40 } });
  assert.notEqual(await place(), before);
  before = await place();
  await map.focus();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await place(), before);
  await page.keyboard.press('n');
  await map.waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await map.waitFor();

  // The card that is dragged moves, the others stay.
  const spots = () =>
    page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('.canvas__scene:first-child [data-component]')].map((card) => [
          card.dataset.component,
          card.getAttribute('transform'),
        ]),
      ),
    );
  const held = await page.evaluate(() => {
    const canvas = document.querySelector('#canvas').getBoundingClientRect();
    const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };
    const far = (card) => Math.hypot(card.x - middle.x, card.y - middle.y);
    return [...document.querySelectorAll('.canvas__scene [data-component]')]
      .map((card) => {
        const { x, y, width, height } = card.querySelector('.card__body').getBoundingClientRect();
        return { id: card.dataset.component, x: x + width / 2, y: y + height / 2 };
      })
      .sort((a, b) => far(a) - far(b))[0];
  });
  const stood = await spots();
  await page.mouse.move(held.x, held.y);
  await page.mouse.down();
  await page.mouse.move(held.x + 30, held.y + 20, { steps: 4 });
  assert.equal(await page.locator('.card.is-dragging').count(), 1);
  assert.ok((await page.locator('.canvas__scene[aria-hidden] .connection__line').count()) > 0);
  await page.mouse.up();
  await page.waitForFunction(() => !document.querySelector('.card.is-dragging'));
  const stands = await spots();
  const moved = Object.keys(stood).filter((id) => id in stands && stands[id] !== stood[id]);
  assert.deepEqual(moved, [held.id]);
}
