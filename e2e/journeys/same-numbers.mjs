import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export const name = 'planner evaluate says the same as the page';

const repository = new URL('../../', import.meta.url).pathname;

export async function run({ page, open, assert }) {
  await open();
  const shown = async (quantity) => {
    const text = await page.locator(`[data-quantity="${quantity}"] .strip__value`).innerText();
    return Number(text.replace(/[^0-9.]*([0-9.,]+).*/s, '$1').replaceAll(',', ''));
  };
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /Plan \(JSON\)/ }).click();
  const plan = await readFile(await (await download).path());
  const words = ['run', '--quiet', '--locked', '--package', 'planner', '--', 'evaluate', '-', '--json'];
  const evaluation = JSON.parse(execFileSync('cargo', words, { cwd: repository, input: plan, stdio: ['pipe', 'pipe', 'ignore'] }));
  const [journey] = evaluation.journeys;
  const expected = {
    carries: journey.capacity_rps,
    response: journey.response_seconds.p95 * 1000,
    down: journey.downtime_hours_year,
    costs: evaluation.totals.cost_month,
    work: evaluation.totals.work_days_month,
    'way-out': evaluation.totals.exit_days[1],
  };
  for (const [quantity, value] of Object.entries(expected)) {
    const rounded = await shown(quantity);
    const digits = String(rounded).includes('.') ? String(rounded).split('.')[1].length : 0;
    assert.equal(rounded, Number(value.toFixed(digits)), quantity);
  }
}
