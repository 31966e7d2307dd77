import { card, drag, exported, importFile, middle } from '../drawing.mjs';

export const name = 'Cards are dragged into places and out of them, places are made, moved, renamed and deleted';

const PLAN = {
  format: 'hosting-plan/1',
  title: 'Two zones',
  places: [
    { id: 'eu', kind: 'region', name: 'Germany' },
    { id: 'fsn1', kind: 'zone', within: 'eu' },
    { id: 'nbg1', kind: 'zone', within: 'eu' },
  ],
  components: [
    { id: 'users', type: 'client', position: [0, 160] },
    { id: 'app', type: 'app_server', label: 'Shop', position: [400, 40], placement: ['fsn1'] },
    { id: 'db', type: 'sql_database', label: 'Orders', position: [400, 300], placement: ['nbg1'] },
  ],
  connections: [
    { id: 'c1', from: 'users', to: 'app' },
    { id: 'c2', from: 'app', to: 'db' },
  ],
};

const tab = (page, id) => page.locator(`.canvas__scene [data-place="${id}"]`).first();
const centre = async (locator) => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};
const near = ({ x, y }, dx, dy) => ({ x: x + dx, y: y + dy });

export async function run({ page, open, assert, shot }) {
  await open();
  await importFile(page, 'zones.json', JSON.stringify(PLAN));
  await tab(page, 'fsn1').waitFor();
  const plan = async () => JSON.parse(await exported(page));
  const placement = async (id) => (await plan()).components.find((c) => c.id === id).placement ?? [];

  // Over another zone the target lights up, and letting go is one step.
  const target = await middle(page, 'db');
  const start = await middle(page, 'app');
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(target.x + 30, target.y - 10, { steps: 6 });
  assert.equal(await page.locator('.place.is-target .place__area').count(), 1);
  assert.match(await page.locator('.canvas__hint').innerText(), /put Shop into nbg1/);
  await shot('over');
  await page.mouse.up();
  assert.deepEqual(await placement('app'), ['nbg1']);
  assert.ok(await tab(page, 'fsn1').isVisible(), 'an emptied zone stays');
  await page.keyboard.press('Control+z');
  assert.deepEqual(await placement('app'), ['fsn1']);

  // Out of every place, and Escape in the middle of it.
  const app = await middle(page, 'app');
  await page.mouse.move(app.x, app.y);
  await page.mouse.down();
  await page.mouse.move(app.x, app.y - 200, { steps: 6 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  assert.deepEqual(await placement('app'), ['fsn1']);
  await drag(page, app, near(app, 320, 0));
  assert.deepEqual(await placement('app'), []);
  await page.keyboard.press('Control+z');

  // Users stay outside, and are told so.
  await drag(page, await middle(page, 'users'), near(await middle(page, 'db'), 40, 10));
  assert.deepEqual(await placement('users'), []);
  await page.getByText('stays outside').first().waitFor();
  await page.keyboard.press('Control+z');

  // The title moves the zone with what is in it.
  const before = (await plan()).components.find((c) => c.id === 'app').position;
  const title = await centre(tab(page, 'fsn1'));
  await drag(page, title, near(title, 0, -60));
  const after = (await plan()).components.find((c) => c.id === 'app').position;
  assert.ok(after[1] < before[1] && after[0] === before[0]);
  await page.keyboard.press('Control+z');

  // A name is written on the title itself: after two clicks, or by key; Escape leaves it as it was.
  const named = async (id) => (await plan()).places.find((place) => place.id === id).name ?? '';
  const field = page.locator('.card-name input');
  const { x, y } = await centre(tab(page, 'fsn1'));
  await page.mouse.dblclick(x, y);
  await field.waitFor();
  await page.keyboard.type('Hall 1');
  await shot('renamed');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.dataset?.place === 'fsn1');
  assert.equal(await named('fsn1'), 'Hall 1');
  await page.keyboard.press('F2');
  await field.waitFor();
  await page.keyboard.type('Never');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.dataset?.place === 'fsn1');
  assert.equal(await named('fsn1'), 'Hall 1');
  await page.keyboard.press('Control+z');

  // A new card that is put into a place stands in it, and the place says so beforehand.
  const item = await page.locator('.palette__item[data-type="cache"]').boundingBox();
  const inside = near(await middle(page, 'app'), 60, 30);
  await page.mouse.move(item.x + 20, item.y + 10);
  await page.mouse.down();
  await page.mouse.move(inside.x, inside.y, { steps: 6 });
  assert.match(await page.locator('.canvas__hint').innerText(), /put the cache into fsn1/);
  assert.equal(await page.locator('.place.is-target .place__area').count(), 1);
  await page.mouse.up();
  await card(page, 'cache').waitFor();
  assert.deepEqual(await placement('cache'), ['fsn1']);
  await page.keyboard.press('Control+z');

  // By key: a title is chosen and renamed; a place is made round what is selected, and deleted.
  await tab(page, 'nbg1').focus();
  await page.keyboard.press('Enter');
  const inspector = page.locator('.inspector');
  await inspector.getByLabel('Name').fill('Nuremberg');
  await page.keyboard.press('Enter');
  await page.locator('.place__name', { hasText: 'Nuremberg' }).waitFor();
  await card(page, 'db').focus();
  await page.keyboard.press('Enter');
  await page.locator('#canvas').focus();
  await page.keyboard.press('g');
  const [made] = await placement('db');
  assert.notEqual(made, 'nbg1');
  assert.equal((await plan()).places.find((place) => place.id === made).within, 'nbg1');
  await shot('made');
  await inspector.getByRole('button', { name: 'Delete' }).click();
  assert.deepEqual(await placement('db'), ['nbg1']);
}
