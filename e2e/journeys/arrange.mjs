import { card, drag, exported, middle } from '../drawing.mjs';

export const name = 'A drawing is arranged in one step, what is not selected stays, and what is selected is shown large';

export async function run({ page, open, assert, shot }) {
  await open();
  const plan = await exported(page);
  const before = await middle(page, 'db');
  await drag(page, before, { x: before.x - 300, y: before.y + 160 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await page.waitForTimeout(600);
  await shot('arranged');
  const boxes = await page.locator('.canvas__scene [data-component] > .card__body').evaluateAll((bodies) =>
    bodies.map((body) => {
      const { x, y, width, height } = body.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  for (const [index, a] of boxes.entries()) {
    assert.ok(!boxes.slice(index + 1).some((b) => meet(a, b)));
  }
  const undo = page.getByRole('button', { name: /^Undo/ }).first();
  assert.match(await undo.getAttribute('aria-label'), /Arrange the drawing/);
  await undo.click();
  await undo.click();
  assert.equal(await exported(page), plan);

  await card(page, 'db').click();
  const small = (await middle(page, 'db')).box.width;
  await page.keyboard.press('2');
  await page.waitForTimeout(200);
  const large = (await middle(page, 'db')).box.width;
  assert.ok(large >= small, `${large} px instead of ${small}`);
}
