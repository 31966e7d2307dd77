import { importFile } from '../drawing.mjs';

export const name = 'A plan full of nonsense opens, names its problems, and every panel still answers';

const PLAN = {
  format: 'hosting-plan/1',
  title: 'Odd plan',
  assumptions: { day_rate: [5, 1, 3], whatever: 3 },
  journeys: [
    { id: 'j', peak_rps: -5 },
    { id: 'j', peak_rps: 1e300 },
    { id: 'k', entry: 'nowhere', peak_rps: 100000, target: { percentile: 95, seconds: -1 } },
  ],
  places: [
    { id: 'p', kind: 'zone', within: 'q' },
    { id: 'q', kind: 'zone', within: 'p' },
    { id: 'p', kind: 'rack' },
  ],
  components: [
    { id: 'u', type: 'client' },
    { id: 'u', type: 'client' },
    {
      id: 'a',
      type: 'app_server',
      hosting: { offer: 'no-such' },
      instances: -3,
      placement: ['p', 'p', 'zzz'],
      settings: { service_time_ms: 'fast', servers: -1 },
    },
    { id: 'a', type: 'app_server', instances: 1e9 },
    { id: 'x', type: 'quantum', label: 'X' },
    {
      id: 'd',
      type: 'sql_database',
      label: 'D',
      hosting: { kind: 'paas', offer: 'aws-rds-t3-small' },
      instances: 2.5,
      redundancy: { k: 9 },
      overrides: { exit_days: [5, 1, -3], unavailability: 7, cost_month: -4 },
    },
  ],
  connections: [
    { id: 'c', from: 'u', to: 'a', calls: -1 },
    { id: 'c', from: 'a', to: 'd' },
    { id: 'e', from: 'a', to: 'nowhere' },
    { id: 'f', from: 'a', to: 'a' },
    { id: 'g', from: 'a', to: 'd', group: 'g', need: { k: 5 }, reads: 1e308, writes: 1e308 },
    { id: 'h', from: 'a', to: 'x', group: 'g', need: 'any', only_on_miss_of: 'zz' },
  ],
};

export async function run({ page, open, assert }) {
  await open();
  await importFile(page, 'odd.json', JSON.stringify(PLAN));
  await page.locator('.header__name', { hasText: 'Odd plan' }).waitFor();
  assert.ok((await page.locator('[data-component]').count()) >= 4);

  for (const id of ['a', 'x', 'd', 'u']) {
    await page.locator(`[data-component="${id}"]`).first().focus();
    await page.keyboard.press('Enter');
    for (const kind of ['IaaS', 'PaaS', 'Bare metal', 'VPS']) {
      const radio = page.getByRole('radio', { name: kind });
      if ((await radio.count()) > 0) await radio.first().click();
    }
  }
  for (const quantity of ['carries', 'response', 'down', 'costs', 'work', 'way-out']) {
    const tile = page.locator(`[data-quantity="${quantity}"]`);
    await tile.click();
    await page.locator('.results').waitFor();
    const text = `${await tile.innerText()} ${await page.locator('.results').innerText()}`;
    assert.doesNotMatch(text, /NaN|inf\b|undefined/, quantity);
  }
  await page.locator('.strip__tile--findings').click();
  assert.ok((await page.getByText('In the plan').count()) > 5, 'its problems are not named');
  await page.keyboard.press('Escape');
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('Control+z');
  await page.locator('.header__name', { hasText: 'Small shop' }).waitFor();
}
