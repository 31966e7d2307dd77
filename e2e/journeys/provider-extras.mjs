export const name = "Months are promised in advance, a provider's disk is chosen, and an address is paid for";

const PLAN = {
  format: 'hosting-plan/1',
  title: 'What else it costs',
  journeys: [{ id: 'browse', entry: 'users', peak_rps: 5 }],
  components: [
    { id: 'users', type: 'client', position: [0, 0] },
    { id: 'app', type: 'app_server', label: 'Shop', position: [240, 0], hosting: { kind: 'iaas', offer: 'aws-t3-medium' } },
    {
      id: 'db',
      type: 'sql_database',
      label: 'Orders',
      position: [480, 0],
      hosting: { kind: 'iaas', offer: 'aws-m5-large' },
      settings: { data_gb: 100 },
    },
  ],
  connections: [
    { id: 'c1', from: 'users', to: 'app' },
    { id: 'c2', from: 'app', to: 'db' },
  ],
};

export async function run({ page, open, assert, shot }) {
  // Asked for before the page, so that the browser is told of it before the keys.
  const load = page.waitForEvent('filechooser');
  await open();
  await page.keyboard.press('Control+o');
  await (await load).setFiles({
    name: 'extras.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(PLAN)),
  });
  await page.locator('.header__name', { hasText: 'What else it costs' }).waitFor();
  const bill = page.locator('.inspector');
  const said = async () => (await bill.innerText()).replace(/\s+/g, ' ');

  await page.locator('[data-component="app"]').click();
  const promise = page.locator('#hosting-commitment');
  await promise.selectOption({ label: '12 months: $19.05' });
  await page.getByText('37 % less. It pays after 7.5 months of use').waitFor();
  await bill.locator('summary', { hasText: 'The bill' }).click();
  assert.match(await said(), /Committed instances.*\$19\.05/);
  await promise.selectOption({ label: '36 months: $13.14' });
  await page.getByText('57 % less').waitFor();
  const address = page.getByRole('checkbox', { name: /Public IPv4 address/ });
  await address.check();
  assert.match(await said(), /Public IPv4 address \$3\.65 1 month of one/);
  await shot('beside');
  await page.getByRole('button', { name: /^Undo/ }).click();
  assert.equal(await address.isChecked(), false);

  await page.locator('[data-component="db"]').click();
  const disk = page.locator('section', { has: page.locator('#disk-kind') }).last();
  await page.locator('#disk-kind').selectOption('aws-ebs-gp3');
  await page.locator('#disk-throughput').fill('250');
  await page.locator('#disk-throughput').press('Enter');
  await bill.locator('summary', { hasText: 'The bill' }).click();
  assert.match(await said(), /Disk throughput.*\$5\.00/);
  await page.locator('#disk-kind').selectOption('aws-ebs-standard');
  await disk.getByText('100 IOPS, as offered').waitFor();
  await shot('disk');
}
