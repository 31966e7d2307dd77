export const name = 'Somebody comes from a finding to what the peak survives, and a replica changes it';

export async function run({ page, open, assert }) {
  await open();
  await page.locator('.strip__tile--findings').click();
  const finding = page.locator('.finding', { hasText: 'Orders carries everything alone' });
  await finding.getByRole('button', { name: 'See Down' }).click();
  const losses = page.getByRole('region', { name: 'When one thing is gone' });
  assert.match(await losses.innerText(), /does not survive the loss of .*Orders/);
  const row = losses.getByRole('row', { name: /^Orders/ });
  assert.match(await row.innerText(), /down/);
  assert.match(await losses.getByRole('row', { name: /^one Shop/ }).innerText(), /carries on[\s\S]*\d\sms/);

  await page.keyboard.press('Escape');
  await page.locator('.strip__tile--findings').click();
  await finding.getByRole('button', { name: 'Add a replica of Orders' }).click();
  await page.locator('[data-quantity="down"]').click();
  await losses.waitFor();
  assert.doesNotMatch(await losses.getByRole('row', { name: /^one Orders/ }).innerText(), /down/);
}
