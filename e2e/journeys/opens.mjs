export const name = 'The page opens, shows something, and loads nothing that its budget does not count';

export async function run({ page, open, url, assert, shot }) {
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await open();
  const text = await page.locator('body').innerText();
  assert.ok(text.trim().length > 0, 'nothing on the page');
  assert.equal(await page.locator('#loading').count(), 0, 'still says it is loading');
  assert.ok(await page.getByRole('alertdialog').isHidden());
  assert.equal(await page.locator('.strip__delta').count(), 0, 'the late catalogue counts as a change');
  await shot('opened');

  const html = await (await page.request.get(url)).text();
  for (const address of asked.filter((address) => address.startsWith(url) && address !== url)) {
    const file = `./${address.slice(url.length)}`;
    assert.ok(html.includes(`"${file}"`), `${file} is loaded but not named in index.html, so not in the size budget`);
  }
}
