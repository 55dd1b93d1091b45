import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ownModel } from '../../src/domain/embedding/models';
import { buildModel } from '../../workers/embedder/build-model';
import { createEmbedder } from '../../workers/embedder/embedder';
import { loadModel } from '../../workers/embedder/model';
import { chromiumFlags, chromiumPath } from '../chromium.mjs';
import { buildSite, type StaticSite, serveSite } from '../static-site';
import { column, parityTexts } from '../workers/embedder/texts';
import type { BuiltPage } from './built-site/page';

declare global {
  interface Window {
    page: BuiltPage;
  }
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless',
};

let room: string;
let built: string;
let browser: Browser;
let context: BrowserContext;
const sites: StaticSite[] = [];

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'built-site-'));
  built = join(room, 'site');
  await buildModel('int8');
  await buildSite('tests/boundary/built-site', built);
  const executablePath = chromiumPath();
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    // No name but this machine's resolves: whatever the page asks of others fails at once.
    args: [...chromiumFlags, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
});

afterEach(async () => {
  await context?.close();
  for (const site of sites.splice(0)) await site.close();
});

afterAll(async () => {
  await browser?.close();
  await rm(room, { recursive: true, force: true });
});

async function serve(...args: Parameters<typeof serveSite>): Promise<StaticSite> {
  const site = await serveSite(...args);
  sites.push(site);
  return site;
}

/** A copy of the built site that a test may change. */
async function copyOfSite(name: string): Promise<string> {
  const folder = join(room, name);
  await cp(built, folder, { recursive: true });
  return folder;
}

/** What a visit does until the page is ready: how often it loads, what it asks for, what it complains of. */
async function visit(url: string, options: Parameters<Browser['newContext']>[0] = {}) {
  context = await browser.newContext(options);
  const requests: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  let loads = 0;
  page.on('framenavigated', () => loads++);
  await page.goto(url).catch((error) => {
    // The page reloads itself on a first visit.
    if (!/interrupted|ERR_ABORTED/.test(String(error))) throw error;
  });
  await ready(page);
  return { page, requests, complaints, loads: () => loads };
}

async function ready(page: Page, title = 'ready'): Promise<void> {
  await page.waitForFunction((expected) => document.title === expected, title, { timeout: 30_000 });
}

const embed = (page: Page, texts: readonly string[], modelId?: string) =>
  page.evaluate(
    ({ bytes, offsets, id }) =>
      window.page.embed({ bytes: Uint8Array.from(bytes), offsets: Uint32Array.from(offsets) }, id),
    { bytes: [...column(texts).bytes], offsets: [...column(texts).offsets], id: modelId },
  );

/** Paths of all files kept for use offline, relative to the site; undefined until the page itself is among them. */
const keptFiles = (page: Page) =>
  page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((key) => key.startsWith('touchstone '));
    const cache = await caches.open(name ?? '');
    const scope = new URL('./', document.baseURI).href;
    const urls = (await cache.keys()).map((request) => request.url);
    return urls.includes(scope) ? urls.map((url) => url.slice(scope.length)).sort() : undefined;
  });

/** The page that is shown when the host can't be reached. */
const keptPage = (page: Page) =>
  page.evaluate(async () => {
    const kept = await caches.match(new URL('./', document.baseURI).href);
    return (await kept?.text()) ?? '';
  });

async function untilKept(page: Page): Promise<string[]> {
  let kept: string[] | undefined;
  await expect
    .poll(
      async () => {
        kept = await keptFiles(page);
        return kept !== undefined;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return kept ?? [];
}

describe('the built site', () => {
  it('carries one runtime and one model', async () => {
    const files = await readdir(built, { recursive: true });
    expect(files.filter((name) => name.endsWith('.wasm'))).toHaveLength(1);
    expect(files.filter((name) => name.endsWith('.onnx'))).toHaveLength(1);
    const listed = await readFile(join(built, 'sw-files.js'), 'utf8');
    for (const name of files.filter((file) => /\.(wasm|onnx|mjs)$/.test(file)))
      expect(listed).toContain(name);
  });

  it('gives Node’s vectors in Chromium, with threads, below a path, asking only its own host', async () => {
    const site = await serve(built, { under: '/tools/touchstone/', headers: isolation });
    const { page, requests, complaints, loads } = await visit(site.url);
    const answer = await embed(page, parityTexts);
    if (!('vectors' in answer)) throw new Error(answer.sentence);
    const inNode = await createEmbedder(async (model) =>
      loadModel(model, `${await buildModel('int8')}/`),
    ).embed({ model: ownModel, site: '', texts: column(parityTexts) }, async () => true);
    if (!inNode.ok) throw new Error(inNode.failure.sentence);
    for (const [index, text] of parityTexts.entries()) {
      let dot = 0;
      for (let i = index * 512; i < (index + 1) * 512; i++)
        dot += answer.vectors[i]! * inNode.value.vectors[i]!;
      expect(dot, text).toBeGreaterThan(0.995);
    }
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(loads()).toBe(1);
    expect(complaints).toEqual([]);
    expect(requests.length).toBeGreaterThan(5);
    expect(requests.filter((url) => !url.startsWith(site.url) && !url.startsWith('data:'))).toEqual([]);
  });

  it('says so where the model hub can’t be reached, and the own model still works', async () => {
    const site = await serve(built, { headers: isolation });
    const { page } = await visit(site.url);
    const answer = await embed(page, ['text'], 'all-MiniLM-L6-v2');
    expect(answer).toMatchObject({ code: 'embedder-hub' });
    expect('sentence' in answer && answer.sentence).toMatch(
      /could not be fetched from the model hub.*Check the connection/,
    );
    expect(await embed(page, ['text'])).toHaveProperty('vectors');
  });

  it('says so where the page may not run WebAssembly', async () => {
    const site = await serve(built, {
      headers: { ...isolation, 'Content-Security-Policy': "script-src 'self'" },
    });
    const { page } = await visit(site.url);
    expect(await embed(page, ['text'])).toMatchObject({ code: 'embedder-wasm' });
  });

  it('says so where the model’s folder was not put up', async () => {
    const folder = await copyOfSite('without-model');
    await rm(join(folder, 'models'), { recursive: true });
    const site = await serve(folder, { headers: isolation });
    const { page } = await visit(site.url);
    expect(await embed(page, ['text'])).toMatchObject({ code: 'embedder-files' });
    await cp(join(built, 'models'), join(folder, 'models'), { recursive: true });
    expect(await embed(page, ['text'])).toHaveProperty('vectors');
  });

  it('says so where the host is gone before anything was kept', async () => {
    const site = await serve(built, { headers: isolation });
    const { page } = await visit(site.url, { serviceWorkers: 'block' });
    await site.close();
    expect(await embed(page, ['text'])).toMatchObject({ code: 'embedder-offline' });
  });
});

describe('on a plain host that sends no headers', () => {
  it('reloads once to be isolated, then never again', async () => {
    const site = await serve(built, { under: '/tools/touchstone/' });
    const { page, loads } = await visit(site.url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(loads()).toBe(2);
    expect(await embed(page, ['text'])).toHaveProperty('vectors');
    await page.reload();
    await ready(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(loads()).toBe(3);
  });

  it('goes on after one reload where the browser is not isolated by it', async () => {
    const folder = await copyOfSite('never-isolated');
    const worker = await readFile(join(folder, 'sw.js'), 'utf8');
    await writeFile(join(folder, 'sw.js'), worker.replaceAll("'credentialless'", "'unsafe-none'"));
    const site = await serve(folder);
    const { page, loads } = await visit(site.url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(loads()).toBe(2);
    await page.reload();
    await ready(page);
    expect(loads()).toBe(3);
    expect(await embed(page, ['text'])).toHaveProperty('vectors');
  });

  it('works with one thread where service workers are blocked', async () => {
    const site = await serve(built);
    const { page, loads } = await visit(site.url, { serviceWorkers: 'block' });
    expect(loads()).toBe(1);
    expect(await embed(page, ['text'])).toHaveProperty('vectors');
  });

  it('works without the host after a first visit, the embedder included', async () => {
    const site = await serve(built, { under: '/tools/touchstone/' });
    const { page } = await visit(site.url);
    const kept = await untilKept(page);
    const listed: string[] = JSON.parse(
      (await readFile(join(built, 'sw-files.js'), 'utf8')).replace(/^self\.siteFiles = |;\s*$/g, ''),
    );
    expect(kept).toEqual(['', ...listed].sort());
    await site.close();
    await page.reload();
    await ready(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await embed(page, ['Pumps for breweries'])).toHaveProperty('vectors');
    await page.goto(`${site.url}index.html?from=bookmark`);
    await ready(page);
  });

  it('keeps nothing of other sites, and nothing that was sent', async () => {
    const other = await serve(built, { headers: { 'Access-Control-Allow-Origin': '*' } });
    const site = await serve(built, { under: '/tools/touchstone/' });
    const { page } = await visit(site.url);
    await untilKept(page);
    const ask = () =>
      page.evaluate(async (address) => {
        await fetch(`${address}models/use-lite-en-1/config.json`);
        await fetch('models/use-lite-en-1/config.json', { method: 'POST', body: 'x' });
        await fetch('/elsewhere.txt');
      }, other.url);
    const before = await keptFiles(page);
    site.requests.length = 0;
    await ask();
    await ask();
    expect(await keptFiles(page)).toEqual(before);
    expect(site.requests.filter((path) => path.endsWith('config.json'))).toHaveLength(2);
    expect(site.requests.filter((path) => path === '/elsewhere.txt')).toHaveLength(2);
    expect(other.requests.length).toBeGreaterThan(0);
  });

  it('shows a new version at the next load, keeps it whole, and drops the old one', async () => {
    const folder = await copyOfSite('renewed');
    const site = await serve(folder, { headers: { 'Cache-Control': 'no-cache' } });
    const { page } = await visit(site.url);
    const first = await untilKept(page);
    const renamed = await putUpNewVersion(folder);
    await page.reload();
    await ready(page, 'renewed');
    await expect.poll(() => keptPage(page), { timeout: 30_000 }).toContain(renamed.after);
    // The old version's tabs may still need its files: both versions are kept until they are closed.
    expect(await keptFiles(page)).toContain(renamed.before);
    await page.close();
    // Only now may the new service worker take over.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const next = await context.newPage();
    await next.goto(site.url);
    await ready(next, 'renewed');
    await expect
      .poll(async () => (await keptFiles(next))?.includes(renamed.before), { timeout: 30_000 })
      .toBe(false);
    expect(await keptFiles(next)).toEqual(
      first.map((path) => (path === renamed.before ? renamed.after : path)).sort(),
    );
    await site.close();
    await next.reload();
    await ready(next, 'renewed');
  });
});

/** Changes the page's script, and with it its name, as a build does. */
async function putUpNewVersion(folder: string): Promise<{ before: string; after: string }> {
  const name = (await readdir(join(folder, 'assets'))).find((file) => file.startsWith('index-')) ?? '';
  const [before, after] = [`assets/${name}`, 'assets/index-renewed.js'];
  const script = await readFile(join(folder, before), 'utf8');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await rename(join(folder, before), join(folder, after));
  await writeFile(join(folder, after), `${script};document.title='renewed';`);
  for (const file of ['index.html', 'sw-files.js']) {
    const text = await readFile(join(folder, file), 'utf8');
    await writeFile(join(folder, file), text.replaceAll(name, 'index-renewed.js'));
  }
  return { before, after };
}
