import { words } from '../text';
import { grammarWords } from './style';

const english: ReadonlySet<string> = new Set(Object.values(grammarWords).flatMap((set) => [...set]));

/**
 * Whether a text reads as English: a fifth of its words are English words of grammar (ordinary mail has 40 to 60 %;
 * German, Dutch or Spanish below 12 %). Texts under eight words get the benefit of the doubt if they are in Latin
 * letters.
 */
export function isEnglish(text: string): boolean {
  const all = words(text.slice(0, 20_000)).filter((word) => !/\d/.test(word));
  const latin = all.filter((word) => /^[\p{Script=Latin}'’.&+#-]+$/u.test(word)).length;
  if (latin < all.length * 0.6) return false;
  if (all.length < 8) return true;
  const known = all.filter((word) => english.has(word.toLowerCase().replaceAll('’', "'"))).length;
  return known >= all.length * 0.2;
}
