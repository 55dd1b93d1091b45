import { describe, expect, test } from 'vitest';
import type { NewDraft } from '../../../src/domain/draft';
import type { DbApi } from '../../../workers/db/api';
import { encodeTexts } from '../../../workers/db/texts';
import { failure, importRows, openWorkbench, value } from './workbench';

async function open() {
  const { db, pg } = await openWorkbench();
  const { ids } = await importRows(db, [
    { first_name: 'Ada', company: 'Clarus', email: 'ada@clarus.example' },
    { first_name: 'Bo', company: 'Harrow', email: 'bo@harrow.example' },
  ]);
  return { db, pg, ids, ada: ids[0]!, bo: ids[1]! };
}

const draft = (prospectId: number, variant: string, more: Partial<NewDraft> = {}): NewDraft => ({
  prospectId,
  touch: 1,
  variant,
  subject: 'the rota',
  body: `Hi, this is ${variant}.`,
  origin: 'small',
  ...more,
});

const all = (db: DbApi, prospectIds: Int32Array) =>
  db.comparison({ prospectIds, touch: null, scoreContext: null });

describe('a comparison', () => {
  test('holds the drafts of one touch, the first that has any', async () => {
    const { db, ids, ada, bo } = await open();
    const made = value(
      await db.addDrafts([
        draft(ada, 'a', { touch: 2 }),
        draft(bo, 'b', { touch: 2, origin: 'large' }),
        draft(bo, 'b', { touch: 3 }),
      ]),
    );
    const found = value(await all(db, ids));
    expect(found.touch).toBe(2);
    expect(found.touches).toEqual([2, 3]);
    expect([...found.drafts.draftIds]).toEqual([made[0], made[1]]);
    const name = (at: number | undefined) => found.drafts.names[at ?? -1];
    expect([...found.drafts.labels].map(name)).toEqual(['a', 'b']);
    expect([...found.drafts.origins].map(name)).toEqual(['small', 'large']);
    expect([...found.drafts.identification]).toEqual([Number.NaN, Number.NaN]);

    const third = value(await db.comparison({ prospectIds: ids, touch: 3, scoreContext: null }));
    expect([...third.drafts.draftIds]).toEqual([made[2]]);
    const only = value(
      await db.comparison({
        prospectIds: ids,
        draftIds: Int32Array.of(made[0]!),
        touch: null,
        scoreContext: null,
      }),
    );
    expect([...only.drafts.draftIds]).toEqual([made[0]]);
    expect(only.touches).toEqual([2]);
  });

  test('is empty where nobody has a draft', async () => {
    const { db, ids } = await open();
    const found = value(await all(db, ids));
    expect(found.touches).toEqual([]);
    expect(found.drafts.draftIds.length).toBe(0);
    expect([...found.chosen]).toEqual([0, 0]);
  });

  test('says what an order took, or why it failed', async () => {
    const { db, ids, ada, bo } = await open();
    const line = { touch: 1, variant: 'a', settings: '1' };
    value(await db.orderDrafts('cell', ids, [line], new Int32Array(0)));
    const [first, second] = value(await db.waitingOrders('cell', 0, 10));
    value(
      await db.settleOrders([
        {
          id: first!.id,
          isCached: true,
          tokens: { input: 700, output: 112 },
          milliseconds: 3140,
          draft: { subject: 's', body: 'b', claims: [], faults: [] },
          origin: 'small',
          answer: null,
          knownSignals: [],
        },
        {
          id: second!.id,
          isCached: false,
          tokens: { input: 0, output: 0 },
          milliseconds: 0,
          failure: { code: 'no-signal', sentence: 'No live signal.' },
        },
      ]),
    );
    const { drafts, failed } = value(await all(db, ids));
    expect([...drafts.prospectIds]).toEqual([ada]);
    expect([
      drafts.inputTokens[0],
      drafts.outputTokens[0],
      drafts.milliseconds[0],
      drafts.isCached[0],
    ]).toEqual([700, 112, 3140, 1]);
    expect([...failed.prospectIds]).toEqual([bo]);
    expect(failed.reasons).toEqual(['No live signal.']);
  });

  test('has the scores of the text as it is, by what it was held against', async () => {
    const { db, ids, ada } = await open();
    const [id] = value(await db.addDrafts([draft(ada, 'a')]));
    const { hashes } = value(await db.draftsOf(ids));
    value(
      await db.putDraftScores('scores', 'context', {
        draftIds: Int32Array.of(id!),
        hashes,
        identification: Float32Array.of(62),
        personalVoice: Float32Array.of(71),
        brandVoice: Float32Array.of(Number.NaN),
        isScored: Uint8Array.of(1),
        hasLiveSignal: Uint8Array.of(1),
        mustNotBeSent: Uint8Array.of(0),
        describesAnother: Uint8Array.of(1),
        reports: encodeTexts(['{"text":"x"}']),
      }),
    );
    const scoreIn = async (scoreContext: string | null) =>
      value(await db.comparison({ prospectIds: ids, touch: null, scoreContext })).drafts;
    expect((await scoreIn(null)).identification[0]).toBe(62);
    expect(await scoreIn('context')).toMatchObject({
      personalVoice: Float32Array.of(71),
      brandVoice: Float32Array.of(Number.NaN),
      isScored: Uint8Array.of(1),
      hasLiveSignal: Uint8Array.of(1),
      mustNotBeSent: Uint8Array.of(0),
      describesAnother: Uint8Array.of(1),
    });
    expect((await scoreIn('another')).identification[0]).toBeNaN();
    expect((await scoreIn('another')).isScored[0]).toBe(0);
    expect(value(await db.comparedTexts(Int32Array.of(id!), null))).toEqual([
      { id, subject: 'the rota', body: 'Hi, this is a.', report: '{"text":"x"}' },
    ]);
    value(await db.changeDraft(id!, { subject: 's', body: 'Another text.', origin: 'edited here' }));
    expect((await scoreIn(null)).identification[0]).toBeNaN();
    expect(value(await db.comparedTexts(Int32Array.of(id!), null))[0]?.report).toBeNull();
  });
});

test('a draft that the rep changed still has the model that wrote it', async () => {
  const { db, ids, ada, bo } = await open();
  const [a, b] = value(await db.addDrafts([draft(ada, 'a'), draft(bo, 'b', { origin: 'edited here' })]));
  value(await db.changeDraft(a!, { subject: 's', body: 'Mine now.', origin: 'small, changed' }));
  value(await db.changeDraft(a!, { subject: 's', body: 'Mine again.', origin: 'edited here' }));
  const { drafts } = value(await all(db, ids));
  const named = (at: Int32Array) => [...at].map((name) => drafts.names[name]);
  expect([...drafts.draftIds]).toEqual([a, b]);
  expect(named(drafts.origins)).toEqual(['edited here', 'edited here']);
  expect(named(drafts.writers)).toEqual(['small', 'edited here']);
});

describe('votes', () => {
  test('are kept and taken back, and speak for the texts that were shown alone', async () => {
    const { db, ids, ada } = await open();
    const [a, b] = value(await db.addDrafts([draft(ada, 'a'), draft(ada, 'b')]));
    const first = value(await db.keepVote({ left: a!, right: b! }, 'left'));
    const second = value(await db.keepVote({ left: b!, right: a! }, 'right'));
    const votes = async () => value(await all(db, ids)).votes;
    expect(await votes()).toEqual([
      { id: first, left: a, right: b, verdict: 'left' },
      { id: second, left: b, right: a, verdict: 'right' },
    ]);
    value(await db.removeVote(second));
    expect((await votes()).map(({ id }) => id)).toEqual([first]);

    value(await db.changeDraft(b!, { subject: 'new', body: 'Hi, this is b.', origin: 'edited here' }));
    expect(await votes()).toEqual([]);
    value(await db.changeDraft(b!, { subject: 'the rota', body: 'Hi, this is b.', origin: 'edited here' }));
    expect(await votes()).toHaveLength(1);
  });

  test('on a draft that is gone are refused', async () => {
    const { db, ada } = await open();
    const [a] = value(await db.addDrafts([draft(ada, 'a')]));
    expect(failure(await db.keepVote({ left: a!, right: 999 }, 'tie')).code).toBe('draft-gone');
  });
});

describe('the draft to send', () => {
  test('is the last one chosen; taking a choice back brings the one before', async () => {
    const { db, ids, ada, bo } = await open();
    const [a, b, other] = value(await db.addDrafts([draft(ada, 'a'), draft(ada, 'b'), draft(bo, 'a')]));
    const chosen = async () => [...value(await all(db, ids)).chosen];
    value(await db.chooseDraft(a!));
    const later = value(await db.chooseDraft(b!));
    value(await db.chooseDraft(other!));
    expect(await chosen()).toEqual([b, other]);
    value(await db.undoChoice(later));
    expect(await chosen()).toEqual([a, other]);
    value(await db.removeDrafts(Int32Array.of(a!)));
    expect(await chosen()).toEqual([0, other]);
  });
});
