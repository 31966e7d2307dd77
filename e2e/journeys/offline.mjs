export const name = 'It runs in a folder of a plain host, and again when the host is gone';
export const options = { serviceWorkers: 'allow' };

export async function run({ page, open, host, assert, settled, forgive }) {
  const plain = await host({ folder: '/hosting-planner/' });
  await open(plain.url);
  const drawn = await page.locator('body').innerText();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await plain.stop();
  await page.goto(`${plain.url}?again=1`);
  await settled(page);
  assert.equal(await page.locator('body').innerText(), drawn);
  forgive(/ERR_CONNECTION_REFUSED/);
}
