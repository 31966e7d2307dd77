import { readFile } from 'node:fs/promises';

export const name = 'A newcomer moves the database, adds a replica, and takes the plan away and back';

const QUANTITIES = ['carries', 'response', 'down', 'costs', 'work', 'way-out'];

export async function run({ page, open, assert, settled }) {
  const numbers = async () => {
    const all = {};
    for (const quantity of QUANTITIES) {
      all[quantity] = await page.locator(`[data-quantity="${quantity}"] .strip__value`).innerText();
    }
    return all;
  };
  const stops = async () => {
    await page.locator('[data-quantity="down"]').click();
    const ways = page.locator('.stop');
    await ways.first().waitFor();
    const sentences = await ways.allInnerTexts();
    await page.keyboard.press('Escape');
    return sentences;
  };

  await open();
  assert.equal(await page.locator('[data-component]').count(), 5, 'the shop is drawn already');
  await page.locator('.welcome').waitFor();
  const before = await numbers();
  const stopsBefore = await stops();

  await page.locator('[data-component="db"] .card__body').click();
  const inspector = page.getByRole('complementary');
  await inspector.getByRole('radio', { name: 'VPS', checked: true }).waitFor();
  await inspector.getByRole('radio', { name: 'PaaS' }).click();
  await inspector.getByRole('radio', { name: 'PaaS', checked: true }).waitFor();
  await page.locator('[data-quantity="costs"] .strip__delta').waitFor();
  const moved = await numbers();
  for (const quantity of QUANTITIES) {
    assert.notEqual(moved[quantity], before[quantity], `${quantity} did not move`);
  }
  assert.notDeepEqual(await stops(), stopsBefore, 'what stops the shop did not change');
  assert.equal(await page.locator('.welcome').count(), 0, 'the first sentence goes with the first edit');

  const finding = inspector.getByRole('listitem').filter({ hasText: 'Orders carries everything' });
  await finding.waitFor();
  await finding.getByRole('button', { name: /replica/ }).click();
  await finding.waitFor({ state: 'detached' });
  assert.equal(await inspector.getByLabel('Instances', { exact: true }).inputValue(), '2');
  const result = await numbers();

  const exported = async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /Plan \(JSON\)/ }).click();
    return readFile(await (await download).path(), 'utf8');
  };
  const plan = await exported();
  assert.equal(JSON.parse(plan).components.find(({ id }) => id === 'db').instances, 2);

  await page.reload();
  await settled(page);
  await page.getByRole('button', { name: 'Small shop' }).click();
  await page.getByRole('menuitem', { name: 'Start empty' }).click();
  await page.getByText('Nothing drawn yet').waitFor();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await (await chooser).setFiles({ name: 'shop.json', mimeType: 'application/json', buffer: Buffer.from(plan) });
  await page.locator('[data-component="db"]').waitFor();
  assert.deepEqual(await numbers(), result, 'the same plan has other numbers');
  assert.equal(await exported(), plan, 'the plan that came back is another');
}
