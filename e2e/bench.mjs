// How long an edit takes to show in Chromium: evaluations of plans of 50, 500 and 5,000 components, in the page.
import { launch, settled } from './browser.mjs';

const SIZES = [50, 500, 5000];
const RUNS = 20;
/// Components of one service, see `layered`.
const SERVICE = 10;

/// Services that call each other as a tree, each behind a balancer and with data of its own, as in
/// model/benches/evaluate.rs; written as a plan file.
function layered(size) {
  const components = [{ id: 'users', type: 'client' }];
  const connections = [];
  const services = size / SERVICE;
  const connect = (from, to, more = {}) => connections.push({ id: `${from}>${to}`, from, to, ...more });
  const add = (id, type, more = {}) => components.push({ id, type, ...more });
  const placement = ['z0', 'z1', 'z2'];
  for (let s = 0; s < services; s += 1) {
    add(`lb${s}`, 'load_balancer', { instances: 2, placement });
    add(`a${s}`, 'app_server', { instances: 2, placement, settings: { service_time_ms: 5, servers: 4 } });
    add(`b${s}`, 'app_server', { instances: 3, placement, settings: { service_time_ms: 5, servers: 4 } });
    add(`cache${s}`, 'cache', { placement, settings: { hit_ratio: 0.8 } });
    add(`files${s}`, 'object_storage');
    add(`db${s}`, 'sql_database', { instances: 2, placement, redundancy: { primary_replica: {} } });
    add(`search${s}`, 'search', { placement });
    add(`pay${s}`, 'external_service');
    add(`queue${s}`, 'queue', { placement });
    add(`worker${s}`, 'worker', { instances: 2, placement, settings: { service_time_ms: 50 } });
    for (const app of [`a${s}`, `b${s}`]) {
      connect(`lb${s}`, app);
      connect(app, `cache${s}`);
      connect(app, `db${s}`, { calls: 2, only_on_miss_of: `cache${s}` });
      connect(app, `search${s}`, { calls: 0.1, mode: 'parallel' });
      connect(app, `pay${s}`, { calls: 0.1, mode: 'parallel' });
      connect(app, `queue${s}`, { calls: 0.05, mode: 'async' });
      for (const callee of [2 * s + 1, 2 * s + 2]) {
        if (callee < services) connect(app, `lb${callee}`, { calls: 0.3, rtt_ms: 0.5 });
      }
    }
    connect(`cache${s}`, `files${s}`);
    connect(`queue${s}`, `worker${s}`, { mode: 'async' });
  }
  connect('users', 'lb0');
  return JSON.stringify({
    format: 'hosting-plan/1',
    title: `${size} components`,
    journeys: [{ id: 'visit', entry: 'users', peak_rps: 20 }],
    places: placement.map((id) => ({ id, kind: 'zone', unavailability: 0.0001 })),
    components,
    connections,
  });
}

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
console.log('evaluation in Chromium, ms     median      best');
for (const size of SIZES) {
  await page.goto(process.env.SITE_URL);
  await settled(page);
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    await page.evaluate(() => performance.clearMeasures('evaluate'));
    const plan = layered(size).replace('components"', `components ${run}"`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /import/i }).first().click();
    await (await chooser).setFiles({ name: 'plan.json', mimeType: 'application/json', buffer: Buffer.from(plan) });
    await page.waitForFunction(() => performance.getEntriesByName('evaluate').length > 0, null, { timeout: 60_000 });
    times.push(await page.evaluate(() => Math.max(...performance.getEntriesByName('evaluate').map((m) => m.duration))));
  }
  times.sort((a, b) => a - b);
  const [median, best] = [times[RUNS / 2], times[0]].map((time) => time.toFixed(2).padStart(9));
  console.log(`${String(size).padStart(6)} components          ${median} ${best}`);
}
await browser.close();
