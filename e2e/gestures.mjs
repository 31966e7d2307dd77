// The same gestures on the same drawing, here and in React Flow: what a movement costs the browser's main thread.
//
// Times are processor time of the main thread, which other programs on the machine disturb least.

/// Components of one service, at these columns and rows of its block, and who calls whom.
const SERVICE = [
  ['lb', 'load_balancer', 0, 1],
  ['a', 'app_server', 1, 0],
  ['b', 'app_server', 1, 2],
  ['cache', 'cache', 2, 0],
  ['db', 'sql_database', 2, 1],
  ['search', 'search', 2, 2],
  ['queue', 'queue', 2, 3],
  ['files', 'object_storage', 3, 0],
  ['pay', 'external_service', 3, 2],
  ['worker', 'worker', 3, 3],
];
const CALLS = 'lb-a lb-b a-cache b-cache cache-files a-db b-db a-search b-pay b-queue queue-worker'
  .split(' ')
  .map((call) => call.split('-'));
const [COLUMN, ROW] = [260, 132];
const MOVES = 60;
const METRICS = ['ScriptDuration', 'TaskDuration', 'LayoutDuration', 'RecalcStyleDuration'];

/// Services in a square, each calling the next of its row, the first of a row also the first of the next.
export function drawing(count) {
  const components = [{ id: 'users', type: 'client', x: -COLUMN, y: ROW }];
  const connections = [['users', 'lb0']];
  const services = Math.ceil((count - 1) / SERVICE.length);
  const across = Math.ceil(Math.sqrt(services));
  for (let service = 0; service < services; service += 1) {
    const [column, row] = [service % across, Math.floor(service / across)];
    for (const [name, type, x, y] of SERVICE) {
      components.push({
        id: `${name}${service}`,
        type,
        x: (column * 4.4 + x) * COLUMN,
        y: (row * 4.8 + y) * ROW,
      });
    }
    for (const [from, to] of CALLS) connections.push([`${from}${service}`, `${to}${service}`]);
    const next = (to) => to < services && connections.push([`a${service}`, `lb${to}`]);
    if (column + 1 < across) next(service + 1);
    if (column === 0) next(service + across);
  }
  components.length = count;
  const ids = new Set(components.map(({ id }) => id));
  return { components, connections: connections.filter((ends) => ends.every((id) => ids.has(id))) };
}

export const plan = ({ components, connections }) =>
  JSON.stringify({
    format: 'hosting-plan/1',
    journeys: [{ id: 'visit', entry: 'users', peak_rps: 10 }],
    components: components.map(({ id, type, x, y }) => ({ id, type, position: [x, y] })),
    connections: connections.map(([from, to], index) => ({ id: `c${index}`, from, to })),
  });

const nodesAndEdges = ({ components, connections }) => ({
  nodes: components.map(({ id, x, y }) => ({
    id,
    position: { x, y },
    data: { label: id },
    sourcePosition: 'right',
    targetPosition: 'left',
  })),
  edges: connections.map(([source, target], index) => ({ id: `c${index}`, source, target })),
});

/// Opens the drawing as a file that is dropped on the page: the milliseconds until it is drawn, and the work until then.
async function openHere(page, session, count) {
  await page.goto(process.env.SITE_URL);
  await page.waitForSelector('html[data-started][data-program]', { state: 'attached' });
  await page.waitForTimeout(500);
  const { components, connections } = drawing(count);
  const title = `${components.length.toLocaleString('en')} components`;
  const work = await worked(session);
  const clock = await page.evaluate(
    async ([text, title]) => {
      const start = performance.now();
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'large.json', { type: 'application/json' }));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer }));
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const isDrawn = () => document.querySelector('.canvas__scene')?.getAttribute('aria-label')?.includes(title);
      while (!isDrawn()) await frame();
      await frame();
      return performance.now() - start;
    },
    [plan({ components, connections }), title],
  );
  return { clock, work: await work() };
}

async function openFlow(page, session, count) {
  await page.goto(new URL('flow.html', process.env.SITE_URL).href);
  await page.waitForFunction(() => window.flow);
  const { nodes, edges } = nodesAndEdges(drawing(count));
  const work = await worked(session);
  const clock = await page.evaluate(
    async ([nodes, edges]) => {
      const start = performance.now();
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      window.flow({ nodes, edges });
      const isDrawn = () => document.querySelector('.react-flow__edge');
      while (!isDrawn()) await frame();
      await frame();
      return performance.now() - start;
    },
    [nodes, edges],
  );
  return { clock, work: await work() };
}

/// Starts to count the work of the main thread; what is given says how many milliseconds it was.
async function worked(session) {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const before = await read();
  return async () => (await read()) - before;
}

const HERE = { name: 'here', open: openHere, canvas: '#canvas', card: '.canvas__scene [data-component]' };
const FLOW = { name: 'React Flow', open: openFlow, canvas: '.react-flow', card: '.react-flow__node' };

/// Zooms in at the middle of the drawing until a card is about as wide on the screen as it is meant to be.
async function comeNear(page, { canvas, card }) {
  const area = await page.locator(canvas).boundingBox();
  const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  const near = ([card, middle]) => {
    const cards = [...document.querySelectorAll(card)].map((element) => {
      const box = element.getBoundingClientRect();
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      return { at, width: box.width, far: Math.hypot(at.x - middle.x, at.y - middle.y) };
    });
    return cards.sort((a, b) => a.far - b.far)[0];
  };
  for (let step = 0; step < 60; step += 1) {
    const nearest = await page.evaluate(near, [card, middle]);
    if (nearest && nearest.width > 140) break;
    await page.mouse.wheel(0, -100);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(1500);
  const nearest = await page.evaluate(near, [card, middle]);
  return { middle, card: nearest.at };
}

/// What the main thread does during a gesture, in milliseconds for each step of it, and how far apart frames are.
async function cost(page, session, steps, act) {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return METRICS.map((name) => metrics.find((metric) => metric.name === name).value * 1000);
  };
  await page.evaluate(() => {
    window.frames_ = [];
    const note = (time) => {
      window.frames_.push(time);
      window.noting = requestAnimationFrame(note);
    };
    note(performance.now());
  });
  const before = await read();
  await act();
  const after = await read();
  const frame = await page.evaluate(() => {
    cancelAnimationFrame(window.noting);
    const times = window.frames_.slice(1);
    return (times.at(-1) - times[0]) / (times.length - 1);
  });
  const [script, task] = after.map((value, index) => (value - before[index]) / steps);
  return { script, task, frame };
}

async function moves(page, from, steps) {
  for (let step = 1; step <= steps; step += 1) {
    const turn = (step / steps) * 4 * Math.PI;
    await page.mouse.move(from.x + 60 * Math.sin(turn), from.y + 40 * Math.sin(turn / 2));
  }
}

/// Drags a card about: the cost of a move, and how many changes of the document each brings.
async function dragged(page, session, app) {
  const { card } = await comeNear(page, app);
  await page.mouse.move(card.x, card.y);
  await page.mouse.down();
  await page.mouse.move(card.x + 12, card.y + 6, { steps: 3 });
  const found = await cost(page, session, MOVES, () => moves(page, card, MOVES));
  await page.evaluate(() => {
    window.changes = 0;
    window.watching = new MutationObserver((records) => (window.changes += records.length));
    window.watching.observe(document.body, { attributes: true, childList: true, subtree: true, characterData: true });
  });
  await moves(page, card, 20);
  const changes = await page.evaluate(() => {
    window.changes += window.watching.takeRecords().length;
    window.watching.disconnect();
    return window.changes / 20;
  });
  const dropped = await cost(page, session, 1, async () => {
    await page.mouse.up();
    await page.waitForTimeout(1500);
  });
  return { ...found, changes, dropped: dropped.script };
}

async function panned(page, session, app) {
  const { middle } = await comeNear(page, app);
  // Between the rows of cards, so that the drawing is seized and no card.
  const start = await page.evaluate(
    ([canvas, middle]) => {
      for (let distance = 0; distance < 300; distance += 6) {
        for (const [dx, dy] of [[0, 1], [1, 0], [0, -1], [-1, 0]]) {
          const at = { x: middle.x + dx * distance, y: middle.y + dy * distance };
          const element = document.elementFromPoint(at.x, at.y);
          const inside = element?.closest(canvas);
          const part = element?.closest('[data-component], [data-connection], .react-flow__node, .react-flow__edge');
          if (inside && !part) return at;
        }
      }
      return middle;
    },
    [app.canvas, middle],
  );
  await page.mouse.move(start.x, start.y);
  await page.mouse.down({ button: app === HERE ? 'middle' : 'left' });
  const pan = await cost(page, session, MOVES, async () => {
    for (let step = 1; step <= MOVES; step += 1) {
      const turn = (step / MOVES) * 2 * Math.PI;
      await page.mouse.move(start.x + 400 * Math.sin(turn), start.y + 250 * Math.sin(2 * turn));
    }
  });
  await page.mouse.up({ button: app === HERE ? 'middle' : 'left' });
  await page.mouse.move(middle.x, middle.y);
  const zoom = await cost(page, session, MOVES, async () => {
    for (let step = 0; step < MOVES; step += 1) {
      await page.mouse.wheel(0, step % 40 < 20 ? 40 : -40);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    }
  });
  return { pan, zoom };
}

async function within(browser, act) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.on('pageerror', (error) => console.error(error));
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  try {
    return await act(page, session);
  } finally {
    await context.close();
  }
}

const ms = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const times = (here, flow) => `${(flow / here).toFixed(flow / here < 10 ? 1 : 0)} times`;
const SIZES = [100, 1_000, 5_000, 10_000];
/// React Flow needs minutes for more.
const FLOW_SIZES = [100, 1_000, 5_000];

const words = (count) => count.toLocaleString('en-GB');

export async function drag(browser) {
  for (const count of SIZES) {
    const measure = (app) =>
      within(browser, async (page, session) => {
        await app.open(page, session, count);
        return dragged(page, session, app);
      });
    const here = await measure(HERE);
    console.log(
      `drag, ${words(count)} components: ${ms(here.script)} ms of script a move, ${ms(here.task)} ms in all, ${here.changes.toFixed(1)} changes of the document, frame ${ms(here.frame)} ms`,
    );
    console.log(`drop, ${words(count)} components: ${ms(here.dropped)} ms of script until all is shown`);
    if (!FLOW_SIZES.includes(count)) continue;
    const flow = await measure(FLOW);
    console.log(
      `the same drag in React Flow, ${words(count)} nodes: ${ms(flow.script)} ms of script a move, ${ms(flow.task)} ms in all, ${flow.changes.toFixed(1)} changes of the document, frame ${ms(flow.frame)} ms: ${times(here.script, flow.script)} the script`,
    );
  }
}

export async function pan(browser) {
  const measure = (app, count) =>
    within(browser, async (page, session) => {
      await app.open(page, session, count);
      return panned(page, session, app);
    });
  for (const count of [1_000, 5_000]) {
    const here = await measure(HERE, count);
    const flow = await measure(FLOW, count);
    for (const gesture of ['pan', 'zoom']) {
      const [own, other] = [here[gesture], flow[gesture]];
      console.log(
        `${gesture}, ${words(count)} components: ${ms(own.script)} ms of script a step, ${ms(own.task)} ms in all, frame ${ms(own.frame)} ms`,
      );
      console.log(
        `the same ${gesture} in React Flow, ${words(count)} nodes: ${ms(other.script)} ms of script a step, ${ms(other.task)} ms in all, frame ${ms(other.frame)} ms: ${times(own.task, other.task)} the work`,
      );
    }
  }
}

export async function open(browser) {
  for (const count of [1_000, 5_000]) {
    const measure = async (app) => {
      const runs = [];
      for (let run = 0; run < 3; run += 1) {
        runs.push(await within(browser, (page, session) => app.open(page, session, count)));
      }
      return runs.sort((a, b) => a.work - b.work)[1];
    };
    const here = await measure(HERE);
    console.log(`opening ${words(count)} components: ${ms(here.work)} ms of work until drawn, ${ms(here.clock)} ms by the clock (median of 3)`);
    const flow = await measure(FLOW);
    console.log(
      `the same in React Flow, ${words(count)} nodes: ${ms(flow.work)} ms of work until drawn, ${ms(flow.clock)} ms by the clock (median of 3): ${times(here.work, flow.work)} the work`,
    );
  }
}

/// Lets requests run over the drawing, whole and from near: what each second costs while nobody does anything.
export async function flow(browser) {
  const seconds = 3;
  for (const count of [50, 500, 1_000]) {
    const found = await within(browser, async (page, session) => {
      await HERE.open(page, session, count);
      const rest = () => cost(page, session, seconds, () => page.waitForTimeout(seconds * 1000));
      await page.waitForTimeout(1500);
      await page.keyboard.press('r');
      await page.waitForTimeout(500);
      const whole = await rest();
      await comeNear(page, HERE);
      const near = await rest();
      const running = await page.evaluate(
        () => document.getAnimations().filter(({ animationName }) => animationName === 'flow').length,
      );
      return { whole, near, running };
    });
    for (const [from, { script, task, frame }] of [['whole', found.whole], ['from near', found.near]]) {
      console.log(
        `requests run, ${words(count)} components seen ${from}: ${ms(script)} ms of script a second, ${ms(task)} ms in all, frame ${ms(frame)} ms`,
      );
    }
    console.log(`connections along which something moves from near, ${words(count)} components: ${found.running}`);
  }
}
