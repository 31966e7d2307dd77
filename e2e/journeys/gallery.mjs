import { readdir } from 'node:fs/promises';

export const name = 'Every starting plan opens without a problem, and undo brings the drawing back';

export async function run({ page, open, assert }) {
  await open();
  const button = page.getByRole('button', { name: 'Starting plans' });
  const dialog = page.getByRole('dialog', { name: 'Starting plans' });
  await button.click();
  await dialog.waitFor();
  const templates = await dialog
    .locator('[data-template]')
    .evaluateAll((all) => all.map((one) => [one.dataset.template, one.querySelector('.starter__name').innerText]));
  const files = await readdir(new URL('../../assets/templates/', import.meta.url));
  assert.equal(templates.length, files.filter((file) => file.endsWith('.json')).length);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await button.evaluate((one) => one === document.activeElement), 'the focus did not come back');

  const drawn = () =>
    page.locator('[data-component]').evaluateAll((all) => all.map((one) => one.dataset.component).sort());
  for (const [template, title] of templates) {
    const before = await drawn();
    await button.click();
    await dialog.locator(`[data-template="${template}"]`).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.header__name', { hasText: title }).waitFor();
    await page.locator('.strip__tile--findings').click();
    assert.equal(await page.getByText('In the plan').count(), 0, `${title} has problems`);
    await page.keyboard.press('Escape');
    const names = await page.locator('.strip__value').allInnerTexts();
    assert.ok(names.every((text) => text.trim().length > 0), `${title} leaves a number out: ${names}`);
    if (title !== 'Small shop') {
      await page.getByRole('button', { name: /^Undo: / }).click();
      assert.deepEqual(await drawn(), before);
    }
  }

  await button.click();
  await dialog.getByRole('button', { name: /Start empty/ }).click();
  await page.getByText('Nothing drawn yet').waitFor();
  assert.equal(await page.locator('.strip__tile--findings .strip__value').innerText(), 'None');
}
