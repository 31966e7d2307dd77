export const name = 'a noisy neighbour on a shared disk';

export async function run({ page, open, assert }) {
  await open();
  await page.locator('[data-component="db"]').click();
  const carried = async () => page.locator('[data-quantity="carries"] .strip__value').innerText();
  const disk = page.locator('section', { has: page.locator('#disk-kind') }).last();
  const before = await carried();

  await page.locator('#disk-kind').selectOption('shared');
  await disk.getByRole('radio', { name: 'Noisy' }).click();
  await disk.getByText('× 0.15 that noisy neighbours leave').waitFor();
  assert.notEqual(await carried(), before, 'the disk carries less than the processor');
  const load = page.locator('.loads__row', { hasText: 'disk' }).first();
  assert.match(await load.innerText(), /of 1,200 IOPS/);

  await page.locator('#disk-kind').selectOption('local');
  await disk.getByText('40,000 IOPS, assumed').waitFor();
  assert.equal(await disk.getByRole('radio', { name: 'Noisy' }).count(), 0, 'nobody shares a local disk');

  await page.locator('#disk-kind').selectOption('provisioned');
  await page.locator('#disk-iops').fill('9000');
  await page.locator('#disk-iops').press('Enter');
  await disk.getByText('9,000 IOPS, as you state').waitFor();
}
