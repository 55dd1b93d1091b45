import type { TextColumn } from '../list';
import { wordSpans } from '../text';
import type { Work } from './work';

/** Many texts as numbers: the words of text i are `tokens[starts[i], starts[i + 1])`, indexes into `words`. */
export interface Corpus {
  /** In lower case, singular where the texts have it. */
  readonly words: readonly string[];
  /** The same as most texts write them: "payments", "API". */
  readonly labels: readonly string[];
  /** {@link pause} stands where a phrase ends (a comma, a full stop, a line break). */
  readonly tokens: Int32Array;
  readonly starts: Uint32Array;
}

/** The token where a phrase ends. */
const pause = -1;

// Scripts written without spaces: their runs are cut into words by the platform's dictionary.
const spaceless =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}\p{sc=Myanmar}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Reads the texts of `rows`, in that order. The words of `except(row)` are passed over in the text of that row. */
export function* readCorpus(
  texts: TextColumn,
  rows: Uint32Array,
  except: (row: number) => ReadonlySet<string>,
): Work<Corpus> {
  const forms = new Map<string, number>();
  const tokens = new Growing();
  const starts = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) {
    const text = textAt(texts, row).normalize('NFKC');
    const passedOver = except(row);
    let end = 0;
    for (const span of wordSpans(text)) {
      if (tokens.length > starts[i]! && !isBlank(text, end, span.start)) tokens.push(pause);
      end = span.end;
      const run = text.slice(span.start, span.end);
      const parts = spaceless.test(run) ? Array.from(segmenter.segment(run), (part) => part.segment) : [run];
      for (const form of parts) {
        if (passedOver.has(form.toLowerCase())) {
          tokens.push(pause);
          continue;
        }
        let token = forms.get(form);
        if (token === undefined) {
          token = forms.size;
          forms.set(form, token);
        }
        tokens.push(token);
      }
    }
    starts[i + 1] = tokens.length;
    if (i % 64 === 0) yield { done: i, total: rows.length, what: 'descriptions read' };
  }
  yield;
  return { ...mergeForms([...forms.keys()], tokens.trimmed()), starts };
}

/** Text `row` of a column. */
export function textAt({ bytes, offsets }: TextColumn, row: number): string {
  return decoder.decode(bytes.subarray(offsets[row]!, offsets[row + 1]!));
}
const decoder = new TextDecoder();

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text[at] !== ' ') return false;
  return true;
}

/** Makes one word of the forms it is written in: with capitals or without, singular or plural. */
function mergeForms(forms: readonly string[], tokens: Int32Array): Omit<Corpus, 'starts'> {
  const uses = new Uint32Array(forms.length);
  for (const token of tokens) if (token >= 0) uses[token] = uses[token]! + 1;
  const lower = forms.map((form) => form.toLowerCase().replace(/['’]s$/, ''));
  const written = forms.map((form, i) => (hasInnerCapital(form) ? form.replace(/['’]s$/, '') : lower[i]!));
  const lowerUses = tallied(lower, uses);
  const writtenUses = tallied(written, uses);

  const index = new Map<string, number>();
  const words: string[] = [];
  const labels: string[] = [];
  const wordOf = Int32Array.from(forms, (_, form) => {
    const singular = singularOf(lower[form]!);
    // "sales" is no plural of the rare "sale", nor "news" of the frequent "new".
    const share = (lowerUses.get(singular) ?? 0) / lowerUses.get(lower[form]!)!;
    const word = share > 0.2 && share < 20 ? singular : lower[form]!;
    let at = index.get(word);
    if (at === undefined) {
      at = words.length;
      index.set(word, at);
      words.push(word);
      labels.push(written[form]!);
    } else if (writtenUses.get(written[form]!)! > writtenUses.get(labels[at]!)!) labels[at] = written[form]!;
    return at;
  });
  return { words, labels, tokens: tokens.map((token) => (token < 0 ? token : wordOf[token]!)) };
}

function tallied(names: readonly string[], uses: Uint32Array): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [i, name] of names.entries()) sums.set(name, (sums.get(name) ?? 0) + uses[i]!);
  return sums;
}

/** "API", "SaaS", "iOS"; not "Payments". */
function hasInnerCapital(form: string): boolean {
  return /^.+\p{Lu}/u.test(form);
}

/** The English singular by rule; right where the singular is a word of the texts, which the caller checks. */
export function singularOf(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Whole numbers, as many as come. */
class Growing {
  private items = new Int32Array(1 << 16);
  length = 0;

  push(item: number): void {
    if (this.length === this.items.length) {
      const longer = new Int32Array(this.length * 2);
      longer.set(this.items);
      this.items = longer;
    }
    this.items[this.length++] = item;
  }

  trimmed(): Int32Array {
    return this.items.slice(0, this.length);
  }
}
