import { card, drag, exported, importFile, middle, place } from '../drawing.mjs';

export const name = 'A plan is exported, the page reloaded, the plan imported, and it is the same; a reload keeps the draft too';

export async function run({ page, open, assert, settled }) {
  await open();
  const at = await middle(page, 'db');
  await drag(page, at, { x: at.x, y: at.y - 60 });
  await place(page, 'queue', { x: 520, y: 620 });
  const plan = await exported(page);

  await page.waitForTimeout(700);
  await page.reload();
  await settled(page);
  assert.equal(await exported(page), plan, 'the draft of the last visit');

  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await settled(page);
  assert.notEqual(await exported(page), plan);
  await importFile(page, 'plan.json', plan);
  await card(page, 'queue').waitFor();
  assert.equal(await exported(page), plan);

  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await card(page, 'queue').waitFor({ state: 'detached' });
}
