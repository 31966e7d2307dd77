import { exported, importFile } from '../drawing.mjs';

export const name = 'Rows of the outline are dragged into places, out of them and among each other, copied and pasted, each in one step';

export const options = { permissions: ['clipboard-read', 'clipboard-write'] };

const PLAN = {
  format: 'hosting-plan/1',
  title: 'Two zones',
  places: [
    { id: 'eu', kind: 'region', name: 'Germany' },
    { id: 'fsn1', kind: 'zone', within: 'eu' },
    { id: 'nbg1', kind: 'zone', within: 'eu' },
  ],
  components: [
    { id: 'users', type: 'client', label: 'Visitors', position: [0, 160] },
    { id: 'lb', type: 'load_balancer', label: 'Entrance', position: [200, 160] },
    { id: 'app', type: 'app_server', label: 'Shop', position: [400, 40], placement: ['fsn1'] },
    { id: 'db', type: 'sql_database', label: 'Orders', position: [400, 300], placement: ['nbg1'] },
  ],
  connections: [{ id: 'c1', from: 'users', to: 'lb' }, { id: 'c2', from: 'lb', to: 'app' }, { id: 'c3', from: 'app', to: 'db' }],
};

export async function run({ page, open, assert, shot }) {
  await open();
  await importFile(page, 'zones.json', JSON.stringify(PLAN));
  await page.locator('.header__name', { hasText: 'Two zones' }).waitFor();
  await page.keyboard.press('6');
  await page.locator('#outline-grid').waitFor();
  const plan = async () => JSON.parse(await exported(page));
  const before = await exported(page);
  const order = async () => (await plan()).components.map((one) => one.id).join(' ');
  const placement = async (id) => (await plan()).components.find((one) => one.id === id).placement ?? [];
  const row = (id) => page.locator(`.outline__row[data-part="${id}"]`);
  const hint = page.locator('.canvas__hint');
  const over = async (id, target, share = 0.5) => {
    const [from, to] = [await row(id).boundingBox(), await row(target).boundingBox()];
    await page.mouse.move(from.x + 80, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + 90, from.y + from.height / 2 + 8, { steps: 2 });
    await page.mouse.move(to.x + 90, to.y + to.height * share, { steps: 4 });
  };

  // Into a place: it lights up, the hint says what letting go does, and it is one step.
  await over('lb', 'nbg1');
  await page.locator('.outline__row.is-drop-inside[data-part="nbg1"]').waitFor();
  await hint.getByText('Put Entrance into nbg1').waitFor();
  await shot('inside');
  await page.mouse.up();
  assert.deepEqual(await placement('lb'), ['nbg1']);
  await page.getByRole('button', { name: 'Undo: Put Entrance into nbg1' }).waitFor();

  // Several at once, out of their places.
  await row('app').click();
  await row('db').click({ modifiers: ['Control'] });
  await over('db', 'users', 0.9);
  await page.locator('.outline__row.is-drop-after[data-part="users"]').waitFor();
  await page.mouse.up();
  assert.deepEqual([await placement('app'), await placement('db')], [[], []]);
  assert.equal(await order(), 'users app db lb');

  // Escape gives up; what stays outside says why.
  const rest = await exported(page);
  await over('app', 'fsn1');
  await page.keyboard.press('Escape');
  await hint.waitFor({ state: 'detached' });
  await page.mouse.up();
  assert.equal(await exported(page), rest);
  await over('users', 'fsn1');
  await page.locator('.outline__row.is-drop-refused').waitFor();
  await hint.getByText('stays outside').waitFor();
  await page.mouse.up();
  assert.equal(await exported(page), rest);

  // A place with all that is in it; by key the same: in its place up and down, and into another place.
  await over('nbg1', 'fsn1');
  await page.mouse.up();
  assert.equal((await plan()).places.find((one) => one.id === 'nbg1').within, 'fsn1');
  await page.locator('#outline-grid').focus();
  await page.keyboard.press('Alt+Enter');
  await page.getByRole('dialog').waitFor();
  await page.locator('.finder__input').fill('Germany');
  await page.keyboard.press('Enter');
  assert.equal((await plan()).places.find((one) => one.id === 'nbg1').within, 'eu');
  await row('db').click();
  await page.keyboard.press('Alt+ArrowUp');
  assert.equal(await order(), 'users db app lb');
  await page.keyboard.press('Alt+ArrowDown');
  assert.equal(await order(), 'users app db lb');

  // Copied, pasted, cut: the plain JSON of the drawing.
  await page.keyboard.press('Control+c');
  const clip = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  assert.equal(clip.format, 'hosting-plan/1');
  assert.deepEqual(clip.components.map((one) => one.id), ['db']);
  await page.keyboard.press('Control+v');
  await row('db-2').waitFor();
  await page.keyboard.press('Control+x');
  await row('db-2').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.id === 'outline-grid');

  const undo = page.getByRole('button', { name: /^Undo/ }).first();
  for (let step = 0; step < 8; step += 1) await undo.click();
  assert.equal(await exported(page), before);
}
