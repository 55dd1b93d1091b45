import { describe, expect, test } from 'vitest';
import type { NewSample } from '../../../src/domain/voice/stored';
import type { DbApi } from '../../../workers/db/api';
import { decodeTexts, encodeTexts } from '../../../workers/db/texts';
import { failure, importRows, onward, openWorkbench, value } from './workbench';

function sample(text: string, more: Partial<NewSample> = {}): NewSample {
  return {
    subject: '',
    text,
    source: text,
    removed: [],
    sentOn: null,
    gotReply: null,
    origin: 'paste',
    ...more,
  };
}

const asJson = (samples: readonly NewSample[]) => new TextEncoder().encode(JSON.stringify(samples));

async function add(db: DbApi, corpus: 'personal' | 'brand', samples: readonly NewSample[]): Promise<number> {
  return value(await db.addVoiceSamples(corpus, asJson(samples))).length;
}

describe('voice samples', () => {
  test('are kept as they came, once in a corpus, latest first', async () => {
    const { db } = await openWorkbench();
    const source = 'Hi Ada,\n\nDone by Friday.\n\n> earlier';
    const removed = [{ kind: 'quoted reply' as const, start: 25, end: 34 }];
    const first = sample('Hi Ada,\n\nDone by Friday.', {
      source,
      removed,
      sentOn: '2026-03-02',
      gotReply: true,
    });
    expect(
      await add(db, 'personal', [first, sample('Later.', { sentOn: '2026-05-01' }), sample('No day.')]),
    ).toBe(3);
    expect(await add(db, 'personal', [first, sample('New.')])).toBe(1);
    expect(await add(db, 'brand', [first])).toBe(1);

    const ids = value(await db.voiceSampleIds('personal'));
    const kept = value(await db.voiceSamples(ids));
    expect(kept.map(({ text }) => text)).toEqual(['Later.', 'Hi Ada,\n\nDone by Friday.', 'New.', 'No day.']);
    expect(kept[1]).toMatchObject({
      source,
      removed,
      sentOn: '2026-03-02',
      gotReply: true,
      corpus: 'personal',
    });
  });

  test('that are left out or emptied do not count, and the fingerprint says so', async () => {
    const { db } = await openWorkbench();
    await add(db, 'personal', [sample('One.'), sample('Two.'), sample('Three.')]);
    const before = value(await db.voiceStates()).personal;
    expect(before).toMatchObject({ samples: 3, excluded: 0 });
    const ids = value(await db.voiceTexts('personal')).ids;
    value(await db.excludeVoiceSamples(ids.slice(0, 1), true));
    value(await db.cutVoiceSample(ids[1]!, [{ kind: 'by hand', start: 0, end: 4 }], ''));
    const after = value(await db.voiceStates()).personal;
    expect(after).toMatchObject({ samples: 3, excluded: 1 });
    expect(after.fingerprint).not.toBe(before.fingerprint);
    expect(decodeTexts(value(await db.voiceTexts('personal')).texts)).toEqual(['Three.']);
    value(await db.removeVoiceSamples(ids));
    expect(value(await db.voiceStates()).personal).toMatchObject({ samples: 0, fingerprint: '' });
  });

  test('that were removed come back as they were', async () => {
    const { db } = await openWorkbench();
    const cut = sample('One.', {
      subject: 'a "quoted" subject',
      source: 'One.\n> é €\t\\',
      removed: [{ kind: 'quoted reply', start: 5, end: 12 }],
      sentOn: '2026-03-02',
      gotReply: false,
    });
    await add(db, 'personal', [cut, sample('Two.'), sample('Three.')]);
    const ids = value(await db.voiceSampleIds('personal'));
    value(await db.excludeVoiceSamples(ids.slice(1, 2), true));
    const before = value(await db.voiceSamples(ids));
    const removed = value(await db.removeVoiceSamples(ids));
    expect(value(await db.voiceStates()).personal.samples).toBe(0);
    expect(value(await db.addVoiceSamples('personal', removed))).toHaveLength(3);
    const after = value(await db.voiceSamples(value(await db.voiceSampleIds('personal'))));
    const withoutIds = (samples: typeof before) => samples.map(({ id: _, ...rest }) => rest);
    expect(withoutIds(after)).toEqual(withoutIds(before));
    expect(new TextDecoder().decode(value(await db.removeVoiceSamples(ids)))).toBe('[]');
  });

  test('have rules beside them, apart for brand and person', async () => {
    const { db } = await openWorkbench();
    const rules = {
      say: [{ phrase: 'rota', insteadOf: 'schedule' }],
      neverSay: ['synergy'],
      signOff: 'Best,',
    };
    value(await db.setVoiceRules('brand', rules));
    const states = value(await db.voiceStates());
    expect(states.brand.rules).toEqual(rules);
    expect(states.personal.rules).toEqual({ say: [], neverSay: [], signOff: '' });
    expect(failure(await db.setVoiceRules('brand', { ...rules, neverSay: ['  '] })).code).toBe('voice-rules');
  });
});

describe('drafts', () => {
  const text = (body: string) => ({ touch: 1, variant: '', subject: 'Shifts', body, origin: 'pasted' });

  test('belong to a prospect that exists, or none is kept', async () => {
    const { db } = await openWorkbench();
    const { ids } = await importRows(db, [{ email: 'ada@clarus.example', first_name: 'Ada' }]);
    const [prospectId] = ids;
    const bad = await db.addDrafts([
      { ...text('Hello Ada.'), prospectId: prospectId! },
      { ...text('Hello nobody.'), prospectId: 999 },
    ]);
    expect(failure(bad).code).toBe('prospect-gone');
    expect(value(await db.draftsOf(ids)).ids).toHaveLength(0);
    expect(
      value(
        await db.addAddressedDrafts([
          { ...text('One.'), email: 'ADA@clarus.example ' },
          { ...text('Two.'), email: 'nobody@clarus.example' },
        ]),
      ),
    ).toEqual({ added: 1, unknown: ['nobody@clarus.example'] });
  });

  test('keep what they were when someone else changes them', async () => {
    const { db } = await openWorkbench();
    const { ids } = await importRows(db, [{ email: 'ada@clarus.example' }]);
    const [draftId] = value(
      await db.addDrafts([{ ...text('First.'), prospectId: ids[0]!, origin: 'template' }]),
    );
    value(await db.changeDraft(draftId!, { subject: 'Shifts', body: 'Second.', origin: 'edited' }));
    // Typing on within minutes makes no version a keystroke.
    value(await db.changeDraft(draftId!, { subject: 'Shifts', body: 'Third.', origin: 'edited' }));
    expect(value(await db.draft(draftId!))).toMatchObject({ body: 'Third.', origin: 'edited' });
    expect(value(await db.draftVersions(draftId!)).map(({ body }) => body)).toEqual(['First.']);
    value(await db.removeDrafts(Int32Array.of(draftId!)));
    expect(failure(await db.draft(draftId!)).code).toBe('draft-gone');
  });

  test('keep their scores until they, or what they are held against, change', async () => {
    const { db } = await openWorkbench();
    const { ids } = await importRows(db, [{ email: 'ada@clarus.example' }]);
    const draftIds = value(
      await db.addDrafts(['One.', 'Two.'].map((body) => ({ ...text(body), prospectId: ids[0]! }))),
    );
    const { hashes } = value(await db.draftsOf(ids));
    value(
      await db.putDraftScores('scores-1', 'context', {
        draftIds,
        hashes,
        identification: Float32Array.of(80, Number.NaN),
        personalVoice: Float32Array.of(55, Number.NaN),
        brandVoice: Float32Array.of(Number.NaN, Number.NaN),
        isScored: Uint8Array.of(1, 0),
        hasLiveSignal: Uint8Array.of(1, 0),
        mustNotBeSent: Uint8Array.of(0, 1),
        describesAnother: Uint8Array.of(0, 0),
        reports: encodeTexts(['{"a":1}', '{"a":2}']),
      }),
    );
    const kept = value(await db.draftScores('scores-1', 'context', draftIds));
    expect(kept.draftIds).toEqual(draftIds);
    expect(kept.identification).toEqual(Float32Array.of(80, Number.NaN));
    expect(kept.mustNotBeSent).toEqual(Uint8Array.of(0, 1));
    expect(value(await db.draftReport('scores-1', draftIds[1]!))).toBe('{"a":2}');
    expect(value(await db.draftScores('scores-1', 'another', draftIds)).draftIds).toHaveLength(0);
    expect(value(await db.draftScores('scores-2', 'context', draftIds)).draftIds).toHaveLength(0);
    value(await db.changeDraft(draftIds[0]!, { subject: '', body: 'One, changed.', origin: 'edited' }));
    expect(value(await db.draftScores('scores-1', 'context', draftIds)).draftIds).toEqual(draftIds.slice(1));
  });

  test('a batch’s sameness is kept byte for byte', async () => {
    const { db } = await openWorkbench();
    const kept = {
      fingerprint: 'all',
      whole: 0.25,
      repeated: Float32Array.of(0.1, 0.4),
      shapes: [{ drafts: [0, 1], example: 'Saw that…' }],
    };
    expect(value(await db.sameness('scores-1'))).toBeUndefined();
    value(await db.putSameness('scores-1', kept));
    expect(value(await db.sameness('scores-1'))).toEqual(kept);
  });
});

describe('evidence', () => {
  test('is what the list says, and signals of the person and the account', async () => {
    const { db } = await openWorkbench();
    const { ids } = await importRows(db, [
      {
        email: 'ada@clarus.example',
        first_name: 'Ada',
        company: 'Clarus',
        domain: 'clarus.example',
        description: 'Moves goods.',
      },
      { email: 'ben@clarus.example', first_name: 'Ben', company: 'Clarus', domain: 'clarus.example' },
      { email: 'cem@other.example', first_name: 'Cem', company: 'Other', domain: 'other.example' },
    ]);
    const history = {
      engagement: [],
      signals: [
        {
          email: 'ada@clarus.example',
          kind: 'post' as const,
          happenedOn: '2026-11-01',
          source: 'profile',
          quote: 'Late again.',
          confidence: 1,
        },
        {
          email: 'ada@clarus.example',
          about: 'account' as const,
          kind: 'press' as const,
          happenedOn: '2026-11-02',
          source: 'paper',
          quote: 'A new depot.',
          confidence: 1,
        },
      ],
    };
    const before = value(await db.evidenceFingerprint(ids, '2026-11-10'));
    value(await db.importHistory(history));
    const found = value(await db.evidence(ids));
    expect(decodeTexts(found.companies)).toEqual(['Clarus', 'Clarus', 'Other']);
    expect([...found.signals.places]).toEqual([0, 0, 1]);
    expect(decodeTexts(found.signals.quotes)).toEqual(['A new depot.', 'Late again.', 'A new depot.']);

    const fresh = value(await db.evidenceFingerprint(ids, '2026-11-10'));
    expect(fresh).not.toBe(before);
    expect(value(await db.evidenceFingerprint(ids, '2026-11-11'))).toBe(fresh);
    expect(value(await db.evidenceFingerprint(ids, '2027-11-11'))).not.toBe(fresh);
  });
});

test('texts of any kind have vectors, each text once', async () => {
  const { db } = await openWorkbench();
  const texts = encodeTexts(['a quote', '', 'another', 'a quote']);
  const missing = value(await db.missingTexts(texts, 'model'));
  expect(decodeTexts(missing.texts)).toEqual(['a quote', 'another']);
  expect(failure(await db.vectorsOfTexts(texts, 'model', 2)).code).toBe('vectors-missing');
  value(await db.putVectors('model', missing.hashes, Float32Array.of(1, 2, 3, 4)));
  expect(value(await db.vectorsOfTexts(texts, 'model', 2))).toEqual(Float32Array.of(1, 2, 0, 0, 3, 4, 1, 2));
  expect(value(await db.missingTexts(texts, 'model')).hashes).toHaveLength(0);
});

test('a workbench file carries voice, drafts and scores', async () => {
  const { db } = await openWorkbench();
  const { ids } = await importRows(db, [{ email: 'ada@clarus.example' }]);
  await add(db, 'personal', [sample('One.')]);
  value(
    await db.addDrafts([
      { prospectId: ids[0]!, touch: 1, variant: 'b', subject: '', body: 'Hi.', origin: 'pasted' },
    ]),
  );
  const file = value(await db.dump(onward));
  value(await db.reset());
  expect(value(await db.voiceStates()).personal.samples).toBe(0);
  value(await db.restore(file, onward));
  expect(value(await db.voiceStates()).personal.samples).toBe(1);
  expect(decodeTexts(value(await db.draftsOf(ids)).bodies)).toEqual(['Hi.']);
});
