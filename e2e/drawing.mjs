// What journeys do with the drawing, as a hand does it.

/// The card of a component, by its id.
export const card = (page, id) => page.locator(`.canvas__scene [data-component="${id}"]`);

/// How many components and connections are drawn.
export const counts = async (page) => ({
  components: await page.locator('.canvas__scene [data-component]').count(),
  connections: await page.locator('.canvas__scene [data-connection]').count(),
});

/// The middle of a card on the screen.
export async function middle(page, id) {
  const box = await card(page, id).locator('.card__body').boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, box };
}

/// Drags from one point of the screen to another.
export async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
}

/// Drags a component type from the palette to a point of the screen; gives the id of the new component.
export async function place(page, type, to) {
  const before = await ids(page);
  const item = await page.locator(`.palette__item[data-type="${type}"]`).boundingBox();
  await drag(page, { x: item.x + 20, y: item.y + item.height / 2 }, to);
  await page.waitForFunction(
    (count) => document.querySelectorAll('.canvas__scene [data-component]').length > count,
    before.length,
  );
  return (await ids(page)).find((id) => !before.includes(id));
}

/// Draws a connection from a handle of one card to another card.
export async function connect(page, from, to) {
  const start = await middle(page, from);
  await page.mouse.move(start.x, start.y);
  await drag(page, { x: start.x, y: start.box.y + start.box.height }, await middle(page, to));
}

/// The plan as the export writes it.
export async function exported(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/// Opens a file as the file dialog would.
export async function importFile(page, name, buffer, mimeType = 'application/json') {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import', exact: true }).click(),
  ]);
  await chooser.setFiles({ name, mimeType, buffer: Buffer.from(buffer) });
}

const ids = (page) =>
  page
    .locator('.canvas__scene [data-component]')
    .evaluateAll((cards) => cards.map((card) => card.dataset.component));
