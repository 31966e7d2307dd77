export const name = 'The theme follows the system, and a choice outlasts a reload';
export const options = { colorScheme: 'dark' };

export async function run({ page, open, assert }) {
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await open();
  assert.equal(await theme(), 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForSelector('html[data-theme="light"]', { state: 'attached' });
  await page.evaluate(() => localStorage.setItem('theme', 'dark'));
  await page.reload();
  assert.equal(await theme(), 'dark');
}
