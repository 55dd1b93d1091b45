import { describe, expect, test } from 'vitest';
import type { KeptClustering } from '../../../workers/db/api';
import { failure, openWorkbench, value } from './workbench';

describe('the history of the notebook', () => {
  const at = '2026-01-02T03:04:05.000Z';
  const revision = (seq: number, text = `text ${seq}`) => ({ seq, step: `Step ${seq}`, text, at });

  test('is nothing at first, then every step with the cursor at the last', async () => {
    const { db } = await openWorkbench();
    expect(value(await db.history())).toBeUndefined();
    value(await db.appendRevision(revision(1)));
    value(await db.appendRevision(revision(2)));
    expect(value(await db.history())).toEqual({ revisions: [revision(1), revision(2)], cursor: 2 });
  });

  test('after an undo goes on from there, and what could be redone is gone', async () => {
    const { db } = await openWorkbench();
    for (const seq of [1, 2, 3]) value(await db.appendRevision(revision(seq)));
    value(await db.moveCursor(1));
    expect(value(await db.history())?.cursor).toBe(1);
    value(await db.appendRevision(revision(2, 'another')));
    expect(value(await db.history())).toEqual({
      revisions: [revision(1), revision(2, 'another')],
      cursor: 2,
    });
  });

  test('keeps the newest when pruned, and the one it stands at', async () => {
    const { db } = await openWorkbench();
    for (let seq = 1; seq <= 6; seq++) value(await db.appendRevision(revision(seq)));
    value(await db.pruneHistory(3));
    expect(value(await db.history())?.revisions.map(({ seq }) => seq)).toEqual([4, 5, 6]);
    value(await db.pruneHistory(10));
    value(await db.moveCursor(4));
    value(await db.pruneHistory(1));
    expect(value(await db.history())).toMatchObject({ cursor: 4, revisions: [{ seq: 4 }, { seq: 6 }] });
  });

  test('refuses a step that is not there, and stays where it was', async () => {
    const { db } = await openWorkbench();
    value(await db.appendRevision(revision(1)));
    expect(failure(await db.moveCursor(9)).code).toBe('revision-gone');
    expect(value(await db.history())?.cursor).toBe(1);
  });
});

test('settings are kept by key, replaced, and removed by null', async () => {
  const { db } = await openWorkbench();
  value(await db.setSetting('theme', 'dark'));
  value(await db.setSetting('widths', { name: 120, "it's": [1, null, true] }));
  value(await db.setSetting('theme', 'light'));
  expect(value(await db.settings())).toEqual({
    theme: 'light',
    widths: { name: 120, "it's": [1, null, true] },
  });
  value(await db.setSetting('theme', null));
  expect(Object.keys(value(await db.settings()))).toEqual(['widths']);
});

test('a clustering comes back as it was put, the last one of its cell', async () => {
  const { db } = await openWorkbench();
  const kept: KeptClustering = {
    fingerprint: "k=2 'quoted'",
    clustering: {
      type: 'clustering',
      ids: Int32Array.of(7, 3),
      clusters: [
        {
          key: 4,
          name: 'péage, "lending"',
          phrases: [{ phrase: 'x', inside: 0.5, outside: 0 }],
          size: 2,
          exemplars: [3],
          cohesion: 0.25,
        },
      ],
      assignment: Uint16Array.of(0, 0),
      closeness: Float32Array.of(0.5, -1),
      outlier: Uint8Array.of(0, 1),
      x: Float32Array.of(0, 1),
      y: Float32Array.of(1, 0),
      isSketch: true,
    },
    state: Uint8Array.of(1, 2, 3),
  };
  expect(value(await db.clustering("o'clock"))).toBeUndefined();
  value(await db.putClustering("o'clock", { ...kept, fingerprint: 'old' }));
  value(await db.putClustering("o'clock", kept));
  const arranged = { ...kept.clustering, isSketch: false };
  value(await db.putClustering('other', { ...kept, clustering: arranged, state: new Uint8Array(0) }));
  expect(value(await db.clustering("o'clock"))).toEqual(kept);
  const other = value(await db.clustering('other'));
  expect(other?.state).toHaveLength(0);
  expect(other?.clustering.isSketch).toBe(false);
});
