import { checker, drawers } from '../accessibility.mjs';

export const name = 'On a phone nothing that a machine can check stands in the way either, and every target can be hit';

export const options = { viewport: { width: 390, height: 844 }, hasTouch: true };

/// A machine that does other things too takes its time over all rules in all states.
export const limit = 150_000;

export async function run({ page, open, assert }) {
  await open();
  const check = await checker({ page, assert });
  await check('the drawing');
  await page.getByRole('button', { name: 'More' }).click();
  await check('the menu', '.menu');
  await page.keyboard.press('Escape');
  await page.locator('.app__add').click();
  await check('the palette');
  await page.locator('.sheet-grip').click();
  await check('the palette, full height', '.palette');
  await page.keyboard.press('Escape');
  await page.locator('[data-component="lb"] .card__body').click();
  await page.locator('.inspector').waitFor();
  await check('a component');
  await page.keyboard.press('Escape');
  await drawers({ page }, check);
}
