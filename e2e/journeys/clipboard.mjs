import { card, counts, exported, middle } from '../drawing.mjs';

export const name = 'Parts are copied as plain text and pasted at the pointer, also into another window; two windows with one plan say so';

export const options = { permissions: ['clipboard-read', 'clipboard-write'] };

export async function run({ page, context, url, open, assert, settled }) {
  await open();
  const plan = await exported(page);
  const first = await counts(page);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const put = (text) => page.evaluate((text) => navigator.clipboard.writeText(text), text);

  await card(page, 'app').focus();
  await page.keyboard.press('Enter');
  await card(page, 'db').focus();
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Control+c');
  const fragment = JSON.parse(await clipboard());
  assert.equal(fragment.format, 'hosting-plan/1');
  assert.equal(fragment.fragment, true);
  assert.deepEqual(fragment.components.map((one) => one.id).sort(), ['app', 'db']);
  assert.equal(fragment.connections.length, 1);

  await page.mouse.move(700, 720);
  await page.keyboard.press('Control+v');
  await card(page, 'app-2').waitFor();
  assert.deepEqual(await counts(page), { components: first.components + 2, connections: first.connections + 1 });
  const [a, b] = [await middle(page, 'app-2'), await middle(page, 'db-2')];
  assert.ok(Math.hypot((a.x + b.x) / 2 - 700, (a.y + b.y) / 2 - 720) < 8, 'with its middle at the pointer');
  await page.keyboard.press('Control+z');
  assert.equal(await exported(page), plan);

  // Text that is no plan is called by its name, and a whole plan is offered.
  await put('Dear all, the minutes');
  await page.keyboard.press('Control+v');
  await page.getByText('The clipboard holds the text “Dear all, the minutes”').first().waitFor();
  await put(plan);
  await page.keyboard.press('Control+v');
  await page.getByRole('button', { name: 'Open it' }).waitFor();
  assert.deepEqual(await counts(page), first);
  await page.getByRole('button', { name: 'Dismiss' }).last().click();

  // Another window takes what was copied here, and this one learns that the kept plan is another.
  await put(JSON.stringify(fragment));
  const other = await context.newPage();
  await other.goto(url);
  await settled(other);
  await other.mouse.move(600, 700);
  await other.keyboard.press('Control+v');
  await card(other, 'app-2').waitFor();
  await page.getByText('Another window changed the plan').first().waitFor();
  assert.deepEqual(await counts(page), first, 'this window keeps its plan until somebody chooses');
  await page.getByRole('button', { name: 'Show the other' }).click();
  await card(page, 'app-2').waitFor();
  await page.keyboard.press('Control+z');
  assert.equal(await exported(page), plan);
  await other.close();
}
