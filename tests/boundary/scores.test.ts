import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScoreRequest, Scoring } from '../../src/boundary/services';
import { loadStarter } from '../../src/boundary/starter';
import { scoresKind, scoresOf } from '../../src/cells/scores/kind';
import type { Result } from '../../src/domain/result';
import { type NodeWorkbench, openNodeWorkbench } from '../node-services';

let bench: NodeWorkbench;
let request: ScoreRequest;
let first: Scoring;
const quiet = { signal: new AbortController().signal, progress: () => {} };
const params = scoresKind.params.parse({});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.sentence}`);
  return result.value;
}

/** The example with its mails and drafts, over the real database, model and measures. */
beforeAll(async () => {
  bench = await openNodeWorkbench();
  const listId = value(
    await loadStarter(bench.services.lists, bench.db, quiet, new Date('2026-11-20T12:00:00Z')),
  );
  const { ids } = value(await bench.services.lists.get(listId));
  request = { cellId: 'scores', ids, withVoice: true, offer: 'Tidewright', day: '2026-11-20' };
  first = value(await bench.services.scores.run(request, quiet));
}, 300_000);
afterAll(() => bench.close());

/** The scores of drafts by the subject they have. */
async function bySubject(scoring: Scoring): Promise<Map<string, number>> {
  const scores = scoresOf(scoring, params);
  const found = new Map<string, number>();
  for (const [i, id] of scoring.draftIds.entries())
    found.set(value(await bench.services.drafts.get(id)).subject, scores[i] ?? Number.NaN);
  return found;
}

test('the example’s drafts come out as they were written', async () => {
  const scores = await bySubject(first);
  for (const subject of [
    '61 messages for nine swaps',
    'ten past four, again',
    'the inverter in the warehouse',
  ])
    expect([subject, scores.get(subject)]).toEqual([subject, expect.closeTo(5, -1)]);
  // A true fact, but an old one: capped.
  expect(scores.get('the timber fleet you bought')).toBe(60);
  expect(scores.get('Quick question')).toBeGreaterThan(60);
  expect(scores.get('following up')).toBeGreaterThan(60);
  expect(scores.get('{{company}} and the night shift')).toBe(100);
  expect(first.describesAnother.reduce((sum, flag) => sum + flag, 0)).toBe(1);
  expect(first.mustNotBeSent.reduce((sum, flag) => sum + flag, 0)).toBe(2);
  expect(first.padding).toBe(1000 - request.ids.length);
  expect(first.shapes[0]?.drafts.length).toBe(4);
});

test('a second run scores nothing again and answers the same', async () => {
  expect(value(await bench.services.scores.cost(request))).toEqual({ drafts: 0, seconds: 0 });
  expect(value(await bench.services.scores.run(request, quiet))).toEqual(first);
});

test('a text scored while it is written comes out as the same text kept', async () => {
  const [id] = first.draftIds;
  const draft = value(await bench.services.drafts.get(id ?? 0));
  const again = value(await bench.services.scores.rescore(request, first.context, draft, quiet));
  expect(again).toEqual(value(await bench.services.scores.report('scores', draft.id)));
  const spoilt = await bench.services.scores.rescore(
    request,
    first.context,
    { ...draft, body: `${draft.body} {{city}}` },
    quiet,
  );
  expect(value(spoilt).unresolved).toHaveLength(1);
});

test('a changed draft alone is scored again; another offer changes all', async () => {
  const id = first.draftIds[1] ?? 0;
  const draft = value(await bench.services.drafts.get(id));
  value(
    await bench.services.drafts.change(id, {
      ...draft,
      body: `${draft.body}\n\nOne more thing.`,
      origin: 'edited',
    }),
  );
  expect(value(await bench.services.scores.cost(request)).drafts).toBe(1);
  const other = value(await bench.services.scores.cost({ ...request, offer: 'Something else' }));
  expect(other.drafts).toBe(first.draftIds.length);
  expect(other.seconds).toBeGreaterThan(0);
});

test('stopped, it answers so, and what is kept is whole', async () => {
  const stop = new AbortController();
  const run = bench.services.scores.run(
    { ...request, cellId: 'stopped' },
    { signal: stop.signal, progress: ({ what }) => what === 'drafts scored' && stop.abort() },
  );
  expect(await run).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  const kept = value(await bench.db.draftScores('stopped', first.context, first.draftIds));
  for (const id of kept.draftIds)
    expect(value(await bench.services.scores.report('stopped', id))).toBeDefined();
  expect(value(await bench.db.sameness('stopped'))).toBeUndefined();
});
