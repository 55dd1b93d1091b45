import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { ownModel } from '../../src/domain/embedding/models';
import { buildModel } from '../../workers/embedder/build-model';
import { createEmbedder } from '../../workers/embedder/embedder';
import { loadModel } from '../../workers/embedder/model';
import type { BuiltPage } from '../boundary/built-site/page';
import { chromiumFlags, chromiumPath } from '../chromium.mjs';
import type { Figure } from '../eval/figure';
import { buildSite, serveSite } from '../static-site';
import { column } from '../workers/embedder/texts';

declare global {
  interface Window {
    page: BuiltPage;
  }
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless',
};

const words =
  'freight invoice payments bakery software teams compliance pharma orders clinics robots carbon audit routes energy hiring'.split(
    ' ',
  );

/** Made-up texts of about so many words, no two alike. */
function makeTexts(count: number, length: number): string[] {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return words[state % words.length] ?? '';
  };
  return Array.from({ length: count }, (_, index) => `${index} ${Array.from({ length }, next).join(' ')}`);
}

const kinds = [
  { name: 'one-liners', texts: makeTexts(800, 9) },
  { name: 'descriptions', texts: makeTexts(200, 70) },
];

/**
 * How fast texts become vectors in Chromium, with one thread and in an isolated page, beside the same code over
 * onnxruntime-node with all cores: the ceiling. Ratios hold on a busy machine, the texts a second do not.
 */
export async function benchEmbedding(): Promise<Figure[]> {
  const room = await mkdtemp(join(tmpdir(), 'bench-embedding-'));
  const executablePath = chromiumPath();
  await buildModel('int8');
  await buildSite('tests/boundary/built-site', room);
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumFlags,
  });
  try {
    const figures: Figure[] = [];
    for (const { name, texts } of kinds) {
      // The three take turns, so that a busy spell falls on all of them.
      const speeds = { node: 0, single: 0, isolated: 0 };
      for (let round = 0; round < 2; round++) {
        speeds.single = Math.max(speeds.single, await speedInChromium(browser, room, texts, {}));
        speeds.isolated = Math.max(speeds.isolated, await speedInChromium(browser, room, texts, isolation));
        speeds.node = Math.max(speeds.node, await speedInNode(texts));
      }
      const { node, single, isolated } = speeds;
      figures.push(
        report(`embedding ${name}, Chromium, one thread`, single, 'texts/s'),
        report(`embedding ${name}, Chromium, isolated`, isolated, 'texts/s'),
        report(`embedding ${name}, onnxruntime-node`, node, 'texts/s'),
        report(`embedding ${name}, isolated against one thread`, isolated / single, 'x'),
        report(`embedding ${name}, isolated against onnxruntime-node`, (100 * isolated) / node, '%'),
      );
    }
    return figures;
  } finally {
    await browser.close();
    await rm(room, { recursive: true, force: true });
  }
}

async function speedInNode(texts: readonly string[]): Promise<number> {
  const embedder = createEmbedder(async (model) => loadModel(model, `${await buildModel('int8')}/`));
  const run = (some: readonly string[]) =>
    embedder.embed({ model: ownModel, site: '', texts: column(some) }, async () => true);
  await run(texts.slice(0, 100));
  const started = performance.now();
  const result = await run(texts);
  if (!result.ok) throw new Error(result.failure.sentence);
  return texts.length / ((performance.now() - started) / 1000);
}

async function speedInChromium(
  browser: Browser,
  folder: string,
  texts: readonly string[],
  headers: Record<string, string>,
): Promise<number> {
  const site = await serveSite(folder, { headers });
  // Without its service worker the page keeps the one thread that the headers leave it.
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => document.title === 'ready');
    const { bytes, offsets } = column(texts);
    return await page.evaluate(
      async ([allBytes, allOffsets]) => {
        const all = { bytes: Uint8Array.from(allBytes), offsets: Uint32Array.from(allOffsets) };
        await window.page.embed({ bytes: all.bytes, offsets: all.offsets.slice(0, 101) });
        const started = performance.now();
        const answer = await window.page.embed(all);
        if ('sentence' in answer) throw new Error(answer.sentence);
        return (all.offsets.length - 1) / ((performance.now() - started) / 1000);
      },
      [[...bytes], [...offsets]] as const,
    );
  } finally {
    await context.close();
    await site.close();
  }
}

function report(name: string, value: number, unit: string): Figure {
  return { name, value, unit, target: null, ok: true };
}
