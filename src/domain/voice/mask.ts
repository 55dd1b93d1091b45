/**
 * Words that carry style rather than subject: those that at least this share of writers use, whatever they write
 * about. All others are masked before characters are counted, so that a draft is not taken for the rep's because it
 * speaks of the same product (after Stamatatos 2017, who calls it text distortion).
 */
const commonShare = 0.15;

const wordPattern = /\p{L}+(?:['’]\p{L}+)?/gu;

/** The words common to many writers, in lower case with straight apostrophes. */
export function commonWords(writers: readonly { readonly mails: readonly string[] }[]): ReadonlySet<string> {
  const users = new Map<string, number>();
  for (const { mails } of writers) {
    const used = new Set(
      mails.flatMap((mail) => Array.from(mail.matchAll(wordPattern), ([word]) => plain(word))),
    );
    for (const word of used) users.set(word, (users.get(word) ?? 0) + 1);
  }
  const least = Math.max(2, commonShare * writers.length);
  return new Set([...users].filter(([, count]) => count >= least).map(([word]) => word));
}

/**
 * The text with every digit as `#` and every word that is not common as `x`, keeping its length, its capital and,
 * of longer words, the last two letters (which hold the grammar). As long as the text itself.
 */
export function maskSubjects(text: string, common: ReadonlySet<string>): string {
  return text.replace(/\d/g, '#').replace(wordPattern, (word) => {
    if (common.has(plain(word))) return word;
    const first = /^\p{Lu}/u.test(word) ? 'X' : 'x';
    const ending = word.length > 4 ? (/[\p{L}'’]\p{L}$/u.exec(word)?.[0] ?? '') : '';
    return first.padEnd(word.length - ending.length, 'x') + ending;
  });
}

function plain(word: string): string {
  return word.toLowerCase().replace('’', "'");
}
