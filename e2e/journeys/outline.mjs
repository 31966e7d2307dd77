import { readFile } from 'node:fs/promises';
import { card, exported } from '../drawing.mjs';

export const name = 'Everything is done in the outline by key alone, and the drawing shows it';

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export async function run({ page, open, assert, settled }) {
  await open();
  const plan = await exported(page);
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const row = (name) => page.locator('.outline__row').filter({ has: page.locator('.outline__name', { hasText: name }) });
  const active = () =>
    page.evaluate(() => {
      const grid = document.getElementById('outline-grid');
      return document.getElementById(grid.getAttribute('aria-activedescendant'))?.closest('[role=row]')?.dataset.part;
    });
  const isChosen = (name) => page.waitForFunction(
    (name) =>
      [...document.querySelectorAll('.outline__row[aria-selected=true] .outline__name')].some((one) => one.textContent === name),
    name,
  );
  const cell = (name, column) => row(name).locator(`.outline__cell--${column}`);
  const clean = async (state) => {
    await page.evaluate(axe);
    for (const theme of ['dark', 'light']) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`);
      assert.deepEqual(found, [], `${theme}: ${state}`);
    }
  };

  // The choice is kept for the next visit.
  await press('6');
  await page.locator('#outline-grid').waitFor();
  await page.reload();
  await settled(page);
  await page.locator('#outline-grid').waitFor();
  await clean('the outline');

  // A component is added, found by its letters, renamed, multiplied, moved to other hosting, and connected.
  await page.locator('#outline-grid').focus();
  await press('Control+k');
  await page.locator('.finder__input').fill('add cache');
  await press('Enter');
  await isChosen('Cache');
  await press('Home', 'c', 'a');
  assert.equal(await active(), 'cache');
  await press('F2');
  await page.locator('.outline__edit input').fill('Sessions');
  await press('Enter');
  await row('Sessions').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'outline-grid');

  await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter');
  await page.locator('.outline__edit select').waitFor();
  await page.locator('.outline__edit select').selectOption('paas');
  await press('Escape');
  assert.match(await cell('Sessions', 'hosting').innerText(), /PaaS/);
  await page.waitForFunction(() => document.activeElement?.id === 'outline-grid');
  await press('ArrowRight', 'ArrowRight', 'Enter');
  await page.locator('.outline__edit input').fill('3');
  await press('Enter');
  await page.waitForFunction(() => [...document.querySelectorAll('.outline__cell--instances')].some((one) => one.innerText === '×3'));
  await page.getByRole('button', { name: 'Undo: Run 3 of Sessions' }).waitFor();

  await press('Escape', 'Home', 's', 'h');
  assert.equal(await active(), 'app');
  await isChosen('Shop');
  await page.getByRole('button', { name: 'Connect to' }).click();
  await page.getByRole('dialog', { name: 'What does Shop call?' }).waitFor();
  await page.locator('.finder__input').fill('sess');
  await clean('the finder');
  await press('Enter');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.outline__cell--calls')].some((one) => one.innerText.includes('Sessions')),
  );

  // Its calls are rows of their own, which are selected and deleted.
  await page.locator('#outline-grid').focus();
  await press('Home', 's', 'h', 'ArrowRight', 'ArrowDown');
  assert.match(await active(), /^app-/);
  await page.locator('.inspector').getByText('Shop', { exact: false }).first().waitFor();
  await press('ArrowLeft', 'ArrowLeft');
  assert.equal(await page.locator('.outline__row--inner').count(), 0);

  // Several at once, and away with them.
  await press('Shift+ArrowDown');
  assert.equal(await page.locator('.outline__row[aria-selected=true]').count(), 2);
  await press('Home', 's', 'e');
  await isChosen('Sessions');
  await press('Delete');
  await row('Sessions').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.id === 'outline-grid');

  // What is selected here is selected in the drawing, and undo takes all of it back.
  await press('Home', 'o', 'r');
  await isChosen('Orders');
  await page.getByRole('radio', { name: 'Drawing' }).click();
  await card(page, 'db').waitFor();
  assert.match(await card(page, 'db').getAttribute('class'), /is-selected/);
  for (let step = 0; step < 6; step += 1) await press('Control+z');
  assert.equal(await exported(page), plan);
}
