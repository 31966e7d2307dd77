import { importFile } from '../drawing.mjs';

export const name = 'Where some give up waiting, a check by simulation compares their share too';

const plan = JSON.stringify({
  format: 'hosting-plan/1',
  title: 'Impatient',
  journeys: [{ id: 'visit', name: 'Visit', entry: 'users', peak_rps: 70 }],
  components: [
    { id: 'users', type: 'client', position: [0, 0] },
    { id: 'app', type: 'app_server', position: [240, 0], settings: { service_time_ms: 20, servers: 2 } },
  ],
  connections: [{ id: 'c1', from: 'users', to: 'app', timeout_ms: 120 }],
});

export async function run({ page, open, assert, shot }) {
  await open();
  await importFile(page, 'impatient.json', plan);
  await page.locator('.header__name', { hasText: 'Impatient' }).waitFor();
  await page.locator('[data-quantity="response"]').click();
  const section = page.getByRole('region', { name: 'Check by simulation' });
  await section.getByRole('button', { name: /^Check/ }).click();
  const table = section.getByRole('table', { name: 'Formulas and simulation' });
  await table.waitFor({ timeout: 50_000 });
  const fail = table.getByRole('row', { name: /Fail/ });
  const [, , formula, interval, verdict] = (await fail.innerText()).split('\t').map((cell) => cell.trim());
  assert.match(formula, /^[\d.]+\s%$/);
  assert.match(interval, /^[\d.]+ to [\d.]+\s%$/);
  assert.match(verdict, /inside|outside/);
  await fail.scrollIntoViewIfNeeded();
  await shot('row');
}
