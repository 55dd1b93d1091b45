import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignVariants, type ComparedDrafts, type FailedDrafts, filterRows } from '../../src/domain/compare';
import { genericnessOf, noFailures, setOf } from './compare/drafts';

function names(ids: readonly number[], drafts: ComparedDrafts, failed: FailedDrafts = noFailures) {
  const alignment = alignVariants(Int32Array.from(ids), drafts, failed);
  const width = alignment.columns.length;
  return {
    alignment,
    columns: alignment.columns.map(({ name }) => name),
    rows: Array.from(alignment.prospectIds, (id, row) => [
      id,
      ...Array.from(
        alignment.places.subarray(row * width, (row + 1) * width),
        (place) => drafts.draftIds[place] ?? 0,
      ),
    ]),
  };
}

describe('side by side', () => {
  test('one row a prospect in the order asked for, one column a variant', () => {
    const drafts = setOf([
      { id: 11, to: 1, label: 'short' },
      { id: 12, to: 1, label: 'long' },
      { id: 21, to: 2, label: 'long' },
      { id: 31, to: 3, label: 'short' },
    ]);
    const { columns, rows } = names([2, 1, 4], drafts);
    expect(columns).toEqual(['short', 'long']);
    expect(rows).toEqual([
      [2, 0, 21],
      [1, 11, 12],
    ]);
  });

  test('without a label a column is called by who wrote it; a second draft stands beside the first', () => {
    const drafts = setOf([
      { id: 11, to: 1, label: '', origin: 'pasted' },
      { id: 12, to: 1, label: '', origin: 'pasted' },
      { id: 13, to: 1, label: '', origin: 'template' },
    ]);
    const { columns, rows, alignment } = names([1], drafts);
    expect(columns).toEqual(['pasted', 'pasted 2', 'template']);
    expect(rows).toEqual([[1, 11, 12, 13]]);
    expect(alignment.columns[0]?.origins).toEqual(['pasted']);
  });

  test('what failed stands where its draft would', () => {
    const drafts = setOf([{ id: 11, to: 1, label: '', origin: 'small model' }]);
    const { alignment, columns } = names([1, 2], drafts, {
      prospectIds: Int32Array.of(2),
      labels: [''],
      reasons: ['No live signal.'],
    });
    expect(columns).toEqual(['small model']);
    expect([...alignment.places]).toEqual([0, -1]);
    expect([...alignment.failures]).toEqual([-1, 0]);
    expect([...filterRows(alignment, drafts, genericnessOf(drafts), 'failed')]).toEqual([1]);
  });

  test('every draft of a prospect asked for stands in exactly one place', () => {
    const draft = fc.record({
      to: fc.integer({ min: 1, max: 6 }),
      label: fc.constantFrom('', 'a', 'b', 'a 2'),
      origin: fc.constantFrom('pasted', 'template', 'model'),
    });
    fc.assert(
      fc.property(
        fc.array(draft, { maxLength: 30 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 6 })),
        (made, asked) => {
          const drafts = setOf(made.map((one, i) => ({ id: i + 1, ...one })));
          const { alignment } = names(asked, drafts);
          const shown = [...alignment.places].filter((place) => place >= 0).sort((a, b) => a - b);
          const wanted = [...drafts.prospectIds.keys()].filter((at) =>
            asked.includes(drafts.prospectIds[at]!),
          );
          expect(shown).toEqual(wanted);
        },
      ),
    );
  });
});

describe('which rows', () => {
  const drafts = setOf([
    { id: 11, to: 1, label: 'a', text: 1n, score: 60 },
    { id: 12, to: 1, label: 'b', text: 1n, score: 50 },
    { id: 21, to: 2, label: 'a', text: 2n, score: 80 },
    { id: 22, to: 2, label: 'b', text: 3n, score: 20 },
    { id: 31, to: 3, label: 'a', text: 4n },
    { id: 41, to: 4, label: 'a', text: 5n, score: 90, isStopped: true },
  ]);
  const alignment = alignVariants(Int32Array.of(1, 2, 3, 4), drafts, noFailures);

  test('those that differ have two texts', () => {
    expect([...filterRows(alignment, drafts, genericnessOf(drafts), 'differ')]).toEqual([1]);
  });

  test('the worst first: what must not be sent, then the most generic, the unscored last', () => {
    expect([...filterRows(alignment, drafts, genericnessOf(drafts), 'worst')]).toEqual([3, 1, 0, 2]);
  });

  test('what must not be sent has failed', () => {
    expect([...filterRows(alignment, drafts, genericnessOf(drafts), 'failed')]).toEqual([3]);
  });
});
