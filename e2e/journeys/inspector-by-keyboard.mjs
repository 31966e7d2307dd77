export const name = 'A component is hosted, multiplied and tuned by keyboard alone';

export async function run({ page, open, assert }) {
  await open();
  const value = (quantity) => page.locator(`[data-quantity="${quantity}"] .strip__value`).innerText();
  const focusOn = async (locator) => {
    for (let step = 0; step < 60; step += 1) {
      if (await locator.evaluate((one) => one === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab never reaches ${locator}`);
  };

  await page.locator('[data-component="app"]').focus();
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector: Shop' });
  await inspector.waitFor();

  const kinds = inspector.getByRole('radiogroup', { name: 'Hosting kind' });
  await focusOn(kinds.getByRole('radio', { checked: true }));
  await page.keyboard.press('ArrowRight');
  await kinds.getByRole('radio', { name: 'IaaS', checked: true }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.innerText.trim()), 'IaaS');
  await page.keyboard.press('ArrowLeft');
  await kinds.getByRole('radio', { name: 'VPS', checked: true }).waitFor();

  const carried = await value('carries');
  const instances = inspector.getByLabel('Instances', { exact: true });
  await focusOn(instances);
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction(
    (before) => document.querySelector('[data-quantity="carries"] .strip__value').innerText !== before,
    carried,
  );
  assert.equal(await instances.inputValue(), '3');

  const time = inspector.getByLabel('Service time', { exact: true });
  await focusOn(time);
  await page.keyboard.type('-4');
  await inspector.getByText(/A number from 0 to/).waitFor();
  assert.equal(await time.getAttribute('aria-invalid'), 'true');
  await page.keyboard.press('Escape');
  assert.equal(await time.inputValue(), '', 'Escape takes back what was typed');
  await page.keyboard.type('35');
  await page.keyboard.press('Enter');
  const reset = inspector.getByRole('button', { name: 'Use the default for Service time' });
  await reset.waitFor();
  await focusOn(reset);
  await page.keyboard.press('Enter');
  await reset.waitFor({ state: 'detached' });
  assert.equal(await time.inputValue(), '');

  const tile = page.locator('[data-quantity="costs"]');
  await tile.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('region', { name: 'Costs' });
  await drawer.waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  assert.ok(await tile.evaluate((one) => one === document.activeElement), 'the focus did not come back');
}
