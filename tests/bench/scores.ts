import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateList } from '../../seeds/generate';
import { ownModel } from '../../src/domain/embedding/models';
import { buildFolder } from '../../workers/db/build-folder';
import { buildModel } from '../../workers/embedder/build-model';
import { embedTexts } from '../eval/embed';
import type { Figure } from '../eval/figure';
import { measureOn } from './builtPage';
import type { ScoresPage } from './scores-site/page';

declare global {
  interface Window {
    scoresPage: ScoresPage;
  }
}

const prospects = 12_200;
const draftCount = 2000;
const changes = 25;
/** Vectors are kept between benches: making them is measured elsewhere, and takes minutes. */
const kept = 'tests/.output';
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless',
};

/**
 * A batch of 2,000 drafts against a generated list of 12,200, and one draft scored again after each change, in Chromium
 * on the workbench's own services and workers: what is embedded, compared, and kept in the database is all counted.
 * Half of the drafts are fillings of one template, half say something of their addressee's own. The prospects' vectors
 * are the model's own, made by Node beforehand, as the clusters cell would have made them.
 */
export async function benchScores(): Promise<Figure[]> {
  await buildFolder();
  await buildModel('int8');
  return measureOn('tests/bench/scores-site', { headers: isolation }, async ({ page, room }) => {
    await page.waitForFunction(() => document.title === 'ready');
    const list = generateList({ rows: prospects, seed: 3 });
    const texts = await page.evaluate((csv) => window.scoresPage.fill(csv), list);
    await writeFile(join(room, 'vectors.bin'), await vectorsOf(texts));
    await page.evaluate(() => window.scoresPage.keepVectors('vectors.bin'));
    const [draft = ''] = await page.evaluate((count) => window.scoresPage.addDrafts(count), draftCount);

    const alone = await page.evaluate(([body, changed]) => window.scoresPage.scoreAlone(body, changed), [
      draft,
      Array.from({ length: changes }, (_, i) => `${draft} Shall we say Tuesday the ${i + 2}th?`),
    ] as const);
    const all = await page.evaluate(() => window.scoresPage.scoreAll());
    if (all.scored !== draftCount) throw new Error(`${all.scored} of ${draftCount} drafts were scored.`);
    const again = alone.again.sort((a, b) => a - b);
    return [
      figure('scoring: 12,200 prospects and a voice made ready, first draft scored', alone.first / 1000, 's'),
      figure('scoring: a draft again after a change, median', again[again.length >> 1] ?? 0, 'ms'),
      figure('scoring: 2,000 drafts against 12,200 prospects', all.taken, 's'),
      figure('scoring: one draft of a batch', (1000 * all.taken) / draftCount, 'ms'),
      figure('scoring: time told beforehand against time taken', all.estimated / all.taken, 'x'),
      {
        ...figure('scoring: tasks of the page over 50 ms meanwhile', all.longTasks.length, 'tasks'),
        target: 0,
        ok: all.longTasks.length === 0,
      },
    ];
  });
}

/** The vectors of these texts as bytes, row-major: kept ones where these very texts were embedded before. */
async function vectorsOf(texts: readonly string[]): Promise<Uint8Array> {
  const name = createHash('sha256')
    .update(JSON.stringify([ownModel.id, ownModel.version, texts]))
    .digest('hex');
  const file = join(kept, `vectors-${name.slice(0, 16)}.bin`);
  if (existsSync(file)) return readFile(file);
  const { buffer } = await embedTexts(texts);
  const bytes = new Uint8Array(buffer);
  await mkdir(kept, { recursive: true });
  await writeFile(file, bytes);
  return bytes;
}

function figure(name: string, figureValue: number, unit: string): Figure {
  return { name, value: figureValue, unit, target: null, ok: true };
}
