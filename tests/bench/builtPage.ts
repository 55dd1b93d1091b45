import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { chromiumFlags, chromiumPath } from '../chromium.mjs';
import { buildSite, serveSite } from '../static-site';

interface BuiltPage {
  readonly browser: Browser;
  readonly page: Page;
  /** The folder that is served as the site's root. */
  readonly room: string;
}

/**
 * Measures in Chromium: builds the page in `source` (a folder with an index.html) as the site itself is built, serves
 * it with `headers`, opens it, and takes all of it down again at the end.
 */
export async function measureOn<T>(
  source: string,
  { headers = {}, height = 720 }: { headers?: Record<string, string>; height?: number },
  measure: (built: BuiltPage) => Promise<T>,
): Promise<T> {
  const room = await mkdtemp(join(tmpdir(), 'bench-'));
  await buildSite(source, room);
  const site = await serveSite(room, { headers });
  const executablePath = chromiumPath();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumFlags,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height } });
    await page.goto(site.url);
    return await measure({ browser, page, room });
  } finally {
    await browser.close();
    await site.close();
    await rm(room, { recursive: true, force: true });
  }
}
