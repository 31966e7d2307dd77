import { card, counts, drag, exported, middle } from '../drawing.mjs';

export const name = 'Whatever is drawn, pasted, typed or dropped that makes no sense gets a quiet answer, and nothing is lost';

export const options = { permissions: ['clipboard-read', 'clipboard-write'] };

const LONG = 'x'.repeat(100_000);
const LABELS = ['مخزن الطلبات', '🧑🏽‍🚀🏳️‍🌈 rockets', 'a\u0301\u0302\u0303\u0304'.repeat(40), '\u202Egnitseretni', '<b>bold</b>', '   '];

export async function run({ page, open, assert, shot }) {
  await open();
  const plan = await exported(page);
  const first = await counts(page);
  const put = (text) => page.evaluate((text) => navigator.clipboard.writeText(text), text);
  const said = (words) => page.getByText(words).first().waitFor();
  const same = async (what) => assert.equal(await exported(page), plan, what);
  const app = await middle(page, 'app');
  const handle = { x: app.x, y: app.box.y + app.box.height };

  // To itself, and the same twice.
  await page.mouse.move(app.x, app.y);
  await drag(page, handle, { x: app.x, y: app.y });
  await same('to itself');
  await page.mouse.move(app.x, app.y);
  await page.mouse.move(handle.x, handle.y);
  await page.mouse.down();
  const db = await middle(page, 'db');
  await page.mouse.move(db.x - 30, db.y, { steps: 4 });
  await page.mouse.move(db.x, db.y, { steps: 3 });
  await page.locator('.canvas__hint.is-refused').waitFor();
  assert.match(await page.locator('.canvas__hint').innerText(), /already/);
  await page.mouse.up();
  await same('twice');

  // Outside the window, and back into the palette.
  await drag(page, { x: db.x, y: db.y }, { x: db.x, y: db.y });
  const item = await page.locator('.palette__item[data-type="cache"]').boundingBox();
  const from = { x: item.x + 20, y: item.y + 10 };
  await drag(page, from, { x: -50, y: 400 });
  await drag(page, from, { x: 700, y: 2_000 });
  await drag(page, from, { x: from.x + 4, y: from.y + 90 });
  assert.deepEqual(await counts(page), first);
  await same('outside');

  // Pasted.
  const format = JSON.stringify({ nodes: [{ id: 1, type: 'rect' }], edges: [], appState: {} });
  for (const [what, text, words] of [
    ['JSON of another program', format, 'The clipboard holds JSON of something else'],
    ['a long text', LONG, 'The clipboard holds the text'],
    ['a text with zeros', 'PK\u0003\u0004\u0000\u0000\u0014\u0000', 'The clipboard holds the text'],
    ['broken JSON', '{"format":"hosting-plan/1","components":[', 'The clipboard holds JSON that is no part of a plan'],
    ['brackets', '['.repeat(60_000), 'The clipboard holds JSON of something else'],
    ['blanks', ' \n ', 'There is nothing on the clipboard'],
  ]) {
    await put(text);
    await page.locator('#canvas').focus();
    await page.keyboard.press('Control+v');
    await said(words);
    const box = await page.getByText(words).first().boundingBox();
    assert.ok(box.width < 700 && box.height < 200, `${what} is said in ${box.width} × ${box.height}`);
    await page.getByRole('button', { name: 'Dismiss' }).last().click();
    await same(what);
  }

  // Names of any script and length: kept to the letter, cut on the card.
  for (const label of [LONG, ...LABELS]) {
    await card(page, 'db').dblclick();
    await page.locator('.card-name input').waitFor();
    await page.locator('.card-name input').fill(label);
    await page.keyboard.press('Enter');
    await page.locator('.card-name').waitFor({ state: 'detached' });
    const kept = JSON.parse(await exported(page)).components.find((one) => one.id === 'db').label ?? '';
    assert.equal(kept, label.trim());
    const { width } = await card(page, 'db').locator('.card__name').boundingBox();
    assert.ok(width < 140, `${label.slice(0, 20)} is ${width} wide`);
    const undo = await page.getByRole('button', { name: /^Undo/ }).first().boundingBox();
    assert.ok(undo.width < 400);
  }
  await shot('named');
  for (let step = 0; step < LABELS.length + 1; step += 1) await page.keyboard.press('Control+z');
  await same('names');

  // Numbers.
  await card(page, 'app').click();
  const field = page.getByRole('textbox', { name: 'Instances' });
  for (const number of ['1e400', 'NaN', 'five', '-3', '2.5', '10000000000000']) {
    await field.fill(number);
    await page.getByText('A whole number from').first().waitFor();
    await field.blur();
    assert.equal(await field.inputValue(), '2', `${number} is taken back`);
    assert.doesNotMatch(await page.locator('.strip').innerText(), /NaN|inf\b|undefined/, number);
  }
  await field.fill(' \u200e٣ ');
  await field.blur();
  assert.equal(JSON.parse(await exported(page)).components.find((one) => one.id === 'app').instances, 3);

  // Files that are no plan, dropped.
  const drop = (name, type, bytes) =>
    page.evaluate(([name, type, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const target = document.getElementById('canvas');
      for (const event of ['dragenter', 'dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(event, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    }, [name, type, bytes]);
  for (const [name, type, bytes] of [
    ['photo.png', 'image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['notes.txt', 'text/plain', [72, 105]],
  ]) {
    await drop(name, type, bytes);
    const problem = page.getByRole('alert').filter({ hasText: name });
    await problem.waitFor();
    await problem.getByRole('button', { name: 'Keep the drawing' }).click();
  }
  assert.deepEqual(await counts(page), first);
}
