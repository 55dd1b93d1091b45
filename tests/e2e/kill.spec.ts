import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { chromiumFlags, chromiumPath } from '../chromium.mjs';
import { buildSite, type StaticSite, serveSite } from '../static-site';
import type { Acknowledged, Found } from './kill/page';

// A real Chromium is killed amid imports, again and again on one profile; whatever it had acknowledged must be there.

const built = 'tests/.output/kill';
let site: StaticSite;

test.beforeAll(async () => {
  await buildSite('tests/e2e/kill', built);
  site = await serveSite(built);
});

test.afterAll(() => site.close());

for (const { storage, query, kills } of [
  { storage: 'opfs', query: '', kills: 10 },
  { storage: 'indexeddb', query: '?indexeddb', kills: 3 },
])
  test(`${kills} kills amid imports lose nothing that was acknowledged (${storage})`, async () => {
    const profile = await mkdtemp(join(tmpdir(), 'touchstone-kill-'));
    const address = `${site.url}${query}`;
    const lists = new Map<number, number>();
    let vectors = 0;
    try {
      for (let kill = 0; kill <= kills; kill++) {
        const browser = await startChromium(profile);
        try {
          const page = await browser.open(address);
          const found = await page.evaluate(() => window.look());
          expect(found.storage).toBe(storage);
          expectAll(found, lists, vectors);
          if (kill === kills) break;

          const first = page.waitForEvent('console');
          page.on('console', (message) => {
            const told = JSON.parse(message.text()) as Acknowledged;
            if ('list' in told) lists.set(told.list, told.rows);
            else vectors = told.vectors;
          });
          page.evaluate(() => window.importWithoutEnd()).catch(() => {});
          await first;
          await page.waitForTimeout(Math.random() * 1500);
        } finally {
          await browser.kill();
        }
      }
      expect(lists.size).toBeGreaterThan(kills);
      expect(vectors).toBeGreaterThan(0);
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });

/** Every acknowledged list is there with all its prospects; one that was not may be there, but then it is whole. */
function expectAll(found: Found, lists: ReadonlyMap<number, number>, vectors: number): void {
  for (const [id, rows] of lists)
    expect(found.lists[id]).toEqual({ rows, ids: rows, last: `Person ${rows - 1}` });
  for (const { rows, ids } of Object.values(found.lists)) expect(ids).toBe(rows);
  expect(found.vectors).toBeGreaterThanOrEqual(vectors);
}

/** A browser of our own, so that it can be killed: Playwright closes its own politely. */
async function startChromium(profile: string): Promise<{
  open(address: string): Promise<Page>;
  kill(): Promise<void>;
}> {
  const portFile = join(profile, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  const browser = spawn(
    chromiumPath() ?? chromium.executablePath(),
    [
      ...chromiumFlags,
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: 'ignore', detached: true },
  );
  const port = await waitFor(async () => (await readFile(portFile, 'utf8')).split('\n')[0]);
  const connection = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  return {
    async open(address) {
      const page = await connection.contexts()[0]!.newPage();
      await page.goto(address);
      return page;
    },
    kill: () => killAll(browser),
  };
}

/** Ends the browser and its children at once, as a crash or a loss of power to the process would. */
async function killAll(browser: ChildProcess): Promise<void> {
  const ended = once(browser, 'exit');
  process.kill(-browser.pid!, 'SIGKILL');
  await ended;
}

async function waitFor<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const found = await look().catch(() => undefined);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Chromium did not say where it listens.');
}
