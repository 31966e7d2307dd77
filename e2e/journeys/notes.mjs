import { card, importFile, middle } from '../drawing.mjs';

export const name = 'What is noted about a card, a connection, a place or the plan has a sign, and is read by pointer, key and screen reader';

const PLAN = {
  format: 'hosting-plan/1',
  title: 'Noted',
  notes: 'Draft for the meeting on Monday',
  places: [{ id: 'fsn1', kind: 'region', name: 'Falkenstein', notes: 'Contract until March' }],
  components: [
    { id: 'users', type: 'client', position: [0, 0] },
    {
      id: 'app',
      type: 'app_server',
      label: 'A name that is far too long for any card of the drawing',
      notes: 'Runs PHP\nand will move',
      position: [420, 0],
      placement: ['fsn1'],
    },
  ],
  connections: [{ id: 'c1', from: 'users', to: 'app', notes: 'TLS ends here' }],
};

export async function run({ page, open, assert, shot }) {
  await open();
  await importFile(page, 'noted.json', JSON.stringify(PLAN));
  await card(page, 'app').waitFor();
  const tip = page.locator('.canvas__tip');
  const told = (words) => tip.filter({ hasText: words }).waitFor();
  assert.equal(await page.locator('.canvas__scene .note-sign').count(), 3);

  // By pointer.
  const { x, y } = await middle(page, 'app');
  await page.mouse.move(x, y);
  await told('Runs PHP');
  assert.match(await tip.innerText(), /^A name that is far too long for any card/);
  await shot('card');
  const sign = await page.locator('[data-connection="c1"] .note-sign').boundingBox();
  await page.mouse.move(sign.x + sign.width / 2, sign.y + sign.height / 2);
  await told('TLS ends here');
  await page.mouse.move(600, 800);
  await tip.waitFor({ state: 'detached' });

  // By key, and in the words of a screen reader.
  for (const [selector, words] of [
    ['[data-component="app"]', 'Runs PHP'],
    ['[data-connection="c1"]', 'TLS ends here'],
    ['[data-place="fsn1"]', 'Contract until March'],
  ]) {
    const part = page.locator(`.canvas__scene ${selector}`).first();
    await page.keyboard.press('Tab');
    await part.focus();
    await told(words);
    assert.match(await part.getAttribute('aria-label'), new RegExp(`noted: ${words}`));
  }
  const plan = page.getByRole('button', { name: 'Notes of the plan: Draft for the meeting on Monday' });
  await plan.focus();
  await shot('plan');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.inspector textarea')].some((one) => one.value.startsWith('Draft for the meeting')));
}
