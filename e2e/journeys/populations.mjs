import { card, importFile } from '../drawing.mjs';

export const name = 'A fixed number of users waits where others would overflow, and what is squeezed out is said in words';

const app = (id, label, y, settings) => ({ id, type: 'app_server', label, position: [240, y], settings });
const plan = JSON.stringify({
  format: 'hosting-plan/1',
  title: 'Office',
  journeys: [{ id: 'work', name: 'Work', entry: 'staff', population: { users: 80, think_seconds: 2 } }],
  components: [
    { id: 'staff', type: 'client', position: [0, 0] },
    app('files', 'Files', 0, { service_time_ms: 60, servers: 2 }),
  ],
  connections: [{ id: 'c1', from: 'staff', to: 'files' }],
});
const squeezed = JSON.stringify({
  format: 'hosting-plan/1',
  title: 'Too much',
  journeys: [
    { id: 'visit', name: 'Visit', entry: 'users', peak_rps: 150 },
    { id: 'report', name: 'Report', entry: 'boss', peak_rps: 5 },
    { id: 'calm', name: 'Calm', entry: 'staff', peak_rps: 1 },
  ],
  components: [
    { id: 'users', type: 'client', position: [0, 0] },
    { id: 'boss', type: 'client', position: [0, 200] },
    { id: 'staff', type: 'client', position: [0, 400] },
    app('shop', 'Shop', 0, { service_time_ms: 20, servers: 2 }),
    app('files', 'Files', 400, { service_time_ms: 20, servers: 2 }),
  ],
  connections: [
    { id: 'c1', from: 'users', to: 'shop' },
    { id: 'c2', from: 'boss', to: 'shop' },
    { id: 'c3', from: 'staff', to: 'files' },
  ],
});

export async function run({ page, open, assert }) {
  await open();
  await importFile(page, 'plan.json', plan);
  await page.locator('.header__name', { hasText: 'Office' }).waitFor();
  const carries = page.locator('[data-quantity="carries"]');
  const results = page.locator('.results');
  assert.match(await carries.innerText(), /80\susers come to \d+\/s/);
  assert.doesNotMatch(await carries.innerText(), /Less than your peak/);
  await carries.click();
  assert.match(await results.innerText(), /80\susers of Work come to \d+\/s/);
  assert.match(await results.innerText(), /they wait/);
  await page.locator('[data-quantity="response"]').click();
  assert.match(await results.innerText(), /slower answers mean fewer questions/);
  await page.keyboard.press('Escape');

  // More of it in the busy hours, and what that is billed for; then taken back.
  await card(page, 'files').click();
  const inspector = page.locator('.inspector');
  const more = inspector.getByLabel('More in busy hours', { exact: true });
  const hours = inspector.getByLabel('On the bill for', { exact: true });
  await more.fill('2');
  await more.press('Enter');
  await hours.fill('40');
  await hours.press('Enter');
  assert.equal(await hours.inputValue(), '40');
  const undo = page.getByRole('button', { name: /^Undo/ }).first();
  await undo.click();
  await undo.click();
  await hours.waitFor({ state: 'detached' });

  await importFile(page, 'plan.json', squeezed);
  await page.locator('.header__name', { hasText: 'Too much' }).waitFor();
  assert.match(await carries.innerText(), /Visit: Less than your peak/);
  assert.match(await page.locator('[data-quantity="response"]').innerText(), /Visit: More comes than can be done/);
  await carries.click();
  assert.match(await results.innerText(), /nothing is left/);
  assert.doesNotMatch(await results.innerText(), /\D0\/s/);
}
