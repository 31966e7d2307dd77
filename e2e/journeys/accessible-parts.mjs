import { checker, dialogs } from '../accessibility.mjs';

export const name = 'Nothing stands in the way in dialogs, menus, the inspector and the ways to show the page';

/// A machine that does other things too takes its time over all rules in all states.
export const limit = 150_000;

export async function run({ page, open, assert }) {
  await open();
  const check = await checker({ page, assert });
  const choose = async (part) => {
    await page.locator(part).first().focus();
    await page.keyboard.press('Enter');
  };

  await dialogs({ page }, check);
  for (const menu of ['Export', 'View']) {
    await page.getByRole('button', { name: menu, exact: true }).click();
    await check(`the menu ${menu}`, '.menu');
    await page.keyboard.press('Escape');
  }
  await choose('[data-component="db"]');
  await check('a component', '.inspector');
  await choose('[data-connection="app-db"]');
  await check('a connection', '.inspector');
  await page.keyboard.press('Control+a');
  await check('several components', '.inspector');
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await page.locator('[data-component="app"] .card__body').click();
  await check('something taken away');
  await page.keyboard.press('Escape');
  for (const key of ['r', 'j', 'h']) await page.keyboard.press(key);
  await check('requests that run, large and without panels');
}
