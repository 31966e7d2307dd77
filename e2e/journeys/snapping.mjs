import { card, exported, importFile, middle } from '../drawing.mjs';

export const name = 'What is moved or placed comes in line with its neighbours and keeps their distance, unless a key is held';

const at = (id, x, y, type = 'app_server') => ({ id, type, label: id, position: [x, y] });
const PLAN = {
  format: 'hosting-plan/1',
  title: 'In a row',
  components: [at('a', 0, 0), at('b', 248, 0), at('loose', 500, 300), at('lone', 60, 420)],
};

export async function run({ page, open, assert, shot }) {
  await open();
  await importFile(page, 'row.json', JSON.stringify(PLAN));
  await card(page, 'loose').waitFor();
  await page.keyboard.press('1');
  const position = async (id) => JSON.parse(await exported(page)).components.find((one) => one.id === id).position;
  const { zoom } = await page.evaluate(() => {
    const world = document.querySelector('.canvas__world').style.transform;
    return { zoom: Number(world.match(/scale\(([\d.]+)\)/)[1]) };
  });
  const gaps = page.locator('.guide--gap');
  const screen = async (x, y) => {
    const a = await middle(page, 'a');
    return { x: a.x + x * zoom, y: a.y + y * zoom };
  };

  // Behind two cards with a gap of 80, a third keeps that gap, and both gaps are shown.
  const hold = async (id) => {
    const { x, y } = await middle(page, id);
    await page.mouse.move(x, y);
    await page.mouse.down();
  };
  const to = await screen(496 + 3, 30);
  await hold('loose');
  await page.mouse.move(to.x - 60, to.y + 40, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await gaps.nth(1).waitFor({ state: 'attached' });
  assert.equal(await gaps.count(), 2);
  await shot('gaps');
  await page.mouse.up();
  assert.equal((await position('loose'))[0], 496);
  await page.keyboard.press('Control+z');

  // With Alt, held after the drag has begun, it goes anywhere.
  await hold('loose');
  await page.mouse.move(to.x - 60, to.y + 40, { steps: 3 });
  await page.keyboard.down('Alt');
  await page.mouse.move(to.x, to.y, { steps: 3 });
  assert.equal(await page.locator('.guide').count(), 0);
  await page.mouse.up();
  await page.keyboard.up('Alt');
  const free = (await position('loose'))[0];
  assert.ok(free !== 496 && Math.abs(free - 499) <= 2, `${free}`);
  await page.keyboard.press('Control+z');

  // A new card from the palette, and one that a click places, come in line too.
  const item = await page.locator('.palette__item[data-type="cache"]').boundingBox();
  const below = await screen(2, 180);
  await page.mouse.move(item.x + 20, item.y + 10);
  await page.mouse.down();
  await page.mouse.move(below.x + 30, below.y - 20, { steps: 4 });
  await page.mouse.move(below.x, below.y, { steps: 4 });
  await page.locator('.guide').first().waitFor({ state: 'attached' });
  await shot('placing');
  await page.mouse.up();
  await card(page, 'cache').waitFor();
  assert.equal((await position('cache'))[0], 0);
  await page.locator('.palette__item[data-type="queue"]').click();
  const beside = await screen(500, 182);
  await page.mouse.move(beside.x - 20, beside.y - 20);
  await page.mouse.move(beside.x, beside.y, { steps: 2 });
  await page.locator('.guide').first().waitFor({ state: 'attached' });
  await page.mouse.click(beside.x, beside.y);
  await card(page, 'queue').waitFor();
  assert.equal((await position('queue'))[0], 500);

  // The help names the key.
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('nothing snaps').waitFor();
}
