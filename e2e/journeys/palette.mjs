import { card, exported } from '../drawing.mjs';

export const name = 'A few typed letters lead to every action and part; search goes from one match to the next';

export async function run({ page, open, assert }) {
  await open();
  const plan = await exported(page);
  const field = page.locator('.finder__input');
  const active = () => page.locator('.finder__option.is-active .finder__name').innerText();
  const chosen = () => page.evaluate(() => document.activeElement?.dataset?.component ?? null);

  // What cannot be used says why, and is not chosen.
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'All commands' }).waitFor();
  await field.fill('redo');
  const redo = page.getByRole('option', { name: 'Redo' });
  assert.equal(await redo.getAttribute('aria-disabled'), 'true');
  assert.match(await redo.innerText(), /Nothing to do again/);
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('dialog').count(), 1);

  // A component is added; the marks spell what was typed.
  await field.fill('ad cac');
  assert.equal(await active(), 'Add cache');
  const marks = await page.locator('.finder__option.is-active mark').allInnerTexts();
  assert.equal(marks.join('').replaceAll(' ', '').toLowerCase(), 'adcac');
  assert.equal(
    await field.getAttribute('aria-activedescendant'),
    await page.locator('.finder__option.is-active').getAttribute('id'),
  );
  await page.keyboard.press('Enter');
  await card(page, 'cache').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await chosen(), 'cache');

  // From inside a field too; arrows go round; Escape gives the focus back.
  await page.locator('.inspector__name').first().focus();
  await page.keyboard.press('Control+k');
  await field.waitFor();
  const first = await active();
  await page.keyboard.press('ArrowUp');
  assert.notEqual(await active(), first);
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(), first);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.classList.contains('inspector__name'));

  // A part is brought to the middle.
  await page.keyboard.press('Escape');
  await card(page, 'cache').focus();
  await page.keyboard.press('Control+k');
  await field.fill('shop');
  await page.getByRole('option', { name: /^Shop / }).first().click();
  await page.waitForFunction(() => document.activeElement?.dataset?.component === 'app');
  const [frame, box] = [await page.locator('#canvas').boundingBox(), await card(page, 'app').boundingBox()];
  assert.ok(Math.abs(frame.x + frame.width / 2 - box.x - box.width / 2) < 12, 'it stands in the middle');

  // Connect by key, then search: Enter shows the first, F3 the next.
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.getByRole('dialog', { name: 'Search the plan' }).waitFor();
  await field.fill('hetz');
  const count = await page.locator('.finder__option').count();
  assert.ok(count >= 2);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.dataset?.component);
  const one = await chosen();
  await page.keyboard.press('F3');
  await page.waitForFunction((one) => document.activeElement?.dataset?.component !== one, one);
  await page.keyboard.press('Shift+F3');
  await page.waitForFunction((one) => document.activeElement?.dataset?.component === one, one);

  await page.keyboard.press('/');
  await field.fill('qqqq');
  await page.getByText('Nothing that is drawn has these letters.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  assert.equal(await exported(page), plan);
}
