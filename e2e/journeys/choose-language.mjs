import { exported } from '../drawing.mjs';
import { language, offer } from '../language.mjs';

export const name = 'Another language is chosen without losing anything, kept, and done without where it cannot be read';

export async function run({ page, context, open, assert, forgive }) {
  let isThere = true;
  await offer(context, () => isThere);
  await open();
  const root = page.locator('html');
  const choose = async (name) => {
    await page.locator('.app__header button:has(use[href="#icon-view"])').first().click();
    await page.getByRole('menuitemcheckbox', { name, exact: true }).click();
  };
  assert.equal(await root.getAttribute('lang'), 'en', 'the language of the browser is not offered');

  const before = await exported(page);
  await page.locator('[data-component="files"]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  const plan = await exported(page);
  assert.notEqual(plan, before);
  await choose(language.name);
  await page.waitForSelector(`html[lang="${language.code}"]`, { state: 'attached' });
  assert.match(await page.locator('.palette').innerText(), /⟦/);
  assert.equal(await exported(page), plan);
  await page.keyboard.press('Control+z');
  assert.equal(await exported(page), before, 'the history is still there');

  await open();
  assert.equal(await root.getAttribute('lang'), language.code, 'the choice is kept');
  await choose('English');
  await page.waitForSelector('html[lang="en"]', { state: 'attached' });
  assert.doesNotMatch(await page.locator('.palette').innerText(), /⟦/);

  isThere = false;
  await choose(language.name);
  await page.getByText(`${language.name} could not be read`).first().waitFor();
  assert.equal(await root.getAttribute('lang'), 'en');
  await page.evaluate((code) => localStorage.setItem('language', code), language.code);
  await open();
  await page.getByText(`${language.name} could not be read`).first().waitFor();
  assert.equal(await root.getAttribute('lang'), 'en');
  forgive(/404/);
}
