import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { buildFolder } from '../../workers/db/build-folder';
import { chromiumFlags, chromiumPath } from '../chromium.mjs';
import type { Figure } from '../eval/figure';
import { buildSite, serveSite } from '../static-site';

const rows = 12_200;

/**
 * How fast a list goes in, in Chromium, on its private file system, each way one transaction that is on the disk at
 * its end. Ratios hold on a busy machine, rows a second do not.
 */
export async function benchImport(): Promise<Figure[]> {
  const room = await mkdtemp(join(tmpdir(), 'bench-import-'));
  const executablePath = chromiumPath();
  await buildFolder();
  await buildSite('tests/bench/import-site', room);
  const site = await serveSite(room);
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumFlags,
  });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
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
  } finally {
    await browser.close();
    await site.close();
    await rm(room, { recursive: true, force: true });
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
