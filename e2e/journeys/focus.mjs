export const name = 'The keyboard focus is never lost, whatever goes away under it';

export async function run({ page, open, assert }) {
  await open();
  const focused = () => page.evaluate(() => document.activeElement?.tagName ?? 'BODY');
  const holds = async (state) => assert.notEqual(await focused(), 'BODY', state);

  const tile = page.locator('[data-quantity="costs"]');
  await tile.focus();
  await page.keyboard.press('Enter');
  await page.locator('.results').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.quantity), 'costs', 'a drawer gives it back');

  await page.locator('.welcome button').focus();
  await page.keyboard.press('Enter');
  await page.locator('.welcome').waitFor({ state: 'detached' });
  await holds('the first sentence is gone');

  await page.locator('.strip__tile--findings').focus();
  await page.keyboard.press('Enter');
  const fix = page.locator('.finding__actions .button--accent').first();
  const words = await fix.innerText();
  await fix.focus();
  await page.keyboard.press('Enter');
  await page.locator('.finding__actions .button--accent').filter({ hasText: words }).waitFor({ state: 'detached' });
  await page.waitForTimeout(100);
  await holds('a finding is fixed');
  await page.keyboard.press('Escape');

  await page.locator('[data-component="files"]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await page.locator('.canvas__scene [data-component="files"]').waitFor({ state: 'detached' });
  await holds('a component is deleted');

  await page.keyboard.press('h');
  await page.locator('.canvas__way-back').focus();
  await page.keyboard.press('Enter');
  await page.locator('.palette').waitFor();
  await holds('the panels are back');
}
