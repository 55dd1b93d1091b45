import type { Browser, Page } from 'playwright';
import type { Figure } from '../eval/figure';
import { measureOn } from './builtPage';
import type { TablePage, Way } from './table-site/page';

declare global {
  interface Window {
    tablePage: TablePage;
  }
}

const counts = [12_200, 100_000];
const rounds = 3;

/**
 * How fast the table paints and sorts in Chromium, beside a plain HTML table of all rows (what it saves) and one of
 * forty rows (the floor), and the longest task of the main thread while it scrolls, in its own time. The ways take turns and the best of three rounds
 * counts, so that a busy spell falls on all of them; ratios hold on a busy machine, milliseconds do not.
 */
export async function benchTable(): Promise<Figure[]> {
  return measureOn('tests/bench/table-site', { height: 800 }, async ({ browser, page }) => {
    await page.waitForFunction(() => document.title === 'ready');
    const figures: Figure[] = [];
    for (const count of counts) figures.push(...(await measure(browser, page, count)));
    return figures;
  });
}

async function measure(browser: Browser, page: Page, count: number): Promise<Figure[]> {
  const ways: readonly Way[] = ['ours', 'forty', 'plain'];
  const best = { ours: slow(), forty: slow(), plain: slow() };
  let longest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) {
      const { first, sorted } = await page.evaluate(([a, b]) => window.tablePage.show(a, b), [
        way,
        count,
      ] as const);
      best[way].first = Math.min(best[way].first, first);
      best[way].sorted = Math.min(best[way].sorted, sorted);
    }
    longest = Math.min(longest, await longestTaskOfScroll(browser, page, count));
  }
  const { ours, forty, plain } = best;
  const of = `${count.toLocaleString('en')} rows`;
  return [
    figure(`table first paint, ${of}`, ours.first, 'ms', null),
    figure(`table first paint, ${of}, of a plain table of all`, (100 * ours.first) / plain.first, '%', 25),
    figure(`table first paint, ${of}, against forty plain rows`, ours.first / forty.first, 'x', null),
    figure(`table sort, ${of}`, ours.sorted, 'ms', null),
    figure(`table sort, ${of}, of a plain table of all`, (100 * ours.sorted) / plain.sorted, '%', 25),
    figure(`table sort, ${of}, against forty plain rows`, ours.sorted / forty.sorted, 'x', null),
    figure(`table scroll, ${of}, longest task`, longest, 'ms', 50),
  ];
}

/** Milliseconds of processor time, which others on the machine don't lengthen. */
async function longestTaskOfScroll(browser: Browser, page: Page, count: number): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await page.evaluate((n) => window.tablePage.scroll(n), count);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const main = new Set(
    traceEvents
      .filter((event) => event.args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    (event) => event.name === 'ThreadControllerImpl::RunTask' && main.has(`${event.pid} ${event.tid}`),
  );
  if (tasks.length === 0) throw new Error('the trace has no task of the page');
  return Math.max(...tasks.map((task) => (task.tdur ?? task.dur ?? 0) / 1000));
}

/** What we read of Chromium's trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

function slow() {
  return { first: Number.POSITIVE_INFINITY, sorted: Number.POSITIVE_INFINITY };
}

/** Every target here is a most. */
function figure(name: string, value: number, unit: string, target: number | null): Figure {
  return { name, value, unit, target, ok: target === null || value <= target };
}
