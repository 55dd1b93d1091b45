import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadStarter, starterNotebook, starterOutputs } from '../../src/boundary/starter';
import type { ComparisonOutput } from '../../src/cells/compare/kind';
import type { DraftsOutput } from '../../src/cells/drafts/kind';
import { entries } from '../../src/cells/registry';
import type { Clustering } from '../../src/domain/cluster';
import { filterRows } from '../../src/domain/compare';
import type { ProspectSet } from '../../src/domain/prospect';
import type { Tiering } from '../../src/domain/tier';
import { parseNotebook } from '../../src/notebook/file';
import { Runtime } from '../../src/notebook/runtime';
import { type NodeWorkbench, openNodeWorkbench } from '../node-services';

/*
 * The example, run for real in Node: its list imported, embedded, clustered and tiered by its own cells. What they make
 * ships as `seeds/starter/results.json`, so that a first visit shows it at once; this test holds the file to the cells.
 * `UPDATE_STARTER=1 npx vitest run --project node tests/seeds` writes it anew.
 */
const kinds = entries.map((entry) => entry.kind);
const quiet = { signal: new AbortController().signal, progress: () => {} };

let workbench: NodeWorkbench;
let runtime: Runtime<unknown>;
let cells: readonly { readonly id: string; readonly kind: string; readonly name: string }[];

beforeAll(async () => {
  workbench = await openNodeWorkbench();
  const loaded = await loadStarter(workbench.services.lists, workbench.db, quiet, new Date());
  expect(loaded).toEqual({ ok: true, value: 1 });
  const document = parseNotebook(await starterNotebook());
  if (!document.ok) throw new Error(document.failure.sentence);
  cells = document.value.cells;
  runtime = new Runtime({
    kinds,
    services: workbench.services,
    document: document.value,
    frame: (callback) => setImmediate(callback),
  }) as Runtime<unknown>;
  runtime.start();
  await settled();
  if (process.env.UPDATE_STARTER) writeResults();
}, 180_000);

afterAll(() => workbench.close());

test('every cell of the example is done', () => {
  for (const { id, name } of cells)
    expect([name, runtime.cell(id)?.status]).toMatchObject([name, { state: 'done' }]);
});

describe('the results that ship', () => {
  test('are of the same prospects', async () => {
    const shipped = (await starterOutputs()).get('list-people') as ProspectSet | undefined;
    const made = runtime.cell('list-people')?.output as ProspectSet;
    expect(shipped?.ids).toEqual(made.ids);
  });

  test('have the groups that the cell makes', async () => {
    const shipped = (await starterOutputs()).get('clusters-kinds') as Clustering;
    const made = runtime.cell('clusters-kinds')?.output as Clustering;
    expect(shipped.clusters.map(({ name }) => name)).toEqual(made.clusters.map(({ name }) => name));
    expect(agreement(shipped.assignment, made.assignment)).toBeGreaterThan(0.95);
  });

  test('have the tiers that the cell decides', async () => {
    const shipped = (await starterOutputs()).get('tiers-effort') as Tiering;
    const made = runtime.cell('tiers-effort')?.output as Tiering;
    expect(agreement(shipped.tier, made.tier)).toBeGreaterThan(0.97);
  });
});

test('whoever of the example has two signals has two openings, and they are not the same', () => {
  const drafts = runtime.cell('drafts-mails')?.output as DraftsOutput;
  expect(drafts.variantNames).toEqual(['template', 'template, second hook']);
  expect(drafts.unwritten.people).toBe(0);
  const people = new Set(drafts.prospectIds).size;
  const compared = runtime.cell('compare-openings')?.output as ComparisonOutput;
  expect(compared.ids.length).toBe(people);
  const differing = filterRows(compared.alignment, compared.drafts, compared.genericness, 'differ');
  expect(differing.length).toBe(drafts.draftIds.length - people);
  expect(differing.length).toBeGreaterThan(4);
});

/** Until every cell is done or has failed: one that waits for another is about to run. */
async function settled(): Promise<void> {
  const isBusy = () =>
    cells.some(({ id }) => !['done', 'failed'].includes(runtime.cell(id)?.status.state ?? 'idle'));
  while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 100));
}

function agreement(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const same = Array.from(one).filter((value, i) => value === other[i]).length;
  return same / Math.max(1, one.length);
}

function writeResults(): void {
  const results = Object.fromEntries(
    cells.flatMap(({ id, kind }) => {
      // It shows texts that the database does not have before the example is in it.
      if (kind === 'compare') return [];
      const output = runtime.cell(id)?.output;
      return output ? [[id, encodeArrays(output)]] : [];
    }),
  );
  writeFileSync('seeds/starter/results.json', `${JSON.stringify(results, null, 1)}\n`);
}

/** The inverse of what `starter.ts` decodes. */
function encodeArrays(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return {
      $: value.constructor.name,
      base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    };
  }
  if (Array.isArray(value)) return value.map(encodeArrays);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encodeArrays(part)]));
}
