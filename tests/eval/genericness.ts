import { existsSync, readFileSync } from 'node:fs';
import { maskSentence, prepareMask, readable } from '../../src/domain/genericness/mask';
import { findUnresolved } from '../../src/domain/genericness/mergefields';
import { buildPool, ordinaryTerms, type Pool } from '../../src/domain/genericness/pool';
import { measureSameness, sameFrom } from '../../src/domain/genericness/sameness';
import { draftSentences } from '../../src/domain/genericness/score';
import { type Substitution, specificFrom, substitute } from '../../src/domain/genericness/substitution';
import { embedTexts, textColumn } from './embed';
import type { Figure } from './figure';

interface Account {
  readonly id: number;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly website: string;
  readonly oneLiner: string;
  readonly description: string;
  readonly industry: string;
  readonly subindustry: string;
  readonly tags: readonly string[];
  readonly teamSize: number | null;
  readonly locations: string;
  readonly stage: string;
}

interface Draft {
  readonly accountId: number;
  readonly class: string;
  readonly factOf?: number;
  readonly text: string;
}

const data = '../shared/data';
const dimensions = 512;
const generic = ['merge', 'industry', 'oneliner'];
const facts = ['fact_verbatim', 'fact_3words', 'fact_2words'];

/**
 * The substitution test, merge fields and sameness on labelled drafts.
 *
 * Protocol. Pool: every account given, its description as evidence (the one-liner where there is none). Masked: name,
 * former names, site; removed: industry, subindustry, tags, size, location, stage, one-liner. Each draft is scored
 * alone; its value is that of its best sentence. Generic: name only, industry template, one-liner. Fact: verbatim, three
 * words, two words of it. Nothing is fitted to these drafts: the formula is that of the methods page, and the words of
 * ordinary mail come from the mails that ship with the product.
 * Merge fields: 400 fields of many notations, one put into each of 400 ordinary mails; false alarms on all mails as
 * they are. Sameness: batches of ten, of one class of drafts with different addressees against ten mails of people.
 */
export async function measureGenericness(): Promise<Figure[]> {
  if (!existsSync(`${data}/drafts/drafts.jsonl`)) {
    console.log('  skipped: the labelled drafts are not here');
    return [];
  }
  const scored = await scoreDrafts();
  const best = (classes: readonly string[]) =>
    scored.filter((one) => classes.includes(one.draft.class)).map(({ identification }) => identification);
  const factAuc = areaUnderCurve(best(facts), best(generic));
  const paraphraseAuc = areaUnderCurve(best(['fact_hand']), best(generic));

  const withFact = scored.filter(({ draft }) => [...facts, 'fact_hand'].includes(draft.class));
  // Every draft states its fact in the first sentence of its body.
  const credited = share(withFact, ({ bestSentence }) => bestSentence === 0);
  const wrong = scored.filter(({ draft }) => draft.class === 'fact_wrong');
  const told = share(wrong, ({ substitutions, factPlace }) =>
    substitutions.some(({ describes }) => describes !== null && describes === factPlace),
  );
  const falselyTold = share(
    scored.filter(({ draft }) => draft.class !== 'fact_wrong'),
    ({ substitutions }) => substitutions.some(({ describes }) => describes !== null),
  );
  printConfusion(scored);

  const mails = lines<{ text: string }>('voice/mails-by-author.jsonl').map(({ text }) => text);
  const { recall, falseAlarms } = measureMergeFields(mails);
  return [
    figure('generic against fact, AUC', factAuc, 'AUC', 0.98),
    figure('generic against paraphrase, AUC', paraphraseAuc, 'AUC', 0.95),
    figure('the fact’s sentence is the one credited', credited, 'share', 0.97),
    figure('another prospect’s fact is told, with whose', told, 'share', 0.95),
    {
      ...figure('drafts wrongly said to describe another', falselyTold, 'share', 0.01),
      ok: falselyTold <= 0.01,
    },
    figure('merge fields found', recall, 'share', 0.98),
    {
      ...figure('merge fields seen in ordinary mail', falseAlarms, 'share', 0.005),
      ok: falseAlarms <= 0.005,
    },
    figure('sameness of templates against mails, AUC', measureBatches(mails), 'AUC', 0.97),
  ];
}

// ---------------------------------------------------------------- substitution

interface Scored {
  readonly draft: Draft;
  readonly substitutions: readonly Substitution[];
  readonly identification: number;
  readonly bestSentence: number;
  /** Place in the pool of the account that the fact is of. */
  readonly factPlace: number | undefined;
}

async function scoreDrafts(): Promise<Scored[]> {
  const drafts = lines<Draft>('drafts/drafts.jsonl');
  const accounts: Account[] = JSON.parse(readFileSync(`${data}/companies/accounts.json`, 'utf8'));
  const places = new Map(accounts.map(({ id }, place) => [id, place]));
  const evidence = accounts.map(({ description, oneLiner }) => description || oneLiner);
  const pool = finish(textColumn(evidence), ordinaryTerms(shippedMails()));
  const vectors = await embedTexts(evidence);

  const prepared = drafts.map((draft) => {
    const addressee = places.get(draft.accountId) ?? -1;
    const mask = maskOf(accounts[addressee] as Account);
    return { draft, addressee, mask, sentences: draftSentences(draft.text, mask) };
  });
  const texts = [...new Set(prepared.flatMap(({ sentences }) => sentences.map((one) => one.readable)))];
  const embedded = await embedTexts(texts);
  const similarities = new Map(texts.map((text, i) => [text, cosines(embedded, i, vectors)]));

  return prepared.map(({ draft, addressee, mask, sentences }) => {
    const substitutions = sentences.map(({ text }) =>
      substitute(pool, {
        sentence: text,
        mask,
        addressee,
        similarity: similarities.get(readable(maskSentence(text, mask))) as Float32Array,
      }),
    );
    const values = substitutions.map(({ identification }) => identification);
    const identification = Math.max(...values);
    return {
      draft,
      substitutions,
      identification,
      bestSentence: values.indexOf(identification),
      factPlace: draft.factOf === undefined ? undefined : places.get(draft.factOf),
    };
  });
}

function maskOf(account: Account) {
  return prepareMask({
    names: [account.name, ...account.formerNames, account.website],
    exportFields: [
      account.industry,
      account.subindustry,
      ...account.tags,
      account.locations,
      account.stage,
      account.oneLiner,
      String(account.teamSize ?? ''),
    ],
  });
}

function finish(texts: ReturnType<typeof textColumn>, ordinary: ReadonlySet<string>): Pool {
  const work = buildPool(texts, ordinary);
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

function cosines(queries: Float32Array, query: number, rows: Float32Array): Float32Array {
  const result = new Float32Array(rows.length / dimensions);
  for (let row = 0; row < result.length; row++) {
    let dot = 0;
    for (let i = 0; i < dimensions; i++)
      dot += (queries[query * dimensions + i] ?? 0) * (rows[row * dimensions + i] ?? 0);
    result[row] = dot;
  }
  return result;
}

/** How each class of drafts came out: the fit of its best sentence. */
function printConfusion(scored: readonly Scored[]): void {
  console.log('  fit of the best sentence, by what the draft was written as');
  for (const name of [...generic, ...facts, 'fact_hand', 'fact_wrong']) {
    const rows = scored.filter(({ draft }) => draft.class === name);
    const counts = { specific: 0, industry: 0, merge: 0 };
    for (const { substitutions, bestSentence } of rows) {
      const fit = substitutions[bestSentence]?.fit;
      if (fit) counts[fit]++;
    }
    const median =
      rows.map(({ identification }) => identification).sort((a, b) => a - b)[rows.length >> 1] ?? 0;
    console.log(
      `    ${name.padEnd(14)} specific ${String(counts.specific).padStart(3)}  industry ${String(counts.industry).padStart(3)}  merge ${String(counts.merge).padStart(3)}   median ${median.toFixed(0)} (specific from ${specificFrom})`,
    );
  }
}

// ---------------------------------------------------------------- merge fields

const notations = [
  (name: string) => `{{${name.replace(' ', '_')}}}`,
  (name: string) => `{{ contact.${name.replace(' ', '_')} | there }}`,
  (name: string) => `{${name.replace(' ', '_')}}`,
  (name: string) => `[${name}]`,
  (name: string) => `<${name}>`,
  (name: string) => `%${name.replace(' ', '').toUpperCase()}%`,
  (name: string) => `*|${name.replace(' ', '').toUpperCase()}|*`,
  (name: string) => `{${name}|friend|there}`,
];
const fieldNames = [
  'first name',
  'last name',
  'company',
  'job title',
  'industry',
  'city',
  'company name',
  'sender name',
];

function measureMergeFields(mails: readonly string[]): { recall: number; falseAlarms: number } {
  const random = seeded(7);
  let found = 0;
  const tries = 400;
  for (let i = 0; i < tries; i++) {
    const words = (mails[Math.floor(random() * mails.length)] ?? '').split(' ');
    const at = Math.floor(random() * words.length);
    const notation = notations[i % notations.length] as (name: string) => string;
    const field =
      i % 40 === 39 ? null : notation(fieldNames[Math.floor(random() * fieldNames.length)] as string);
    const text =
      field === null
        ? `Hi ,\n\n${words.join(' ')}`
        : [...words.slice(0, at), field, ...words.slice(at)].join(' ');
    if (
      findUnresolved(text).some(
        (one) => field === null || one.text.includes(field) || field.includes(one.text),
      )
    )
      found++;
  }
  return { recall: found / tries, falseAlarms: share(mails, (mail) => findUnresolved(mail).length > 0) };
}

// ---------------------------------------------------------------- sameness

function measureBatches(mails: readonly string[]): number {
  const random = seeded(11);
  const drafts = lines<Draft>('drafts/drafts.jsonl');
  const draw = (texts: readonly string[]) => {
    const rest = [...texts];
    return Array.from({ length: 10 }, () => rest.splice(Math.floor(random() * rest.length), 1)[0] as string);
  };
  const value = (texts: readonly string[]) => measureSameness(draw(texts)).whole;
  const templated = [...generic, ...facts].flatMap((name) => {
    const texts = drafts.filter((draft) => draft.class === name).map(({ text }) => text);
    return Array.from({ length: 10 }, () => value(texts));
  });
  const personal = Array.from({ length: 60 }, () => value(mails));
  const flagged = [share(templated, (one) => one >= sameFrom), share(personal, (one) => one >= sameFrom)];
  console.log(
    `  flagged as the same: ${flagged.map((one) => `${Math.round((one ?? 0) * 100)} %`).join(' of templated batches, ')} of personal ones`,
  );
  return areaUnderCurve(templated, personal);
}

// ---------------------------------------------------------------- reading and counting

function lines<T>(file: string): T[] {
  return readFileSync(`${data}/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function shippedMails(): string[] {
  const writers: { mails: string[] }[] = JSON.parse(readFileSync('seeds/voice/others.json', 'utf8'));
  return writers.flatMap(({ mails }) => mails);
}

function figure(name: string, value: number, unit: string, target: number): Figure {
  return { name, value, unit, target, ok: value >= target };
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / Math.max(1, items.length);
}

/** The chance that one of the first scores above one of the second; ties count half. */
function areaUnderCurve(high: readonly number[], low: readonly number[]): number {
  let wins = 0;
  for (const one of high) for (const other of low) wins += one > other ? 1 : one === other ? 0.5 : 0;
  return wins / Math.max(1, high.length * low.length);
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
