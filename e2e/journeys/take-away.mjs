import { card, exported } from '../drawing.mjs';

export const name = 'What is taken away shows what dies and why, in the drawing and the strip, and the plan stays as it was';

export async function run({ page, open, assert, shot }) {
  await open();
  const plan = await exported(page);
  await page.keyboard.press('t');
  const bar = page.getByRole('region', { name: 'Taken away', exact: true });
  await bar.waitFor();

  // A click takes the database away: the ways to it are dead, with the reason on each card.
  await card(page, 'db').click();
  assert.match(await card(page, 'db').getAttribute('class'), /is-down/);
  assert.match(await card(page, 'db').textContent(), /taken away/);
  assert.match(await card(page, 'app').first().getAttribute('aria-label'), /down: no path to/);
  assert.match(await bar.getByRole('status').innerText(), /down/);
  const down = page.locator('[data-quantity="down"]');
  assert.match(await down.innerText(), /Down/);
  assert.match(await page.locator('.strip').getAttribute('class'), /strip--what-if/);
  await shot('database');

  // Losses add up, and each can be put back by itself.
  const more = bar.getByLabel('Take away', { exact: true });
  const provider = await more.locator('option').nth(1).getAttribute('value');
  await more.selectOption(provider);
  assert.equal(await bar.locator('.take-away__loss').count(), 2);
  await bar.getByRole('button', { name: /^Put .* back$/ }).first().click();
  assert.equal(await bar.locator('.take-away__loss').count(), 1);

  // By key: Enter on a card takes it, Escape puts everything back.
  await card(page, 'lb').focus();
  await page.keyboard.press('Enter');
  assert.equal(await bar.locator('.take-away__loss').count(), 2);
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  assert.doesNotMatch(await card(page, 'db').getAttribute('class'), /is-down/);
  assert.equal(await exported(page), plan);
  assert.ok(await page.getByRole('button', { name: 'Undo', exact: true }).isDisabled());

  // From the table of losses.
  await down.click();
  await page.getByRole('button', { name: /^Show the drawing without/ }).first().click();
  await bar.waitFor();
  assert.equal(await bar.locator('.take-away__loss').count(), 1);
  assert.equal(await exported(page), plan);
  await bar.getByRole('button', { name: 'Put everything back' }).click();
  await bar.waitFor({ state: 'detached' });
}
