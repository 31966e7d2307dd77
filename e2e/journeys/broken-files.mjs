import { card, exported, importFile } from '../drawing.mjs';

export const name = 'A file that is no plan is refused in words, with its place, and the drawing stays as it was';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const BROKEN = [
  ['broken.json', '{\n  "format": "hosting-plan/1",\n  "components": [,]\n}', /line 3, column/i],
  ['wrong-type.json', '{ "format": "hosting-plan/1", "components": 7 }', /line 1, column/i],
  ['newer.json', '{ "format": "hosting-plan/9" }', /hosting-plan\/9/],
  ['huge.json', Buffer.alloc(6_000_000, 32), /6\.0 MB/],
  ['deep.json', '['.repeat(100_000), /nested/],
  ['picture.png', PNG, /not a plan/],
  ['empty.json', '', /empty/],
];

export async function run({ page, open, assert, shot }) {
  await open();
  const plan = await exported(page);
  for (const [file, content, words] of BROKEN) {
    await importFile(page, file, content);
    const problem = page.getByRole('alert').filter({ hasText: file });
    await problem.waitFor();
    assert.match(await problem.innerText(), words, file);
    assert.ok(await card(page, 'db').isVisible());
    if (file === 'broken.json') await shot('broken');
    await problem.getByRole('button', { name: 'Keep the drawing' }).click();
    await problem.waitFor({ state: 'detached' });
  }
  assert.equal(await exported(page), plan);

  // A plan with faults opens, and the faults are named.
  const faulty = {
    format: 'hosting-plan/1',
    components: [
      { id: 'a', type: 'app_server', instances: -3 },
      { id: 'a', type: 'app_server' },
    ],
    connections: [{ id: 'c', from: 'a', to: 'nowhere' }],
  };
  await importFile(page, 'faulty.json', JSON.stringify(faulty));
  await card(page, 'a').first().waitFor();
  await page.locator('.strip__tile--findings').click();
  await page.getByText('nowhere').first().waitFor();
}
