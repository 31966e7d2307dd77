import { card, exported } from '../drawing.mjs';

export const name = 'Where the browser keeps nothing, or has no room, the page works, says so once, and offers to export';

export async function run({ page, open, assert }) {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await open();
  const edit = async (key) => {
    await card(page, 'db').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press(key);
  };
  await edit('ArrowDown');
  const notice = page.getByText('The browser has no room for this plan');
  await notice.first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export now' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.json$/);
  await edit('ArrowUp');
  await page.waitForTimeout(800);
  assert.equal(await page.locator('.toast, .notice').filter({ hasText: 'no room' }).count(), 0, 'it is said once');
  assert.ok((await exported(page)).includes('hosting-plan/1'));
}
