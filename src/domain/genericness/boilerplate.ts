import { type Span, sentenceSpans, words } from '../text';
import { mailParts } from '../voice/parts';
import { measureTrait } from '../voice/traits';

/** A phrase that thousands of cold mails have. */
export interface StockPhrase extends Span {
  readonly text: string;
  readonly kind: 'opener' | 'flattery' | 'closer' | 'urgency';
}

const stock: readonly { readonly kind: StockPhrase['kind']; readonly pattern: RegExp }[] = [
  {
    kind: 'opener',
    pattern:
      /\bI hope (?:this|my) (?:e-?mail|message|note) finds you (?:well|in good \w+)|\bhope (?:you(?:'|’)?re|you are|all is|everything is) (?:doing )?(?:well|great|good)|\b(?:I(?:'|’)m|I am|just) reaching out|\bI (?:just )?wanted to (?:quickly )?(?:reach out|touch base|introduce|connect|follow up|check in)|\bmy name is [^.,\n]{1,40}(?:and I|,)|\bI (?:came|stumbled) (?:across|upon) your (?:company|profile|website|site|page)|\bI(?:'|’)ll keep this (?:short|brief)|\bI know (?:you(?:'|’)re|you are|how) busy|\bquick (?:question|idea|one) for you|\bI(?:'|’)d love to introduce/gi,
  },
  {
    kind: 'flattery',
    pattern:
      /\b(?:I(?:'|’)m|I was|I am|we(?:'|’)re) (?:really |very |so |truly )?impressed (?:by|with)|\b(?:love|loved|admire) (?:what|the work|how) you(?:'|’)?(?:re| are)? (?:doing|building)?|\bcongrat(?:s|ulations) on (?:the|your|all the) (?:great|amazing|recent|continued|incredible) \w+|\bI(?:'|’)ve been following (?:your|you|the) \w+|\bas a (?:fellow|leading|fast-growing) |\bcompanies like (?:yours|your own)|\blooks like exactly the kind of/gi,
  },
  {
    kind: 'closer',
    pattern:
      /\b(?:do|would) you (?:have|be open to|be available for|be interested in|be up for)[^.?!\n]{0,60}(?:call|chat|conversation|demo|minutes|meeting)|\bopen to (?:a|having a) (?:quick |short |brief )?(?:call|chat|conversation)|\blooking forward to (?:hearing|your reply|connecting)|\blet me know (?:if you(?:'|’)d be|if you are|your thoughts|what you think|what works)|\bworth (?:a|exploring|a quick|having a) ?(?:chat|call|conversation|look)?\b|\bwould it make sense to (?:connect|chat|talk)|\bhop on a (?:quick |short )?call|\bpick your brain|\bfeel free to (?:reach out|grab|book|contact)|\bif you(?:'|’)re not the right person|\bmind if I send/gi,
  },
  {
    kind: 'urgency',
    pattern:
      /\bin today(?:'|’)s (?:fast-paced|competitive|digital) \w+|\bgame[- ]chang(?:er|ing)|\bcutting[- ]edge|\bstate[- ]of[- ]the[- ]art|\btake your \w+ to the next level|\bunlock(?:ing)? (?:the )?(?:full )?(?:potential|growth|value)|\bseamless(?:ly)? integrat\w+|\bsupercharge\b|\brevolutioni[sz]\w+|\bstreamlin(?:e|es|ing) your\b|\b(?:don(?:'|’)t|do not) miss (?:out|this)|\bact now\b|\blimited time\b|\bboost your (?:sales|productivity|revenue|growth)/gi,
  },
];

/** Stock phrases of a draft, in the order of the text. */
export function findStock(text: string): StockPhrase[] {
  return stock
    .flatMap(({ kind, pattern }) =>
      Array.from(text.matchAll(pattern), (match) => ({
        kind,
        start: match.index,
        end: match.index + match[0].length,
        text: match[0],
      })),
    )
    .sort((one, other) => one.start - other.start);
}

/** Advice with its source: something to weigh, never a part of the score. */
export interface Advice {
  readonly about: 'length' | 'reading grade' | 'questions' | 'asks' | 'hedges';
  readonly value: number;
  /** What was measured, and what was published about it. */
  readonly sentence: string;
  readonly source: string;
}

/**
 * Length, reading grade, questions and asks beside what has been published about them; hedges beside the rep's own
 * rate per 100 words, where that is known.
 */
export function advise(draft: string, ownHedges: number | null = null): Advice[] {
  const { body } = mailParts(draft);
  const text = draft.slice(body.start, body.end);
  const length = words(text).length;
  if (length === 0) return [];
  const sentences = sentenceSpans(text);
  const questions = sentences.filter(({ start, end }) => /\?["'”’)]*$/.test(text.slice(start, end))).length;
  const asks = findStock(text).filter(({ kind }) => kind === 'closer').length;
  const grade = readingGrade(text);
  const hedges = ownHedges === null ? [] : [hedgeAdvice(measureTrait('hedges', text), ownHedges)];
  return [
    {
      about: 'length',
      value: length,
      sentence: `${length} words. Published advice disagrees: 25 to 50, 50 to 125, and 101 to 200 words have each been found best.`,
      source: 'Lavender; Boomerang; Belkins',
    },
    {
      about: 'reading grade',
      value: grade,
      sentence: `Reads at school grade ${Math.max(0, Math.round(grade))}. Grades 3 to 5 have been found to get the most replies.`,
      source: 'Lavender; Boomerang. Measure: Kincaid et al. 1975',
    },
    {
      about: 'questions',
      value: questions,
      sentence: `${count(questions, 'question')}. One to three have been found to get half again as many replies as none.`,
      source: 'Boomerang',
    },
    {
      about: 'asks',
      value: asks,
      sentence: `${count(asks, 'stock request')} for time. One plain ask is easier to answer than two.`,
      source: 'Judgement',
    },
    ...hedges,
  ];
}

function hedgeAdvice(rate: number, own: number): Advice {
  const beside =
    rate > 2 * own + 1
      ? 'That is more than you usually do'
      : rate < own / 2 - 0.5
        ? 'That is less than you usually do'
        : 'That is about as usual for you';
  return {
    about: 'hedges',
    value: rate,
    sentence: `${rate.toFixed(1)} hedges (“maybe”, “just”, “I think”) per 100 words. ${beside}: your mails have ${own.toFixed(1)}.`,
    source: 'Your own mails; a count alone tells nothing',
  };
}

const count = (n: number, noun: string) => `${n === 0 ? 'No' : n} ${noun}${n === 1 ? '' : 's'}`;

/** Flesch-Kincaid grade: `0.39 words/sentence + 11.8 syllables/word - 15.59` (Kincaid et al. 1975). English. */
export function readingGrade(text: string): number {
  const found = words(text);
  const sentences = Math.max(1, sentenceSpans(text).length);
  if (found.length === 0) return 0;
  const syllables = found.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (found.length / sentences) + 11.8 * (syllables / found.length) - 15.59;
}

/** Groups of vowels, a silent final e left out; at least one. */
function syllablesOf(word: string): number {
  const groups = word
    .toLowerCase()
    .replace(/(?<=[^l])e$|(?<=[^td])ed$/, '')
    .match(/[aeiouyäöüéèà]+/g);
  return Math.max(1, groups?.length ?? 1);
}
