// Prints how long things take in the browser, a line for each: what, a colon, how long. The argument says which.
import { launch } from './browser.mjs';
import { drag, flow, open, pan } from './gestures.mjs';

// One station of eight servers, four fifths busy.
const PLAN = {
  format: 'hosting-plan/1',
  journeys: [{ id: 'visit', entry: 'users', peak_rps: 80 }],
  components: [
    { id: 'users', type: 'client' },
    { id: 'app', type: 'app_server', settings: { service_time_ms: 80, servers: 8 } },
  ],
  connections: [{ id: 'c1', from: 'users', to: 'app' }],
};
const RUNS = 5;

const parts = { evaluate: evaluations, simulate: simulations, drag, pan, open, flow };
const browser = await launch();
await parts[process.argv[2]](browser);
await browser.close();

/// The page of the example `evaluate` prints its own lines, until it is done.
async function evaluations(browser) {
  const page = await browser.newPage();
  const done = new Promise((resolve, reject) => {
    page.on('pageerror', reject);
    page.on('console', (message) => {
      if (message.text() === 'done') resolve();
      else if (message.type() === 'log') console.log(message.text());
    });
  });
  await page.goto(new URL('bench.html', process.env.SITE_URL).href);
  await done;
  await page.close();
}

/// The worker that the page starts for "Check by simulation", from the job to the report.
async function simulations(browser) {
  const page = await browser.newPage();
  await page.goto(process.env.SITE_URL);
  const job = `1\n${JSON.stringify(PLAN)}`;
  const rates = await page.evaluate(
    async ([job, runs]) => {
      const names = document.querySelector('meta[name=simulator]');
      const { program, wasm } = names.dataset;
      const worker = new Worker(`${names.content}?program=${program}&wasm=${wasm}`);
      const told = (word) =>
        new Promise((resolve, reject) => {
          worker.onerror = (event) => reject(new Error(event.message));
          worker.onmessage = ({ data }) => {
            if (data.startsWith('fault')) reject(new Error(data));
            if (data.startsWith(word)) resolve(data.slice(word.length));
          };
        });
      await told('ready');
      const rates = [];
      for (let run = 0; run < runs; run += 1) {
        const report = told('report ');
        const start = performance.now();
        worker.postMessage(job);
        const { events } = JSON.parse(await report);
        rates.push(events / (performance.now() - start) / 1e3);
      }
      worker.terminate();
      return rates;
    },
    [job, RUNS],
  );
  const [best, worst] = [Math.max(...rates), Math.min(...rates)];
  console.log(
    `simulation of one M/M/8, in the page's worker: ${best.toFixed(1)} million events a second (best of ${RUNS} runs; the worst ${worst.toFixed(1)})`,
  );
  await page.close();
}
