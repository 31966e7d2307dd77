export const name = 'Somebody asks how much data may be lost, sees what a loss takes, and mends the backup';

export async function run({ page, open, assert }) {
  await open();
  await page.locator('[data-quantity="down"]').click();
  const data = page.getByRole('region', { name: 'Data and recovery' });
  await data.waitFor();
  const software = data.getByRole('row', { name: /^Software/ }).first();
  assert.match(await software.innerText(), /24\s*h[\s\S]*Orders[\s\S]*no target[\s\S]*the last backup/);
  const zone = data.getByRole('img', { name: /^Zone: .*restore 20 GB at 100 MB\/s/ });
  assert.match(await zone.getAttribute('aria-label'), /notice .* \+ decide .* \+ restore .* \+ DNS/);

  await page.keyboard.press('Escape');
  await page.locator('[data-component="db"] .card__body').click();
  await page.getByLabel('Backups kept').selectOption('same_zone');
  await page.locator('.strip__tile--findings').click();
  const finding = page.locator('.finding', { hasText: 'The backup of Orders is lost with the data centre' });
  await finding.getByRole('button', { name: 'See Down' }).click();
  assert.match(await data.getByRole('row', { name: /^Zone/ }).first().innerText(), /everything[\s\S]*no way back/);

  await page.keyboard.press('Escape');
  await page.locator('.strip__tile--findings').click();
  await finding.getByRole('button', { name: 'Keep the backup of Orders with another provider' }).click();
  assert.equal(await finding.count(), 0);
  await page.locator('[data-quantity="down"]').click();
  assert.match(await data.getByRole('row', { name: /^Zone/ }).first().innerText(), /24\s*h/);
}
