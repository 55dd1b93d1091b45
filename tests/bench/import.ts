import { buildFolder } from '../../workers/db/build-folder';
import type { Figure } from '../eval/figure';
import { measureOn } from './builtPage';

const rows = 12_200;

/**
 * How fast a list goes in, in Chromium, on its private file system, each way one transaction that is on the disk at
 * its end. Ratios hold on a busy machine, rows a second do not.
 */
export async function benchImport(): Promise<Figure[]> {
  await buildFolder();
  return measureOn('tests/bench/import-site', {}, async ({ page }) => {
    const { copy, insert, whole, loop } = await page.evaluate((count) => window.measure(count), rows);
    const speed = (milliseconds: number) => Math.round((1000 * rows) / milliseconds);
    const report = (name: string, value: number, unit: string, target: number | null = null): Figure => ({
      name,
      value,
      unit,
      target,
      ok: target === null || value >= target,
    });
    return [
      report('import, one COPY', speed(copy), 'rows/s'),
      report('import, one INSERT a row', speed(insert), 'rows/s'),
      report('import, one COPY against one INSERT a row', round(insert / copy), 'x', 5),
      report('import of a whole list', speed(whole), 'rows/s'),
      report('import of a whole list against a loop of INSERTs', round(loop / whole), 'x', 5),
    ];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
