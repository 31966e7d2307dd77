// Walks through the main states of the page, and lets axe look at each: all rules in light, the colours once more in dark.
import { readFile } from 'node:fs/promises';

const axe = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const QUANTITIES = ['carries', 'response', 'down', 'costs', 'work', 'way-out'];

/// What stands in the way of somebody, as sentences.
async function faults(page, within, colours) {
  const { violations } = await page.evaluate(
    ([within, colours]) => {
      const options = colours
        ? { runOnly: ['color-contrast'] }
        : { rules: { 'target-size': { enabled: true } } };
      return axe.run(within ?? document, { resultTypes: ['violations'], ...options });
    },
    [within, colours],
  );
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 3).map(({ target, failureSummary }) => `${target}: ${failureSummary}`);
    return `${id} (${help})\n${where.join('\n')}`;
  });
}

/// Starts axe in the page; gives what looks at a state in both themes: at the whole page, or at a part of it.
export async function checker({ page, assert }) {
  await page.evaluate(axe);
  const inTheme = async (theme) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForSelector(`html[data-theme="${theme}"]`, { state: 'attached' });
  };
  return async (state, within) => {
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open ||= !one.closest('dialog');
    });
    assert.deepEqual(await faults(page, within, false), [], state);
    await inTheme('dark');
    assert.deepEqual(await faults(page, within, true), [], `${state}, dark`);
    await inTheme('light');
  };
}

/// Looks at every drawer, as charts and as tables.
export async function drawers({ page }, check) {
  for (const quantity of QUANTITIES) {
    await page.locator(`[data-quantity="${quantity}"]`).click();
    await check(`where ${quantity} comes from`, quantity === 'down' ? undefined : '.app__drawer');
    const toggle = page.locator('.results__table');
    if (await toggle.count()) {
      await toggle.click();
      await check(`where ${quantity} comes from, as tables`, '.app__drawer');
      await toggle.click();
    }
  }
  await page.locator('.strip__tile--findings').click();
  await check('findings', '.app__drawer');
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.locator('.drill').waitFor();
  await check('the exit drill', '.app__drawer');
  await page.keyboard.press('Escape');
}

/// Looks at every dialog.
export async function dialogs({ page }, check) {
  await page.keyboard.press('Control+Shift+o');
  await page.locator('dialog[open]').waitFor();
  await check('starting plans', 'dialog[open]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('4');
  await page.waitForSelector('.ways__table[aria-busy="false"]');
  await page.getByRole('button', { name: 'Say why' }).click();
  await check('four ways', 'dialog[open]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('o');
  await page.locator('dialog[open]').waitFor();
  await check('offers', 'dialog[open]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await check('the keys', 'dialog[open]');
  await page.keyboard.press('Escape');
}
