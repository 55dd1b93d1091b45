import type { Browser, Page } from 'playwright';
import type { Figure } from '../eval/figure';
import { measureOn } from './builtPage';
import type { DragPage } from './drag-site/page';

declare global {
  interface Window {
    dragPage: DragPage;
  }
}

const counts = [12_200, 100_000];
const moves = 120;
/** Milliseconds between frames at 60 a second: what one move may take to be seen in the frame it is made in. */
const frame = 1000 / 60;

/**
 * What a drag costs the page, in Chromium, by a real pointer: the threshold of tier 1 over the whole histogram, with
 * counts, moves and reasons following, and the map of groups pulled about. Processor time of the main thread, which
 * others on the machine don't lengthen, a move (all tasks over all moves), and its longest task.
 */
export async function benchSlider(): Promise<Figure[]> {
  return measureOn('tests/bench/drag-site', { height: 900 }, async ({ browser, page }) => {
    await page.waitForFunction(() => document.title === 'ready');
    const figures: Figure[] = [];
    for (const count of counts) {
      const of = count.toLocaleString('en');
      await page.evaluate((n) => window.dragPage.showTiers(n), count);
      const threshold = await cost(browser, page, () => dragThreshold(page));
      figures.push(
        most(`threshold drag, ${of} prospects, a move`, threshold.perMove, frame),
        most(`threshold drag, ${of} prospects, longest task`, threshold.longest, 50),
      );
      await page.evaluate((n) => window.dragPage.showMap(n), count);
      const map = await cost(browser, page, () => dragMap(page));
      figures.push(
        most(`map drag, ${of} points, a move`, map.perMove, null),
        most(`map drag, ${of} points, longest task`, map.longest, 50),
      );
    }
    return figures;
  });
}

/** From where it stands to the left edge and far to the right, as one drag. */
async function dragThreshold(page: Page): Promise<void> {
  const handle = page.getByRole('slider', { name: 'Where tier 1 begins' });
  const box = await handle.boundingBox();
  if (!box) throw new Error('the threshold is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + 40];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= moves; move++) {
    await page.mouse.move(
      x - 400 * Math.sin((Math.PI * move) / moves) + 60 * Math.sin((4 * Math.PI * move) / moves),
      y,
    );
    await nextFrame(page);
  }
  await page.mouse.up();
}

/** Zoomed in twice, then pulled in a circle. */
async function dragMap(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const box = await page.locator('canvas').last().boundingBox();
  if (!box) throw new Error('the map is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= moves; move++) {
    const angle = (2 * Math.PI * move) / moves;
    await page.mouse.move(x + 150 * Math.sin(angle), y + 100 * (1 - Math.cos(angle)));
    await nextFrame(page);
  }
  await page.mouse.up();
}

const nextFrame = (page: Page) =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => done())));

/** Milliseconds of the main thread's processor time while `action` runs: a move, and the longest task. */
async function cost(
  browser: Browser,
  page: Page,
  action: () => Promise<void>,
): Promise<{ readonly perMove: number; readonly longest: number }> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await action();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const main = new Set(
    trace.traceEvents
      .filter((event) => event.args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = trace.traceEvents
    .filter(
      (event) => event.name === 'ThreadControllerImpl::RunTask' && main.has(`${event.pid} ${event.tid}`),
    )
    .map((event) => (event.tdur ?? event.dur ?? 0) / 1000);
  if (tasks.length === 0) throw new Error('the trace has no task of the page');
  return { perMove: tasks.reduce((sum, time) => sum + time, 0) / moves, longest: Math.max(...tasks) };
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

function most(name: string, value: number, target: number | null): Figure {
  return { name, value, unit: 'ms', target, ok: target === null || value <= target };
}
