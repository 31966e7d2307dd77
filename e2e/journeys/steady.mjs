export const name = 'Nothing jumps: a slider that is dragged shifts nothing, and a drawer takes its room from the drawing alone';

export async function run({ page, open, assert }) {
  await page.addInitScript(() => {
    window.shifted = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) {
        window.shifted.push({ value, what: sources.map(({ node }) => node?.className?.baseVal ?? node?.className ?? '') });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open();
  await page.evaluate(() => (window.shifted = []));

  const slider = page.locator('.slider').first();
  const box = await slider.boundingBox();
  const value = page.locator('[data-quantity="response"] .strip__value');
  const before = await value.innerText();
  const at = (share) => [box.x + box.width * share, box.y + box.height / 2];
  await page.mouse.move(...at(0.47));
  await page.mouse.down();
  for (let share = 0.47; share < 0.62; share += 0.01) await page.mouse.move(...at(share));
  await page.mouse.up();
  assert.notEqual(await value.innerText(), before, 'the results move with the slider');
  await page.waitForTimeout(300);
  const shifted = await page.evaluate(() => window.shifted);
  const sum = shifted.reduce((sum, { value }) => sum + value, 0);
  assert.ok(sum < 0.005, `shifted by ${sum}: ${JSON.stringify(shifted)}`);

  const place = (part) => page.locator(part).boundingBox();
  const [strip, palette, header] = [await place('.strip'), await place('.palette'), await place('.header')];
  const cards = () => page.locator('.canvas__scene .card__body').evaluateAll((all) => all.map((card) => card.getBoundingClientRect().toJSON()));
  const drawn = await cards();
  for (const quantity of ['response', 'costs']) {
    await page.locator(`[data-quantity="${quantity}"]`).click();
    await page.locator('.results').waitFor();
    await page.waitForTimeout(200);
    assert.deepEqual([await place('.strip'), await place('.palette'), await place('.header')], [strip, palette, header], quantity);
    const drawer = await place('.app__drawer');
    for (const card of await cards()) {
      assert.ok(card.bottom <= drawer.y && card.top >= header.y + header.height, 'every card stays in sight above the drawer');
    }
  }
  await page.keyboard.press('Escape');
  await page.waitForTimeout(200);
  assert.deepEqual(await cards(), drawn, 'the drawing comes back as it was');
}
