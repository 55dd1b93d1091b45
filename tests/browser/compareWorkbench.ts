import { createComparisons } from '../../src/boundary/comparisons';
import { openDatabase } from '../../src/boundary/db';
import { createSelection } from '../../src/boundary/selection';
import type { Services } from '../../src/boundary/services';
import { findUnresolved } from '../../src/domain/genericness/mergefields';
import type { DraftReport, ReportedSentence } from '../../src/domain/genericness/report';
import type { PreparedList } from '../../src/domain/list';
import type { Result } from '../../src/domain/result';
import { sentenceSpans } from '../../src/domain/text';

/** Parts of the ten variants: two models, five prompts. */
export const variants = ['small', 'large'].flatMap((model) =>
  ['plain', 'question first', 'one line', 'story', 'numbers'].map((prompt) => `${model}, ${prompt}`),
);

const openers: Readonly<Record<string, string>> = {
  plain: 'You wrote that your night crew swaps shifts by text message.',
  'question first': 'Who answers the text messages when your night crew swaps shifts?',
  'one line': 'Swaps by text message: still?',
  story:
    'I once ran a depot where the night crew swapped shifts by text message, and my Thursdays were gone.',
  numbers: 'Sixty-one text messages for nine swaps, you wrote, and all of them at night.',
};

function bodyOf(variant: string, company: string, greeting = 'Hi'): string {
  const [model = '', prompt = ''] = variant.split(', ');
  const middle =
    model === 'large'
      ? `At ${company} a planner could see by noon which shifts will be short tomorrow, and say so before anyone has to phone around.`
      : `We help companies like ${company} plan shifts better and save time.`;
  return `${greeting},\n\n${openers[prompt]}\n\n${middle}\n\nWorth ten minutes on one depot?\n\nAll the best,\nInes`;
}

/** A report as the scores cell keeps it: the opener is specific, the rest is not. */
function reportOf(body: string): DraftReport {
  const sentences = sentenceSpans(body)
    .slice(1, -2)
    .map(
      (span, i): ReportedSentence => ({
        ...span,
        fit: i === 0 ? 'specific' : 'merge',
        identification: i === 0 ? 62 : 4,
        rank: i === 0 ? 1 : 90,
        of: 120,
        words: [],
        others: [],
        describes: null,
        evidence: i === 0 ? { quote: 'swaps by text', source: 'a post', isLive: true } : null,
        reasons: [
          i === 0
            ? { kind: 'specific', sentence: 'Fits 1 of 120 prospects. “text”, “message” carry it.', span }
            : { kind: 'generic', sentence: 'Fits 90 of 120 prospects as well.', span },
        ],
      }),
    );
  return {
    text: body,
    unscored: null,
    notes: [],
    sentences,
    identification: 62,
    unresolved: findUnresolved(body),
    gate: { signal: null, passes: true, sentence: '' },
    voices: [],
    rules: [],
    advice: [],
  };
}

function listOf(count: number): PreparedList {
  const lines = Array.from(
    { length: count },
    (_, i) =>
      `${i + 2},First${i},Last${i},Head of Operations,p${i}@company${i}.example,verified,,,Oslo,Company ${i},company${i}.example,Logistics,"freight, depots",${i},Runs depots.,{},p${i}@company${i}.example,,,`,
  );
  return {
    name: 'people.csv',
    encoding: 'UTF-8',
    delimiter: ',',
    headers: [],
    mapping: [],
    rowCount: count,
    csv: new TextEncoder().encode(lines.join('\n')),
    prospectCount: count,
    mergedCount: 0,
    rejectedCount: 0,
    knownCount: 0,
    report: new Uint8Array(0),
  };
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

/**
 * A workbench in its own database, with ten variants for each prospect: made by models with tokens and times, scored;
 * the second prospect's are all one text, the third's first could not be drafted, and a field of the fourth's second is
 * not filled in.
 */
export async function openCompareWorkbench(count: number) {
  const database = openDatabase({ name: `test-compare-${Date.now()}`, onState: () => {} });
  const db = database.api;
  const { ids } = value(await db.importList(listOf(count), async () => true));
  value(
    await db.orderDrafts(
      'drafts',
      ids,
      variants.map((variant) => ({ touch: 1, variant, settings: '1' })),
      new Int32Array(0),
    ),
  );
  const orders = value(await db.waitingOrders('drafts', 0, count * variants.length));
  const place = new Map(Array.from(ids, (id, i) => [id, i]));
  value(
    await db.settleOrders(
      orders.map(({ id, prospectId, variant }, i) => {
        const at = place.get(prospectId) ?? 0;
        const common = { id, isCached: i % 7 === 3, milliseconds: 900 + 137 * (i % 19) };
        if (at === 2 && variant === variants[0])
          return {
            ...common,
            tokens: { input: 0, output: 0 },
            failure: { code: 'llm-refused', sentence: 'The model refused to write this one.' },
          };
        const greeting = at === 3 && variant === variants[1] ? 'Hi {{first_name}}' : 'Hi';
        const body = bodyOf(at === 1 ? variants[0]! : variant, `Company ${at}`, greeting);
        return {
          ...common,
          tokens: { input: 800 + i, output: 120 },
          draft: { subject: `swaps at Company ${at}`, body, claims: [], faults: [] },
          origin: variant.startsWith('small') ? 'gpt-5-mini' : 'claude-sonnet-5',
          answer: null,
          knownSignals: [],
        };
      }),
    ),
  );
  const draftIds = await score(db, ids);
  const services = {
    comparisons: createComparisons(db),
    prospects: {
      revision: () => 0,
      order: db.prospectOrder,
      rows: db.prospectRows,
      columns: db.prospectColumns,
      get: db.prospect,
    },
    selection: createSelection(),
  } as unknown as Services;
  return { database, db, ids, draftIds, services };
}

/** Answers the ids of the drafts. */
async function score(db: Awaited<ReturnType<typeof openDatabase>>['api'], ids: Int32Array) {
  const { ids: draftIds, hashes, bodies } = value(await db.draftsOf(ids));
  const reports = Array.from(draftIds, (_, i) =>
    reportOf(new TextDecoder().decode(bodies.bytes.subarray(bodies.offsets[i], bodies.offsets[i + 1]))),
  );
  const parts = reports.map((report) => new TextEncoder().encode(JSON.stringify(report)));
  const offsets = new Uint32Array(parts.length + 1);
  for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length;
  value(
    await db.putDraftScores('scores', 'context', {
      draftIds,
      hashes,
      identification: Float32Array.from(draftIds, (_, i) => (i % 10 === 4 ? 12 : 62)),
      personalVoice: new Float32Array(draftIds.length).fill(Number.NaN),
      brandVoice: new Float32Array(draftIds.length).fill(Number.NaN),
      isScored: new Uint8Array(draftIds.length).fill(1),
      hasLiveSignal: new Uint8Array(draftIds.length).fill(1),
      mustNotBeSent: Uint8Array.from(reports, ({ unresolved }) => Number(unresolved.length > 0)),
      describesAnother: new Uint8Array(draftIds.length),
      reports: { bytes: new Uint8Array(await new Blob(parts).arrayBuffer()), offsets },
    }),
  );
  return draftIds;
}
