import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright';
import { preview } from 'vite';
import { chromiumFlags, chromiumPath } from '../chromium.mjs';
import type { Figure } from '../eval/figure';

/**
 * Opening the built site (`npm run build` first) in a fresh Chromium profile: until the example is readable, until it is
 * alive (its list is in the database), and until a second visit shows its tiers again; and what a first visit loads.
 * Times are of this machine as busy as it is; the readable example is judged, for nothing has to be waited for.
 */
export async function benchOpening(): Promise<Figure[]> {
  const server = await preview({
    preview: { port: 4399, strictPort: true, open: false },
    logLevel: 'silent',
  });
  const profile = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  const executablePath = chromiumPath();
  const browser = await chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    args: chromiumFlags,
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    const loaded = new Set<string>();
    page.on('response', (response) => loaded.add(new URL(response.url()).pathname));
    const tiers = page.getByText(/by hand, .* drafted, .* by segment/);
    const alive = page.getByText('example-prospects.csv');

    const began = performance.now();
    await page.goto('http://127.0.0.1:4399/');
    await tiers.waitFor();
    const readable = performance.now() - began;
    await alive.waitFor({ timeout: 120_000 });
    const cold = performance.now() - began;
    await settle(page);
    const paths = [...loaded];
    const ofModel = sizeOf(paths.filter(isOfModel));
    const ofRest = sizeOf(paths.filter((path) => !isOfModel(path)));

    const again = performance.now();
    await page.reload();
    await tiers.waitFor({ timeout: 120_000 });
    const warm = performance.now() - again;

    return [
      {
        name: 'first visit, example readable',
        value: readable,
        unit: 'ms',
        target: 3000,
        ok: readable <= 3000,
      },
      { name: 'first visit, example alive', value: cold, unit: 'ms', target: null, ok: true },
      { name: 'later visit, tiers shown', value: warm, unit: 'ms', target: null, ok: true },
      {
        name: 'first visit, loaded before the model, all compressed',
        value: ofRest.gzip / 1e6,
        unit: 'MB',
        target: 8,
        ok: ofRest.gzip <= 8e6,
      },
      {
        name: 'first visit, the model and what runs it, all compressed',
        value: ofModel.gzip / 1e6,
        unit: 'MB',
        target: null,
        ok: true,
      },
      {
        name: 'first visit, loaded in all where nothing is compressed',
        value: (ofRest.raw + ofModel.raw) / 1e6,
        unit: 'MB',
        target: null,
        ok: true,
      },
    ];
  } finally {
    await browser.close();
    await server.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Until nothing is saved or computed any more. */
async function settle(page: Page): Promise<void> {
  await page.getByText('Saved').first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(15_000);
}

/** Whether a file belongs to the embedder, which is asked for once the example is read and on the screen. */
function isOfModel(path: string): boolean {
  return path.includes('/models/') || path.includes('/ort-wasm');
}

/** Of the site's files among these paths, as they lie in dist/ and gzipped. */
function sizeOf(paths: readonly string[]): { raw: number; gzip: number } {
  let raw = 0;
  let gzip = 0;
  for (const path of paths) {
    const file = join('dist', path === '/' ? 'index.html' : decodeURIComponent(path));
    try {
      raw += statSync(file).size;
      gzip += gzipSync(readFileSync(file)).length;
    } catch {
      // Not a file of the site (a favicon that a browser asks for by itself).
    }
  }
  return { raw, gzip };
}
