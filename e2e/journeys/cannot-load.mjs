export const name = 'A program that cannot be loaded says so, and what to do';

export async function run({ page, host, assert, forgive }) {
  const broken = await host({ change: (file, content) => (file.endsWith('.wasm') ? null : content) });
  await page.goto(broken.url);
  await page.getByText('could not be loaded').waitFor();
  assert.match(await page.locator('#loading').innerText(), /reload/);
  forgive(/404|wasm/i);
}
