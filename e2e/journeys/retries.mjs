import { importFile } from '../drawing.mjs';

export const name = 'Somebody sees which calls are made again, gives the one that would keep an overload alive a budget, and takes back what does not help';

const plan = JSON.stringify({
  format: 'hosting-plan/1',
  title: 'Impatient',
  journeys: [{ id: 'visit', name: 'Visit', entry: 'users', peak_rps: 70 }],
  components: [
    { id: 'users', type: 'client', position: [0, 0] },
    { id: 'app', type: 'app_server', label: 'Shop', position: [240, 0], settings: { service_time_ms: 10, servers: 1 } },
  ],
  connections: [{ id: 'c1', from: 'users', to: 'app', retries: 3, timeout_ms: 40 }],
});

export async function run({ page, open, assert }) {
  await open();
  await importFile(page, 'plan.json', plan);
  await page.locator('.header__name', { hasText: 'Impatient' }).waitFor();
  const response = page.locator('[data-quantity="response"]');
  await response.click();
  const calls = page.getByRole('region', { name: 'Calls that fail or are made again' });
  const attempts = async () => Number(await calls.locator('tbody td').nth(1).innerText());
  assert.ok((await attempts()) > 1);
  assert.match(await page.locator('.results__journey').first().innerText(), /% of the requests fail after all attempts/);
  await calls.getByText('keeps itself alive').waitFor();
  const before = await attempts();

  await calls.getByRole('button', { name: 'Show me' }).click();
  const inspector = page.locator('.inspector');
  const budget = inspector.getByLabel('At most, per call', { exact: true });
  await budget.fill('0.1');
  await budget.press('Enter');
  if (!(await calls.isVisible())) await response.click();
  await calls.getByText('keeps itself alive').waitFor({ state: 'detached' });
  assert.ok((await attempts()) < before);
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await calls.getByText('keeps itself alive').waitFor();
  assert.equal(await attempts(), before);

  const waits = inspector.getByRole('radiogroup', { name: 'Before it tries again' });
  const chosen = () => waits.getByRole('radio', { checked: true }).innerText();
  assert.match(await chosen(), /each waits/);
  await waits.getByRole('radio', { name: 'no wait' }).click();
  await page.locator('.strip__tile--findings').click();
  const finding = page.locator('.finding', { hasText: /at once|without waiting|immediately/i });
  await finding.waitFor();
  await page.keyboard.press('Escape');
  assert.match(await chosen(), /no wait/);
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  assert.match(await chosen(), /each waits/);
  await page.locator('.strip__tile--findings').click();
  assert.equal(await finding.count(), 0);
}
