import { card } from '../drawing.mjs';

export const name = 'The single database is warned about; the offered replica makes the warning go away, and undo brings it back';

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
}
