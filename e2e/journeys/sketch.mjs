import { readFile } from 'node:fs/promises';
import { card, exported } from '../drawing.mjs';

export const name = 'The plan is written as text: the drawing follows, faults say where, one pause is one step';

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export async function run({ page, open, assert }) {
  await open();
  const plan = await exported(page);
  const label = await card(page, 'app').getAttribute('aria-label');
  const area = page.getByRole('textbox', { name: 'The plan as text' });
  const state = page.locator('.sketch__state');
  const clean = async (what) => {
    await page.evaluate(axe);
    for (const theme of ['dark', 'light']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`);
      assert.deepEqual(found, [], `${theme}: ${what}`);
    }
  };

  await page.getByRole('radio', { name: 'Text' }).click();
  await area.waitFor();
  const text = await area.inputValue();
  assert.match(text, /^users -> lb$/m);
  await clean('the text');

  // A line more is a component more, and what is there keeps its name and place.
  const before = await card(page, 'app').getAttribute('transform');
  await area.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('app -[calls=2]-> cache');
  await card(page, 'cache').waitFor();
  assert.equal(await card(page, 'app').getAttribute('transform'), before);
  assert.equal((await card(page, 'app').getAttribute('aria-label')).split(',')[0], label.split(',')[0]);
  await page.getByText('The drawing is what the text says.').waitFor();

  // A fault says where it is; the drawing stays.
  await page.keyboard.type('\n\nqueue ->');
  await page.getByText('One line cannot be read.').waitFor();
  await card(page, 'cache').waitFor();
  assert.equal(await card(page, 'queue').count(), 0);
  assert.equal(await area.getAttribute('aria-invalid'), 'true');
  await clean('a fault');
  const fault = page.locator('.sketch__fault');
  const [, line, column] = (await fault.innerText()).match(/Line (\d+), column (\d+)/);
  assert.equal((await page.locator('.sketch__bad').innerText()).trim(), `✕ ${line}`);
  await page.keyboard.press('Control+Home');
  await fault.click();
  const caret = await area.evaluate((area) => area.value.slice(0, area.selectionStart).split('\n'));
  assert.deepEqual([caret.length, caret.at(-1).length + 1], [Number(line), Number(column)]);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await card(page, 'queue').waitFor();
  assert.match(await state.innerText(), /The drawing is what the text says/);

  // What is done in the drawing is in the text at once; undo takes everything back.
  await card(page, 'queue').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await page.waitForFunction(() => !document.getElementById('sketch-text').value.includes('queue'));
  for (let step = 0; step < 12 && (await page.getByRole('button', { name: /^Undo: / }).count()) > 0; step += 1) {
    await page.getByRole('button', { name: /^Undo: / }).click();
  }
  assert.equal(await area.inputValue(), text);
  await page.locator('h1').evaluate(() => document.activeElement?.blur());
  assert.equal(await exported(page), plan);
}
