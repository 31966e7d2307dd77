import { execFileSync } from 'node:child_process';
import { card, importFile } from '../drawing.mjs';

export const name = 'A plan is checked by simulation, which says the same as on the command line, can be cancelled, and vanishes with an edit';

const repository = new URL('../../', import.meta.url).pathname;

// Few events, since the command line is built for debugging.
const plan = JSON.stringify({
  format: 'hosting-plan/1',
  title: 'Small',
  journeys: [{ id: 'visit', name: 'Visit', entry: 'users', peak_rps: 70 }],
  components: [
    { id: 'users', type: 'client', position: [0, 0] },
    { id: 'app', type: 'app_server', position: [240, 0], settings: { service_time_ms: 20, servers: 2, scv: 2 } },
  ],
  connections: [{ id: 'c1', from: 'users', to: 'app' }],
});

export async function run({ page, open, assert, shot }) {
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await open();
  const isSimulator = (address) => /simulator/.test(address);
  assert.ok(!asked.some(isSimulator), 'the simulator is loaded before anybody asks for it');
  await importFile(page, 'plan.json', plan);
  await card(page, 'app').waitFor();

  await page.locator('[data-quantity="response"]').click();
  const section = page.getByRole('region', { name: 'Check by simulation' });
  const start = section.getByRole('button', { name: /^Check/ });
  const table = section.getByRole('table', { name: 'Formulas and simulation' });

  // Cancelled: the button is back, and nothing follows.
  await start.click();
  await section.getByRole('progressbar').waitFor();
  await section.getByRole('button', { name: 'Cancel' }).press('Enter');
  await start.waitFor();
  assert.equal(await table.count(), 0);

  // To the end. The cancelled one had seed 1.
  await start.click();
  await section.getByText(/^\d+ %$/).waitFor();
  await table.waitFor({ timeout: 40_000 });
  assert.ok(asked.some(isSimulator));
  await table.scrollIntoViewIfNeeded();
  await shot('simulation');
  const words = ['run', '--quiet', '--locked', '--package', 'planner', '--', 'simulate', '-', '--json', '--seed', '2'];
  const report = JSON.parse(execFileSync('cargo', words, { cwd: repository, input: plan, stdio: ['pipe', 'pipe', 'ignore'] }));
  const summary = await section.getByRole('status').innerText();
  assert.ok(summary.includes(`${report.requests.toLocaleString('en')} requests with seed 2`), summary);
  const figures = Object.values(report.journeys[0].response_seconds);
  const rows = await table.locator('tbody tr').all();
  assert.equal(rows.length, figures.length);
  for (const [index, row] of rows.entries()) {
    const cells = (await row.innerText()).split('\t').map((cell) => cell.trim());
    const { interval, inside } = figures[index];
    const [low, high] = cells[3].split(' to ').map(Number.parseFloat);
    for (const [shown, exact] of [[low, interval[0]], [high, interval[1]]]) {
      assert.ok(Math.abs(shown / (exact * 1000) - 1) < 0.006, `${cells[3]}, not ${interval}`);
    }
    const verdict = inside === undefined ? '–' : inside ? 'inside the interval' : 'outside';
    assert.ok(cells[4].startsWith(verdict), `${cells[4]}, not ${verdict}`);
  }
  assert.ok((await table.locator('.tag svg').count()) > 0, 'a verdict without an icon');

  // An edit, and what was seen is of another plan.
  await card(page, 'app').click();
  await page.keyboard.press('Control+d');
  await card(page, 'app-2').waitFor();
  assert.equal(await table.count(), 0);
  assert.ok(await page.locator('#panic').isHidden());
}
