export const name = 'Kept prices are told from newer ones, and updating them is one step; a currency and an own offer stay in the plan';

const PLAN = {
  format: 'hosting-plan/1',
  title: 'Kept prices',
  catalogue: { version: '2026-05-01', currency: 'USD', prices: { 'hetzner-ccx13': 14.5 } },
  journeys: [{ id: 'browse', entry: 'users', peak_rps: 5 }],
  components: [
    { id: 'users', type: 'client', position: [0, 0] },
    { id: 'app', type: 'app_server', label: 'Shop', position: [240, 0], hosting: { kind: 'vps', offer: 'hetzner-ccx13' } },
    { id: 'old', type: 'app_server', label: 'Old', position: [480, 0], hosting: { kind: 'vps', offer: 'vultr-long-gone' } },
  ],
  connections: [
    { id: 'c1', from: 'users', to: 'app' },
    { id: 'c2', from: 'app', to: 'old' },
  ],
};

export async function run({ page, open, assert }) {
  // Asked for before the page, so that the browser is told of it before the keys.
  const load = page.waitForEvent('filechooser');
  await open();
  await page.keyboard.press('Control+o');
  await (await load).setFiles({
    name: 'kept.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(PLAN)),
  });
  await page.locator('.header__name', { hasText: 'Kept prices' }).waitFor();

  // What the catalogue does not know stays, is said, and has a successor one click away.
  await page.locator('[data-component="old"]').click();
  const successors = page.locator('.successors');
  assert.match(await successors.innerText(), /"vultr-long-gone" is not in the catalogue\. It stays in the plan/);
  const nearest = successors.locator('[data-successor]').first();
  assert.match(await nearest.getAttribute('data-successor'), /^vultr-/);
  await nearest.click();
  await successors.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');

  const kept = page.locator('.kept-prices');
  const said = async (part = kept) => (await part.innerText()).replace(/\s+/g, ' ');
  assert.match(await said(), /newer prices than the 1 price that the plan keeps of 1 May 2026/);
  assert.match(await said(kept.locator('tbody')), /CCX13 \$14\.50 \$47\.86 \+230 %/);
  const cost = () => page.locator('[data-quantity="costs"] .strip__value').innerText();
  const before = await cost();
  await kept.getByRole('button', { name: "Update to the catalogue's" }).click();
  assert.match(await said(), /keeps 2 prices of 21 Nov 2026/);
  assert.equal(await kept.locator('tbody').count(), 0);
  assert.notEqual(await cost(), before);
  await page.getByRole('button', { name: 'Undo: Update prices' }).click();
  assert.equal(await cost(), before);

  // Another currency, at a stated rate.
  await page.locator('#prices-currency').selectOption('EUR');
  assert.match(await said(page.locator('.inspector__body')), /Published rate: 28 Oct 2026/);
  await page.getByRole('button', { name: 'Follow the catalogue' }).click();
  assert.match(await cost(), /€/);
  const published = await cost();
  await page.getByLabel('1 EUR is worth').fill('2');
  await page.keyboard.press('Tab');
  assert.notEqual(await cost(), published);

  // An offer of one's own.
  await page.getByText('Your own offers').click();
  await page.getByRole('button', { name: 'Add an offer of your own' }).click();
  await page.locator('#own-offer-0-a-month').fill('33');
  await page.keyboard.press('Tab');
  await page.locator('[data-component="app"]').click();
  await page.getByRole('radio', { name: 'Bare metal' }).click();
  await page.locator('#hosting-provider').selectOption('own-offers');
  await page.locator('.offers', { hasText: 'My machine' }).waitFor();
  assert.match(await said(page.locator('.offers')), /My machine €33/);
  const told = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const stream = await (await told).createReadStream();
  let text = '';
  for await (const part of stream) text += part;
  const { catalogue, components } = JSON.parse(text);
  assert.equal(catalogue.currency, 'EUR');
  assert.equal(catalogue.rates.EUR, 2);
  assert.equal(catalogue.offers[0].month, 33);
  assert.equal(components.find(({ id }) => id === 'app').hosting.offer, 'own-offers-1');
}
