/** A person's name in the two parts that mails use. */
export interface SplitName {
  readonly first: string;
  readonly last: string;
}

const honorifics = new Set(
  'mr mrs ms miss mx dr prof professor sir dame madam herr frau monsieur madame mme mlle sra srta dipl-ing'.split(
    ' ',
  ),
);
/** Honorifics only with their point, for without it they are names: "Ing. Novák", "Ing Li". */
const pointedHonorifics = new Set('ing mag rev fr dott sr hon'.split(' '));
const suffixes = new Set(
  'jr sr ii iii iv phd md mba msc bsc llm cpa cfa pmp esq esquire dds shrm-cp cissp'.split(' '),
);
/** Suffixes only behind a comma, for without it they are names: "Ann Lee, MA", "Jack Ma". */
const commaSuffixes = new Set('ma ba pe jd rn do'.split(' '));
const particles = new Set(
  'van von der den de del della di da dos das du la le el al bin ibn ben ter ten af av zu zum zur st'.split(
    ' ',
  ),
);

/** Lower case, without marks: Zoë, ZOE and zoe are one. Letters that are no Latin ones stay. */
export function plain(text: string): string {
  // Nearly all names are ASCII, for which this is much quicker.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/æ/g, 'ae')
    .replace(/đ/g, 'd');
}

/** A name as names are compared: plain, letters and digits only, one space between words. */
export function nameKey(name: string): string {
  return plain(name)
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Splits a whole name: "Smith, John" and "Dr. Ana María de la Cruz, PhD" as one would. What stands between the first
 * word and the family name goes with the first name, save a lone initial, which goes nowhere in a greeting and is left
 * out. A single word is a first name.
 */
export function splitName(full: string): SplitName {
  let words = full
    .replace(/\([^)]*\)|"[^"]*"|“[^”]*”/g, ' ')
    .replace(/\p{Extended_Pictographic}\ufe0f?/gu, ' ')
    .trim()
    .split(/\s+/);
  while (words.length > 1 && isSuffix(words.at(-1)!, words.at(-2)!.endsWith(','))) words = words.slice(0, -1);
  while (words.length > 1 && isHonorific(words[0]!)) words = words.slice(1);

  const comma = words.findIndex((word) => word.endsWith(','));
  if (comma >= 0 && comma < words.length - 1) {
    const last = words.slice(0, comma + 1).join(' ');
    const rest = words.slice(comma + 1);
    const first = rest.filter((word, i) => i === 0 || !isInitial(word));
    return { first: first.join(' ').replaceAll(',', ''), last: last.replaceAll(',', '') };
  }
  words = words.map((word) => word.replace(/,+$/, '')).filter((word) => word !== '');
  if (words.length < 2) return { first: words[0] ?? '', last: '' };

  let lastFrom = words.length - 1;
  while (lastFrom > 1 && particles.has(plain(words[lastFrom - 1]!))) lastFrom--;
  const first = words.slice(0, lastFrom).filter((word, i) => i === 0 || !isInitial(word));
  return { first: first.join(' '), last: words.slice(lastFrom).join(' ') };
}

function isSuffix(word: string, isBehindComma: boolean): boolean {
  const bare = plain(word).replace(/[.,]/g, '');
  return suffixes.has(bare) || (isBehindComma && commaSuffixes.has(bare));
}

function isHonorific(word: string): boolean {
  const bare = plain(word).replace(/[.,]/g, '');
  return honorifics.has(bare) || (word.endsWith('.') && pointedHonorifics.has(bare));
}

function isInitial(word: string): boolean {
  return /^\p{L}\.?$/u.test(word);
}

/**
 * Whether two names, as {@link nameKey} makes them, may be one person's where an address says so already: they share a
 * word ("Bob Smith", "Robert Smith"; a name changed by marriage), or are similar. An unknown name may be anyone's.
 */
export function mayBeSame(a: string, b: string): boolean {
  if (a === b || a === '' || b === '') return true;
  const theirs = b.split(' ');
  return a.split(' ').some((word) => word.length > 1 && theirs.includes(word)) || areSimilar(a, b);
}

/**
 * Whether two different names, as {@link nameKey} makes them, are close enough to ask about: "jon smith" and "john
 * smith", "j smith" and "john smith", "smith john" and "john smith".
 */
export function areSimilar(a: string, b: string): boolean {
  const ours = a.split(' ');
  const theirs = b.split(' ');
  const [firstA, lastA] = [ours[0]!, ours.at(-1)!];
  const [firstB, lastB] = [theirs[0]!, theirs.at(-1)!];
  if (ours.length > 1 && theirs.length > 1) {
    if (firstA === lastB && lastA === firstB) return true;
    if (lastA === lastB) {
      const isInitialOf = (short: string, long: string) => short.length === 1 && long.startsWith(short);
      if (isInitialOf(firstA, firstB) || isInitialOf(firstB, firstA)) return true;
      if (firstA === firstB) return true;
    }
  }
  // Short names differ by one letter and are still other people's (Ann, Dan); the first letter is seldom mistyped.
  const shorter = Math.min(a.length, b.length);
  if (shorter < 7 || a[0] !== b[0]) return false;
  return editDistance(a, b, shorter < 14 ? 1 : 2) >= 0;
}

/**
 * Least number of letters to insert, delete, replace, or swap with their neighbour (optimal string alignment) to turn
 * `a` into `b`; -1 where that is more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return -1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return -1;
    before = previous;
    previous = current;
  }
  const distance = previous[b.length]!;
  return distance <= limit ? distance : -1;
}
