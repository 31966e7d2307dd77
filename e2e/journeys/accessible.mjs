import { readFile } from 'node:fs/promises';

export const name = 'Nothing that a machine can check stands in the way of screen readers, keys and weak eyes';

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export async function run({ page, open, assert }) {
  await open();
  await page.evaluate(axe);
  const check = async (state) => {
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    const found = violations.map(({ id, help, nodes }) => {
      const where = nodes.slice(0, 3).map(({ target, failureSummary }) => `${target}: ${failureSummary}`);
      return `${id} (${help})\n${where.join('\n')}`;
    });
    assert.deepEqual(found, [], state);
  };
  const choose = async (part) => {
    await page.locator(part).first().focus();
    await page.keyboard.press('Enter');
  };
  const unfold = () => page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));

  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await unfold();
    const more = page.locator('.journey__more').first();
    if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
    await check(`${theme}: the plan`);
    for (const quantity of ['carries', 'response', 'down', 'costs', 'work', 'way-out']) {
      await page.locator(`[data-quantity="${quantity}"]`).click();
      await unfold();
      await check(`${theme}: where ${quantity} comes from`);
      const toggle = page.locator('.results__table');
      if (await toggle.count()) {
        await toggle.click();
        await check(`${theme}: where ${quantity} comes from, as tables`);
        await toggle.click();
      }
    }
    await page.locator('.strip__tile--findings').click();
    await check(`${theme}: findings`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export' }).click();
    await check(`${theme}: the export menu`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Starting plans' }).click();
    await check(`${theme}: starting plans`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Four ways' }).click();
    await page.waitForSelector('.ways__table[aria-busy="false"]');
    await page.getByRole('button', { name: 'Say why' }).click();
    await check(`${theme}: four ways`);
    await page.keyboard.press('Escape');
    await choose('[data-component="db"]');
    await unfold();
    await check(`${theme}: a component`);
    await choose('[data-connection="app-db"]');
    await check(`${theme}: a connection`);
    await page.keyboard.press('Control+a');
    await check(`${theme}: several components`);
    await page.keyboard.press('Escape');
  }
}
