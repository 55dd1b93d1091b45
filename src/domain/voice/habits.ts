import { sentenceSpans, wordSpans, words } from '../text';
import type { SampleText } from '../voice';
import { mailParts } from './parts';
import { grammarWords } from './style';

/** Something a writer does again and again, with the mails that show it. */
export interface Habit {
  /** As written; names read `{name}`. Empty for "none at all" (no greeting, no sign-off). */
  readonly text: string;
  readonly share: number;
  readonly sampleIds: readonly number[];
}

/** A phrase and how much more its writer uses it than others do. */
export interface OwnPhrase extends Habit {
  /** Share of the background's mails that hold it. */
  readonly othersShare: number;
}

/** A phrase others use that this writer never does. */
export interface AvoidedPhrase {
  readonly text: string;
  readonly othersShare: number;
}

/** What phrases the background's mails hold: in how many mails, by how many writers. */
export interface UsualPhrases {
  readonly mails: number;
  readonly writers: number;
  readonly phrases: ReadonlyMap<string, { readonly mails: number; readonly writers: number }>;
}

const longestPhrase = 5;

/** Greetings, commonest first; mails without one count as the empty text. */
export function greetingHabits(samples: readonly SampleText[]): Habit[] {
  return countHabits(samples, (text) => {
    const { greeting } = mailParts(text);
    return greeting ? maskNames(text.slice(greeting.start, greeting.end)) : '';
  });
}

/** Sign-offs without the name below, commonest first; a name alone reads `{name}`. */
export function closingHabits(samples: readonly SampleText[]): Habit[] {
  return countHabits(samples, (text) => {
    const { closing, name } = mailParts(text);
    return closing ? maskNames(text.slice(closing.start, closing.end)) : name ? '{name}' : '';
  });
}

/** The first two words after the greeting, commonest first; only beginnings that two mails share. */
export function openingHabits(samples: readonly SampleText[]): Habit[] {
  return countHabits(samples, (text) => {
    const { body } = mailParts(text);
    const inner = text.slice(body.start, body.end);
    const spans = wordSpans(inner).slice(0, 2);
    return spans.length < 2 ? '' : `${inner.slice(spans[0]!.start, spans[1]!.end).replace(/\s+/g, ' ')} …`;
  }).filter(({ text, sampleIds }) => text !== '' && sampleIds.length >= 2);
}

function countHabits(samples: readonly SampleText[], of: (text: string) => string): Habit[] {
  const found = new Map<string, { text: string; sampleIds: number[] }>();
  for (const sample of samples) {
    const text = of(sample.text);
    const key = text.toLowerCase();
    const habit = found.get(key);
    if (habit) habit.sampleIds.push(sample.id);
    else found.set(key, { text, sampleIds: [sample.id] });
  }
  return [...found.values()]
    .map((habit) => ({ ...habit, share: habit.sampleIds.length / samples.length }))
    .sort((a, b) => b.sampleIds.length - a.sampleIds.length || (a.text < b.text ? -1 : 1));
}

/** Capitalised words after the first, and a first one that greets nobody by itself, read `{name}`. */
export function maskNames(line: string): string {
  const flat = line.replace(/\s+/g, ' ').trim();
  const isWord =
    /^(?:hi|hello|hey|hiya|dear|good|morning|afternoon|evening|greetings|howdy|yo|all|team|folks|everyone|guys|both|thanks|thank|many|best|kind|kindest|warm|warmest|with|regards|cheers|sincerely|yours|respectfully|cordially|warmly|gratefully|talk|speak|see|take|looking|look|have|enjoy|until|more|happy|gentlemen|ladies|to|and|my|in|very|onwards?|bye|ciao|later|ta|ty|thx|thanx|rgds|love|over|your|hope|big|lots|god|bless|hugs|br|dear|friend|mr|mrs|ms|dr|there|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/i;
  return flat
    .replace(/\p{Lu}[\p{L}'’-]*(?:\.(?=\s\p{Lu}))?/gu, (word) =>
      isWord.test(word.replace('.', '')) ? word : '{name}',
    )
    .replace(/^(hi|hello|hey|hiya|dear|yo) \p{Ll}[\p{L}'’-]*(?=[,:!-])/iu, (whole, salute: string) =>
      /\b(?:all|team|folks|everyone|guys|both|there|sir|madam)$/i.test(whole) ? whole : `${salute} {name}`,
    )
    .replace(/\{name\}(?: \{name\})+/g, '{name}');
}

/** What phrases others use, to tell a writer's own from everyone's. */
export function usualPhrases(writers: readonly { readonly mails: readonly string[] }[]): UsualPhrases {
  const phrases = new Map<string, { mails: number; writers: number }>();
  for (const writer of writers) {
    const ofWriter = new Set<string>();
    for (const mail of writer.mails)
      for (const phrase of phrasesOf(mail)) {
        const counted = phrases.get(phrase) ?? { mails: 0, writers: 0 };
        counted.mails++;
        if (!ofWriter.has(phrase)) counted.writers++;
        ofWriter.add(phrase);
        phrases.set(phrase, counted);
      }
  }
  return {
    mails: writers.reduce((sum, { mails }) => sum + mails.length, 0),
    writers: writers.length,
    phrases,
  };
}

/**
 * The phrases a writer really uses: in three mails or more (and 6 % of them), and more than others do, by
 * `p ln(p/q)` with p and q the shares of mails. Of overlapping phrases with much the same mails, one stays.
 */
export function ownPhrases(samples: readonly SampleText[], usual: UsualPhrases, most = 20): OwnPhrase[] {
  const holders = new Map<string, number[]>();
  for (const { id, text } of samples)
    for (const phrase of phrasesOf(text)) {
      const ids = holders.get(phrase);
      if (ids) ids.push(id);
      else holders.set(phrase, [id]);
    }
  const least = Math.max(3, samples.length * 0.06);
  const found = [...holders]
    .filter(([, ids]) => ids.length >= least)
    .map(([text, sampleIds]) => {
      const share = sampleIds.length / samples.length;
      const others = usual.phrases.get(text)?.mails ?? 0;
      const smoothed = (others + 0.5) / (usual.mails + 1);
      return {
        text,
        share,
        sampleIds,
        othersShare: others / Math.max(1, usual.mails),
        score: share * Math.log(share / smoothed),
      };
    })
    .filter(({ share, othersShare }) => share > 2 * othersShare)
    .sort((a, b) => b.score - a.score || b.text.length - a.text.length || (a.text < b.text ? -1 : 1));
  const kept: typeof found = [];
  for (const phrase of found) {
    const rival = kept.findIndex(
      (other) => contains(other.text, phrase.text) || contains(phrase.text, other.text),
    );
    if (rival < 0) kept.push(phrase);
    else if (
      phrase.text.length > kept[rival]!.text.length &&
      phrase.sampleIds.length >= 0.75 * kept[rival]!.sampleIds.length
    )
      kept[rival] = phrase;
  }
  const unique: typeof found = [];
  // "pain wasn't the plan" beside "most of the pain wasn't", from the same mails, is one sentence told twice.
  for (const phrase of kept)
    if (!unique.some((other) => overlap(other.text, phrase.text) && haveSameMails(other, phrase)))
      unique.push(phrase);
  return unique.slice(0, most).map(({ score: _, ...phrase }) => ({ ...phrase, text: shown(phrase.text) }));
}

/**
 * Phrases this writer never uses although one in seven of the others does, so often that among these mails one was
 * to be expected (its absence by chance is under 40 %). Commonest first. That they are absent is a fact; that they
 * are avoided is likely, and the likelier the more mails there are.
 */
export function avoidedPhrases(
  samples: readonly SampleText[],
  usual: UsualPhrases,
  most = 20,
): AvoidedPhrase[] {
  const own = new Set<string>();
  for (const { text } of samples) for (const phrase of phrasesOf(text)) own.add(phrase);
  const found = [...usual.phrases]
    .filter(
      ([phrase, { mails, writers }]) =>
        !own.has(phrase) &&
        writers >= Math.max(2, usual.writers / 7) &&
        (1 - mails / usual.mails) ** samples.length < 0.4,
    )
    .map(([text, { mails }]) => ({ text, othersShare: mails / usual.mails }))
    .sort(
      (a, b) => b.othersShare - a.othersShare || b.text.length - a.text.length || (a.text < b.text ? -1 : 1),
    );
  const kept: AvoidedPhrase[] = [];
  for (const phrase of found)
    if (!kept.some((other) => contains(other.text, phrase.text) || contains(phrase.text, other.text)))
      kept.push(phrase);
  return kept.slice(0, most).map((phrase) => ({ ...phrase, text: shown(phrase.text) }));
}

/** Phrases are counted in lower case and shown with the one capital that English insists on. */
function shown(phrase: string): string {
  return phrase.replace(/(?<![\p{L}'])i(?![\p{L}])/gu, 'I');
}

/** Whether one phrase holds the other, or begins with the words that the other ends with. */
function overlap(a: string, b: string): boolean {
  const [one, other] = [a.split(' '), b.split(' ')];
  const meets = (first: readonly string[], second: readonly string[]) =>
    second.some((_, at) => at > 0 && first.slice(-at).join(' ') === second.slice(0, at).join(' '));
  return contains(a, b) || contains(b, a) || meets(one, other) || meets(other, one);
}

/** Whether nine in ten mails of the two phrases are the same. */
function haveSameMails(a: Habit, b: Habit): boolean {
  const ids = new Set(a.sampleIds);
  const shared = b.sampleIds.filter((id) => ids.has(id)).length;
  return shared >= 0.9 * Math.max(a.sampleIds.length, b.sampleIds.length);
}

function contains(outer: string, inner: string): boolean {
  return ` ${outer} `.includes(` ${inner} `);
}

/**
 * The phrases of one mail, each once: runs of two to five words within a sentence that hold no name and no number,
 * begin and end on no loose word of grammar, and are not made of grammar only.
 */
export function phrasesOf(text: string): Set<string> {
  const phrases = new Set<string>();
  const { greeting, closing, name } = mailParts(text);
  const from = greeting?.end ?? 0;
  const to = closing?.start ?? name?.start ?? text.length;
  const body = text.slice(from, Math.max(from, to));
  for (const { start, end } of sentenceSpans(body)) {
    for (const part of body.slice(start, end).split(/[,;:()"“”–—\n]|\s-\s|\.\.+|…/)) {
      const found = words(part);
      const plain = found.map((word, at) =>
        isName(word, at === 0) ? null : word.toLowerCase().replaceAll('’', "'"),
      );
      for (let at = 0; at < plain.length; at++) {
        const run: string[] = [];
        for (let length = 1; length <= longestPhrase && at + length <= plain.length; length++) {
          const word = plain[at + length - 1];
          if (word === null || word === undefined) break;
          run.push(word);
          if (length >= 2 && isPhrase(run)) phrases.add(run.join(' '));
        }
      }
    }
  }
  return phrases;
}

function isName(word: string, startsPart: boolean): boolean {
  if (/\d/.test(word)) return true;
  return !startsPart && /^\p{Lu}/u.test(word) && !/^I(?:['’].+)?$/.test(word);
}

function isPhrase(run: readonly string[]): boolean {
  const first = run[0]!;
  if (looseEnd.has(run.at(-1)!) || looseStart.has(first)) return false;
  const content = run.filter((word) => !isGrammar(word)).length;
  // Two words say something only where both do, or where the writer speaks: "my guess".
  if (run.length === 2) return content === 2 || (content === 1 && speaker.has(first));
  return content >= (run.length === 5 ? 2 : 1);
}

const speaker: ReadonlySet<string> = new Set([
  'i',
  'my',
  'we',
  'our',
  "i'm",
  "i'd",
  "i'll",
  "i've",
  "we're",
  "let's",
]);
const looseStart: ReadonlySet<string> = new Set([
  ...grammarWords.articles,
  ...grammarWords.coordinators,
  ...grammarWords.prepositions,
  ...grammarWords.auxiliaries,
  ...'that which who this these those'.split(' '),
]);
const looseEnd: ReadonlySet<string> = new Set([
  ...grammarWords.articles,
  ...grammarWords.coordinators,
  ..."of to for with at from by my your our their its is are was were be i'm it's we're you're that which who if when as".split(
    ' ',
  ),
  ...'than because i we he she they'.split(' '),
]);

function isGrammar(word: string): boolean {
  return (
    grammarWords.articles.has(word) ||
    grammarWords.prepositions.has(word) ||
    grammarWords.coordinators.has(word) ||
    grammarWords.subordinators.has(word) ||
    grammarWords.auxiliaries.has(word) ||
    grammarWords.modals.has(word) ||
    grammarWords.singular.has(word) ||
    grammarWords.plural.has(word) ||
    grammarWords.addressed.has(word) ||
    grammarWords.others.has(word) ||
    grammarWords.pointers.has(word)
  );
}
