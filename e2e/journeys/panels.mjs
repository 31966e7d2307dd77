import { card } from '../drawing.mjs';

export const name = 'Every panel, menu and dialog opens and closes twice, and the page still answers';

export async function run({ page, open, assert }) {
  await open();
  for (let round = 0; round < 2; round += 1) {
    for (const tile of await page.locator('.strip button.strip__tile').all()) {
      await tile.click();
      await page.locator('.app--drawer-open').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.app--drawer-open').waitFor({ state: 'detached' });
    }
    for (const menu of await page.locator('.header [aria-haspopup="menu"]:visible').all()) {
      await menu.click();
      await page.getByRole('menu').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
    }
    await page.keyboard.press('Control+Shift+O');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.locator('[data-connection="app-db"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('.connection.is-selected').waitFor();
    await page.keyboard.press('Escape');
    await card(page, 'db').click();
    await page.locator('.card.is-selected').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.card.is-selected').waitFor({ state: 'detached' });

    await page.locator('.palette__item[data-type="cdn"]').click();
    await page.locator('.canvas.is-placing').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.canvas.is-placing').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Small shop' }).click();
    await page.getByRole('menuitem', { name: 'Start empty' }).click();
    await page.getByText('Nothing drawn yet').waitFor();
    await page.keyboard.press('Control+z');
    await card(page, 'db').waitFor();
  }
  assert.ok(await page.locator('#panic').isHidden());
  await card(page, 'app').click();
  await page.keyboard.press('Control+d');
  await card(page, 'app-2').waitFor();
}
