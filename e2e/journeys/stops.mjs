export const name = 'Somebody reads why the shop is down, sees the way of a failure, and fixes first what the numbers promised';

export async function run({ page, open, assert, shot }) {
  await open();
  const tile = page.locator('[data-quantity="down"]');
  const hours = async () => Number.parseFloat(await tile.locator('.strip__value').innerText());
  const before = await hours();
  await tile.click();
  const stops = page.getByRole('region', { name: /^What stops/ });
  const ways = stops.locator('.stop');
  const orders = ways.filter({ hasText: 'Orders fails' });
  assert.match(
    await orders.locator('.stop__sentence').innerText(),
    /^Orders fails → Shop has no SQL database → Balancer has no app server → .* is down\.$/,
  );
  assert.match(await orders.locator('.stop__hours').innerText(), /^\d.* a year$/);
  const icons = await orders
    .locator('.path use')
    .evaluateAll((uses) => uses.map((use) => use.getAttribute('href').replace('#icon-', '')));
  assert.deepEqual(
    icons.filter((icon) => icon !== 'arrow-right'),
    ['sql_database', 'app_server', 'load_balancer', 'person'],
  );
  await shot('ways');

  // By cause, with the keys.
  const all = await ways.count();
  const causes = stops.getByRole('radiogroup', { name: 'Which causes' });
  await causes.getByRole('radio', { name: 'All' }).focus();
  await page.keyboard.press('ArrowRight');
  const structural = await ways.count();
  await page.keyboard.press('ArrowRight');
  await stops.getByText('the peak needs them all').waitFor();
  const capacity = await ways.count();
  await page.keyboard.press('ArrowRight');
  await ways.filter({ hasText: 'is out' }).first().waitFor();
  const domain = await ways.count();
  assert.equal(structural + capacity + domain, all);
  assert.ok(structural > 0 && domain > 0);
  await page.keyboard.press('Home');

  // How much each part matters, in plain words.
  await stops.locator('summary', { hasText: 'How much each part matters' }).focus();
  await page.keyboard.press('Enter');
  const measures = stops.getByRole('table', { name: /^Importance for/ });
  await measures.getByRole('columnheader', { name: 'Birnbaum' }).waitFor();
  assert.match(await stops.locator('.measures__words').innerText(), /never failed/);

  // The fix brings what it promised, and can be taken back.
  const fixes = page.getByRole('region', { name: 'Fix first' });
  const row = fixes.getByRole('row', { name: /Add a replica of Orders/ });
  await row.waitFor();
  const saved = Number.parseFloat(await row.getByRole('cell').first().innerText());
  assert.match(await row.innerText(), /goes away/);
  await fixes.getByRole('radio', { name: 'For the money' }).click();
  await row.getByRole('button').click();
  await orders.waitFor({ state: 'detached' });
  assert.ok(Math.abs(before - saved - (await hours())) < 0.11, `${before} - ${saved} is not ${await hours()}`);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  assert.equal(await hours(), before);

  // The findings say it too.
  await page.locator('.strip__tile--findings').click();
  const finding = page.locator('.finding', { hasText: 'Orders carries everything alone' });
  await finding.getByText('removes it').waitFor();
  assert.match(await finding.locator('.finding__gain').innerText(), /less down time.*a month more/s);
}
