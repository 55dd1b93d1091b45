import { words } from '../text';
import { grammarWords } from './style';

// Plain words that terse mails have instead of grammar, and that no neighbouring language spells so.
const plainWords =
  'hi hello all any some new one two next last week day days need get got send sent call see know let make take work good more only still also than like time people price order page each both back'.split(
    ' ',
  );
const english: ReadonlySet<string> = new Set([
  ...Object.values(grammarWords).flatMap((set) => [...set]),
  ...plainWords,
]);

/**
 * Whether a text reads as English: a fifth of its words are English words of grammar and the like (ordinary mail has
 * 40 to 60 %; German, Dutch or Spanish below 15 %). Texts under eight words get the benefit of the doubt if they are in Latin
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
