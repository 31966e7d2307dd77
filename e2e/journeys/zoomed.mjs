export const name = 'At 200 % on a small laptop everything can still be reached, and nothing scrolls sideways';

export const options = { viewport: { width: 720, height: 450 } };

export async function run({ page, open, assert, shot }) {
  await open();
  const fits = async (state) => {
    const [needed, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(needed <= room, `${state}: ${needed} px in ${room} px`);
  };
  await fits('the plan');
  await shot('plan');
  const canvas = await page.locator('#canvas').boundingBox();
  assert.ok(canvas.height >= 200, `the drawing has ${canvas.height} px`);
  for (const quantity of ['carries', 'response', 'down', 'costs', 'work', 'way-out']) {
    await page.locator(`[data-quantity="${quantity}"]`).click();
    const body = await page.locator('.results').boundingBox();
    assert.ok(body.height >= 120, `${quantity} has ${body.height} px`);
    await fits(quantity);
  }
  await shot('drawer');
  await page.keyboard.press('Escape');
  await page.locator('[data-component="db"] .card__body').click();
  const body = await page.locator('.inspector__body').boundingBox();
  assert.ok(body.height >= 80, `the inspector has ${body.height} px`);
  await shot('inspector');
}
