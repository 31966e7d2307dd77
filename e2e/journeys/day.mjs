export const name = 'Somebody moves the load to the evening, reads an hour by keys, and takes it back';

export async function run({ page, open, assert }) {
  await open();
  await page.getByRole('button', { name: 'Hours, growth and bytes' }).click();
  await page.locator('[data-quantity="carries"]').click();
  const chart = page.getByRole('img', { name: /A day/ });
  await chart.focus();
  const readout = page.locator('.chart', { has: chart }).getByRole('status');
  await page.keyboard.press('End');
  for (let hour = 23; hour > 20; hour -= 1) await page.keyboard.press('ArrowLeft');
  const before = await readout.innerText();
  assert.match(before, /^20:00: Browse and buy \d+\/s/);

  await page.getByRole('radio', { name: 'evenings' }).click();
  assert.equal(await page.getByRole('radio', { name: 'evenings' }).getAttribute('aria-checked'), 'true');
  const evening = page.getByRole('slider', { name: '20:00' });
  assert.equal(await evening.getAttribute('aria-valuenow'), '100');
  await evening.focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await evening.getAttribute('aria-valuenow'), '75');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), '19:00');

  await chart.focus();
  await page.keyboard.press('Home');
  for (let hour = 0; hour < 20; hour += 1) await page.keyboard.press('ArrowRight');
  assert.match(await readout.innerText(), /^20:00: Browse and buy 45\/s/);

  const bars = await page.locator('.hours__bars').boundingBox();
  await page.mouse.move(bars.x + bars.width * (3.5 / 24), bars.y + bars.height * 0.9);
  await page.mouse.down();
  await page.mouse.move(bars.x + bars.width * (3.5 / 24), bars.y + bars.height * 0.5, { steps: 4 });
  await page.mouse.up();
  assert.equal(await page.getByRole('slider', { name: '3:00' }).first().getAttribute('aria-valuenow'), '50');

  const undo = page.getByRole('button', { name: /^Undo/ });
  while (await undo.isEnabled()) await undo.click();
  await chart.focus();
  await page.keyboard.press('End');
  for (let hour = 23; hour > 20; hour -= 1) await page.keyboard.press('ArrowLeft');
  assert.equal(await readout.innerText(), before);
}
