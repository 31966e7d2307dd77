export const name = 'Without the catalogue the page works, says what is missing, and gets it when asked again';

export async function run({ page, context, open, assert, forgive }) {
  let answer = (route) => route.abort();
  await context.route(/catalogue[^/]*\.json$/, (route) => answer(route));
  await open();
  const said = page.locator('.waiting');
  await said.getByText(/cannot be reached: offers, their prices and what follows/).waitFor();
  const cost = () => page.locator('[data-quantity="costs"]').innerText();
  const without = await cost();
  // No offer counts as unknown while nobody could know it.
  await page.locator('.strip__tile--findings').click();
  assert.equal(await page.getByText('is not in the catalogue').count(), 0);
  await page.keyboard.press('Escape');

  const again = said.getByRole('button', { name: 'Try again' });
  answer = (route) => route.fulfill({ json: { sold: 'nothing' } });
  await Promise.all([page.waitForResponse(/catalogue[^/]*\.json$/), again.click()]);
  await said.getByText(/cannot be reached: offers/).waitFor();

  answer = (route) => route.continue();
  await again.click();
  await said.waitFor({ state: 'detached' });
  assert.notEqual(await cost(), without);
  assert.match(await cost(), /\$\d/);
  forgive(/ERR_FAILED/);
}
