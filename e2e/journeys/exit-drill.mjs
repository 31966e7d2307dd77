import { readFile } from 'node:fs/promises';

export const name = 'Exit drill by keyboard: a provider and its last day, the notice, and the checklist printed and saved';

export async function run({ page, open, assert }) {
  await open();
  await page.keyboard.press('x');
  const drill = page.getByRole('region', { name: 'Drill', exact: true });
  await drill.waitFor();
  const provider = page.getByLabel('Provider that ends');
  assert.equal(await provider.inputValue(), 'hetzner');
  const moved = await drill.getByRole('row').allInnerTexts();
  assert.ok(moved.some((row) => /1\. Pictures/.test(row)), moved.join('\n'));

  const verdict = drill.locator('.drill__verdict');
  const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Its last day').fill(inDays(1));
  await page.keyboard.press('Tab');
  await verdict.getByText('Notice: missed').waitFor();
  const years = drill.getByRole('button', { name: /^18 months/ });
  await years.focus();
  await page.keyboard.press('Enter');
  await verdict.getByText('Notice: met', { exact: true }).waitFor();
  assert.equal(await years.getAttribute('aria-pressed'), 'true');
  assert.match(await verdict.innerText(), /in\s548\sdays/);

  const eu = page.getByLabel('We are a customer in the European Union');
  await eu.focus();
  await page.keyboard.press('Space');
  assert.ok(await eu.isChecked());

  await page.evaluate(() => {
    globalThis.printed = 0;
    globalThis.print = () => {
      globalThis.printed += 1;
    };
  });
  await page.getByRole('button', { name: 'Print', exact: true }).press('Enter');
  await page.waitForFunction(() => globalThis.printed === 1);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await drill.getByText('Prepare', { exact: true }).isVisible());
  assert.ok(await page.locator('.strip').isHidden(), 'an open drill is printed alone');
  await page.emulateMedia({ media: 'screen' });

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as Markdown' }).press('Enter'),
  ]);
  assert.equal(download.suggestedFilename(), 'leaving-hetzner.md');
  const text = await readFile(await download.path(), 'utf8');
  assert.match(text, /^# Leaving Hetzner: Small shop\n/);
  assert.equal(text.match(/^- \[ \] /gm).length, await drill.locator('.drill__list input').count());

  await page.keyboard.press('Escape');
  await drill.waitFor({ state: 'detached' });
}
