import { card, counts, drag, middle } from '../drawing.mjs';

export const name = 'The single database is warned about; a replica, offered or dragged on it, makes the warning go away, and undo brings it back';

export async function run({ page, open, assert, shot }) {
  await open();
  const downtime = page.locator('.strip__tile', { hasText: 'Down' });
  await card(page, 'db').click();
  const inspector = page.locator('.inspector');
  const fix = inspector.getByRole('button', { name: /replica/i });
  await fix.waitFor();
  const before = await downtime.innerText();
  await fix.click();
  await fix.waitFor({ state: 'detached' });
  assert.notEqual(await downtime.innerText(), before);
  await shot('replica');
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await fix.waitFor();

  const drawn = await counts(page);
  const item = await page.locator('.palette__item[data-type="sql_database"]').boundingBox();
  await drag(page, { x: item.x + 20, y: item.y + item.height / 2 }, await middle(page, 'db'));
  await fix.waitFor({ state: 'detached' });
  assert.deepEqual(await counts(page), drawn, 'a database on a database is one more of it, not another one');
  assert.equal(await inspector.getByLabel('Instances', { exact: true }).inputValue(), '2');
}
