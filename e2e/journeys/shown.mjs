export const name = 'One key hides all panels, another makes everything large, a third lets requests run; all of it is remembered';

export async function run({ page, open, assert, settled, shot }) {
  await open();
  const size = (part) => page.locator(part).evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  const usual = await size('[data-quantity="costs"] .strip__value');

  await page.keyboard.press('h');
  await page.locator('.palette').waitFor({ state: 'hidden' });
  await page.locator('.inspector').waitFor({ state: 'hidden' });
  assert.ok(await page.locator('.strip').isVisible());
  const canvas = await page.locator('#canvas').boundingBox();
  assert.equal(canvas.width, 1440);
  await page.keyboard.press('j');
  assert.ok((await size('[data-quantity="costs"] .strip__value')) > usual * 1.1, 'the numbers are larger');
  await page.keyboard.press('r');
  assert.equal(await page.locator('.flow').count(), 4, 'requests run along every connection');
  assert.ok(await page.locator('.flow__chevrons').first().isVisible(), 'without motion, chevrons say where to');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const running = await page.evaluate(() => document.getAnimations().filter(({ animationName }) => animationName === 'flow').length);
  assert.equal(running, 4);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await shot('all');

  await page.reload();
  await settled(page);
  await page.locator('.palette').waitFor({ state: 'hidden' });
  assert.equal(await page.locator('.flow').count(), 4);
  await page.keyboard.press('Escape');
  await page.locator('.palette').waitFor();
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Large for a projector', checked: true }).click();
  assert.equal(await size('[data-quantity="costs"] .strip__value'), usual);
}
