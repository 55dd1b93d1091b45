import { type Span, wordSpans } from '../text';
import { grammarWords } from '../voice/style';
import { termOf, termsOf } from './pool';

/** What every sender knows of one prospect: the names, and the fields of the list export. */
export interface KnownToAll {
  /** Company, its former names, its domain, the person's first and last name. */
  readonly names: readonly string[];
  /** Industry, keywords, location, size, stage, title, one-liner: as the export has them. */
  readonly exportFields: readonly string[];
}

/** What is hidden in a sentence before it is compared; prepared once a prospect. */
export interface Mask {
  readonly nameTerms: ReadonlySet<string>;
  readonly exportTerms: ReadonlySet<string>;
}

/** Stands where something was hidden, so that what stood apart doesn't come to stand together. */
export const hidden = '▢';

const grammar = new Set(Object.values(grammarWords).flatMap((group) => [...group]));

/** Whether a word, in lower case, carries grammar rather than subject. */
export function isGrammar(word: string): boolean {
  return grammar.has(word.replaceAll('’', "'"));
}

export function prepareMask({ names, exportFields }: KnownToAll): Mask {
  // "windhelm-service.example" names the company as "windhelm" and "service" do.
  const parts = names.flatMap((name) => [name, ...name.replace(/^https?:\/\/(www\.)?/, '').split(/[./-]/)]);
  const content = (texts: readonly string[]) =>
    new Set(
      texts
        .flatMap((text) => wordSpans(text).map(({ start, end }) => text.slice(start, end).toLowerCase()))
        .filter((word) => !isGrammar(word))
        .flatMap((word) => [
          termOf(word),
          ...word
            .split(/[-&.+]/)
            .filter(Boolean)
            .map(termOf),
        ]),
    );
  return { nameTerms: content(parts), exportTerms: content(exportFields) };
}

/** The words of a sentence that the mask hides, with why. */
export function maskedSpans(
  sentence: string,
  mask: Mask,
): (Span & { readonly why: 'name' | 'export field' })[] {
  return wordSpans(sentence).flatMap((span): (Span & { readonly why: 'name' | 'export field' })[] => {
    const term = termOf(sentence.slice(span.start, span.end).normalize('NFKC').toLowerCase());
    if (mask.nameTerms.has(term)) return [{ ...span, why: 'name' }];
    if (mask.exportTerms.has(term)) return [{ ...span, why: 'export field' }];
    return [];
  });
}

/**
 * The sentence with names, or names and export fields, hidden. Hiding twice changes nothing.
 */
export function maskSentence(sentence: string, mask: Mask, hides: 'names' | 'all' = 'all'): string {
  let masked = '';
  let end = 0;
  for (const span of maskedSpans(sentence, mask)) {
    if (hides === 'names' && span.why !== 'name') continue;
    masked += sentence.slice(end, span.start) + hidden;
    end = span.end;
  }
  return masked + sentence.slice(end);
}

/** The terms of a sentence, masked or not, that say something: no grammar words, nothing hidden. */
export function contentTerms(sentence: string): string[] {
  const said = sentence.replaceAll(hidden, ' ').normalize('NFKC').toLowerCase();
  return wordSpans(said)
    .map(({ start, end }) => said.slice(start, end))
    .filter((word) => !isGrammar(word))
    .flatMap(termsOf);
}

/** A masked sentence as the embedding reads it. */
export function readable(masked: string): string {
  return masked.replaceAll(hidden, ' ').replace(/\s+/g, ' ').trim();
}
