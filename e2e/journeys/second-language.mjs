import { readFile, readdir, writeFile } from 'node:fs/promises';
import { exported } from '../drawing.mjs';
import { language, namesOf, offer, watcher } from '../language.mjs';

export const name = 'In a second language every text is in that language';

export const options = { locale: 'eo' };

/// It looks at everything there is.
export const limit = 180_000;

/// Parts of the page that still speak English, each until it does not.
const NOT_YET = ['.ways__terms'];

const QUANTITIES = ['carries', 'response', 'down', 'costs', 'work', 'way-out'];

export async function run({ page, context, open, assert, settled }) {
  await offer(context);
  await open();
  assert.equal(await page.locator('html').getAttribute('lang'), language.code);
  // Key by key, because a dialog in another language has other names.
  const plan = JSON.parse(await exported(page));
  const { look, offenders } = watcher(page, await names(plan), NOT_YET);
  const press = (key) => page.keyboard.press(key);
  const away = async () => {
    for (let at = 0; at < 3; at += 1) await press('Escape');
  };
  const focus = (part) => page.locator(part).first().focus();

  await look('the drawing');
  for (const more of await page.locator('.journey__more[aria-expanded="false"]').all()) await more.click();
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
  await look('the plan');
  for (const part of ['[data-component="users"]', '[data-component="app"]', '[data-component="db"]', '[data-component="lb"]', '[data-connection="app-db"]']) {
    await focus(part);
    await press('Enter');
    await page.locator('.inspector').waitFor();
    await page.evaluate(() => document.querySelectorAll('.inspector details').forEach((one) => (one.open = true)));
    await look(`selected: ${part}`);
  }
  await focus('[data-component="app"]');
  await press('c');
  await look('connecting');
  await press('Escape');
  await page.keyboard.press('Shift+F10');
  await look('the menu of a card');
  await away();
  await press('Control+a');
  await look('several selected');
  await away();
  for (const quantity of QUANTITIES) {
    await page.locator(`[data-quantity="${quantity}"]`).click();
    await page.evaluate(() => document.querySelectorAll('.app__drawer details').forEach((one) => (one.open = true)));
    await look(`drawer: ${quantity}`);
    const toggle = page.locator('.results__table');
    if (await toggle.count()) {
      await toggle.click();
      await look(`drawer: ${quantity}, as tables`);
      await toggle.click();
    }
  }
  await page.locator('.strip__tile--findings').click();
  await look('drawer: findings');
  await press('Escape');
  await press('x');
  await page.locator('.drill').waitFor();
  await look('drawer: exit drill');
  await away();
  await press('4');
  await page.waitForSelector('.ways__table[aria-busy="false"]');
  await look('four ways');
  await away();
  for (const [keys, state] of [
    ['Control+Shift+o', 'starting plans'],
    ['o', 'offers'],
    ['?', 'the keys'],
    ['Control+k', 'all commands'],
    ['/', 'search'],
    ['a', 'add a component'],
  ]) {
    await press(keys);
    await page.locator('dialog[open]').waitFor();
    await look(state);
    await away();
  }
  for (const [index, menu] of (await page.locator('.app__header [aria-haspopup="menu"]').all()).entries()) {
    if (!(await menu.isVisible())) continue;
    await menu.click();
    await look(`menu ${index + 1} of the header`);
    await press('Escape');
  }
  await press('t');
  await page.locator('[data-component="app"] .card__body').click();
  await look('taken away');
  await away();
  await focus('[data-component="db"]');
  await press('Delete');
  await look('deleted');
  await press('Control+z');
  await look('undone');
  await press('j');
  await press('h');
  await look('large and without panels');
  await press('h');
  await press('j');
  const field = page.locator('.inspector .number__input').first();
  if (await field.count()) {
    await field.fill('x');
    await look('not a number');
    await field.press('Escape');
  }
  for (const item of await page.locator('.header__views [role="radio"]').all()) {
    await item.click();
    await look(`view ${await item.getAttribute('data-value')}`);
  }
  await page.locator('.sketch__text, #sketch-text').first().fill('users -> app\nnonsense ((');
  await look('a text that cannot be read');
  await page.locator('.header__views [role="radio"]').first().click();
  await chooseFile(page, 'broken.json', '{"components": [');
  await page.locator('.load-problem').waitFor();
  await look('a broken file');
  await away();
  await chooseFile(page, 'empty.json', '{"format": "hosting-plan/1"}');
  await look('nothing drawn');
  await page.setViewportSize({ width: 390, height: 844 });
  await settled(page);
  await look('on a phone');

  const found = offenders();
  if (process.env.OFFENDERS) await writeFile(process.env.OFFENDERS, found.join('\n'));
  assert.equal(found.length, 0, `${found.length} texts in plain letters:\n${found.join('\n')}`);
}

/// Opens a file by the key of the action, which has no words.
async function chooseFile(page, name, text) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.locator('.app__header button:has(use[href="#icon-import"])').first().click()]);
  await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

/// What people and providers call their things: the longest first, so that no part of a name is left.
async function names(plan) {
  // The last is what the reader of JSON says, which has one language.
  const all = namesOf([plan, 'broken.json', 'empty.json', '{"components": [', 'nonsense', 'app-server', 'EOF while parsing a list']);
  for (const folder of ['providers', 'templates']) {
    const assets = new URL(`../../assets/${folder}/`, import.meta.url);
    for (const file of await readdir(assets)) {
      const { name, ...rest } = JSON.parse(await readFile(new URL(file, assets), 'utf8'));
      for (const one of namesOf([name ?? '', rest])) {
        all.add(one);
        // Offers stand beside their provider, sources without what is in brackets.
        if (name && one.startsWith(`${name} `)) all.add(one.slice(name.length + 1));
        all.add(one.split(' (')[0]);
      }
    }
  }
  return [...all].filter((one) => /[A-Za-z]{2}/.test(one)).sort((one, other) => other.length - one.length);
}
