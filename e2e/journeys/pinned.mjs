import { card, drag, exported, middle } from '../drawing.mjs';

export const name = 'What is pinned stays where it is when the drawing is arranged; a search lights up what it finds';

export async function run({ page, open, assert }) {
  await open();
  const before = await middle(page, 'db');
  await drag(page, before, { x: before.x - 120, y: before.y + 160 });
  await page.keyboard.press('Escape');
  await card(page, 'db').click({ button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Pinned' }).click();
  const position = async () => {
    const plan = JSON.parse(await exported(page));
    return plan.components.find(({ id }) => id === 'db');
  };
  const pinned = await position();
  assert.equal(pinned.pinned, true);
  assert.match(await card(page, 'db').getAttribute('aria-label'), /, pinned/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await page.waitForTimeout(600);
  assert.deepEqual((await position()).position, pinned.position);

  await card(page, 'db').click();
  await page.getByRole('button', { name: 'Unpin', exact: true }).click();
  assert.equal((await position()).pinned, undefined);
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  assert.equal((await position()).pinned, true);

  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('database');
  await page.waitForSelector('.canvas__scene.is-searched');
  assert.ok(await card(page, 'db').evaluate((found) => found.classList.contains('is-sought')));
  assert.match(await page.locator('.finder__foot').innerText(), /found/);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.canvas__scene:not(.is-searched)');
  assert.equal(await page.locator('.is-sought').count(), 0);
}
