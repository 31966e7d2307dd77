export const name = 'Somebody sees what is full, turns charts into tables by key, and finds them so again';

export async function run({ page, open, assert }) {
  await open();
  const tile = page.locator('[data-quantity="carries"]');
  await tile.focus();
  await page.keyboard.press('Enter');
  const results = page.locator('.results');
  assert.match(await results.innerText(), /full first/);
  const first = results.locator('.results__card').first();
  assert.match(await first.innerText(), /^Shop/);
  assert.match(await first.innerText(), /processor\s[^%]+ of [^%]+\d\s%/);
  assert.equal(await results.locator('table').count(), 0);

  const toggle = page.getByRole('button', { name: 'Table', exact: true });
  await page.keyboard.press('Tab');
  assert.ok(await toggle.evaluate((button) => button === document.activeElement), 'the first stop of the drawer');
  await page.keyboard.press('Enter');
  assert.equal(await toggle.getAttribute('aria-pressed'), 'true');
  const day = results.getByRole('table', { name: 'A day' });
  assert.equal(await day.locator('tbody tr').count(), 24);
  assert.match(await results.getByRole('table', { name: 'Components at the peak' }).innerText(), /Shop/);

  await page.keyboard.press('Escape');
  await page.locator('[data-quantity="response"]').click();
  await results.getByRole('img', { name: /Where the .* of the mean go/ }).waitFor();
  await tile.click();
  await day.waitFor();
  await toggle.click();
  await results.getByRole('img', { name: /A day/ }).waitFor();
}
