export const name = 'Without the catalogue the page works, says what is missing, and gets it when asked again';

export async function run({ page, context, open, assert, forgive }) {
  let reachable = false;
  await context.route(/catalogue[^/]*\.json$/, (route) => (reachable ? route.continue() : route.abort()));
  await open();
  const said = page.locator('.waiting');
  await said.getByText(/cannot be reached: offers, their prices and what follows/).waitFor();
  const cost = () => page.locator('[data-quantity="costs"]').innerText();
  const without = await cost();
  // No offer counts as unknown while nobody could know it.
  await page.locator('.strip__tile--findings').click();
  assert.equal(await page.getByText('is not in the catalogue').count(), 0);
  await page.keyboard.press('Escape');

  reachable = true;
  await said.getByRole('button', { name: 'Try again' }).click();
  await said.waitFor({ state: 'detached' });
  assert.notEqual(await cost(), without);
  assert.match(await cost(), /\$\d/);
  forgive(/ERR_FAILED/);
}
