import { readFile } from 'node:fs/promises';

export const name = 'When the program breaks, the plan can be downloaded without it';

export async function run({ page, open, assert, shot, forgive }) {
  await open();
  const plan = '{"format": 1, "title": "Saved"}';
  await page.evaluate((text) => {
    window.hostingPlannerDraft = text;
    setTimeout(() => {
      // A trap, as a panic in the program ends in one.
      const trap = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11];
      new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(trap)));
    });
  }, plan);
  const dialog = page.getByRole('alertdialog', { name: 'Something broke' });
  await dialog.waitFor();
  await shot('broken');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download the plan' }).click(),
  ]);
  assert.equal(await readFile(await download.path(), 'utf8'), plan);
  assert.match(download.suggestedFilename(), /\.json$/);
  forgive(/unreachable/);
}
