import { checker, drawers } from '../accessibility.mjs';

export const name = 'Nothing that a machine can check stands in the way of screen readers, keys and weak eyes';

/// A machine that does other things too takes its time over all rules in all states.
export const limit = 150_000;

export async function run({ page, open, assert }) {
  await open();
  const check = await checker({ page, assert });
  const more = page.locator('.journey__more').first();
  if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
  await check('the plan');
  await drawers({ page }, check);
}
