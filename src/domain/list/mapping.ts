import type { Mapping, ProspectField } from '../list';
import { headerKey, headerMeaning } from './headers';

/** The mapping found, and the indexes of the columns whose place was guessed from what they hold. */
export interface FoundMapping {
  readonly mapping: Mapping;
  readonly unsure: readonly number[];
}

/** Fields whose columns all count, whatever their rank: where the first is blank the next one helps out. */
const fieldsWithSpares: ReadonlySet<ProspectField> = new Set(['email', 'linkedinUrl', 'phone']);

/**
 * Finds which field each column fills. Headers we know decide; a column with any other header is guessed from its
 * values where they speak plainly, and only for a field that nothing else fills: such columns are `unsure`. What is
 * left stays under its own header.
 *
 * @param columns values of each column, blanks left out; a few hundred rows are enough
 */
export function mapColumns(
  headers: readonly string[],
  columns: readonly (readonly string[])[],
): FoundMapping {
  const meanings = headers.map(headerMeaning);
  const lowestRank = new Map<ProspectField, number>();
  for (const meaning of meanings)
    if (meaning?.kind === 'field')
      lowestRank.set(meaning.field, Math.min(meaning.rank, lowestRank.get(meaning.field) ?? Infinity));

  const mapping: (ProspectField | null)[] = meanings.map((meaning, i) => {
    if (meaning?.kind === 'address') return addressField(headers[i]!, columns[i]!);
    if (meaning?.kind !== 'field') return null;
    const isWanted = meaning.rank === lowestRank.get(meaning.field) || fieldsWithSpares.has(meaning.field);
    return isWanted ? meaning.field : null;
  });

  const taken = new Set(mapping.filter((field) => field !== null));
  const unsure: number[] = [];
  for (const [i, meaning] of meanings.entries()) {
    if (meaning) continue;
    const guess = guessField(headers[i]!, columns[i]!, taken);
    if (guess === undefined) continue;
    mapping[i] = guess;
    taken.add(guess);
    unsure.push(i);
  }
  return { mapping, unsure };
}

/** Whether a mapping lets rows be told apart at all: by an address, a profile link, or a name with a company. */
export function identifies(mapping: Mapping): boolean {
  const has = (field: ProspectField) => mapping.includes(field);
  return (
    has('email') ||
    has('linkedinUrl') ||
    ((has('fullName') || has('firstName') || has('lastName')) && (has('company') || has('domain')))
  );
}

/** Names of the columns, each once: blank headers are numbered, repeated ones counted ("Notes (2)"). */
export function uniqueHeaders(headers: readonly string[]): string[] {
  const seen = new Set<string>();
  return headers.map((raw, i) => {
    const header = raw.replace(/\s+/g, ' ').trim() || `Column ${i + 1}`;
    let name = header;
    for (let copy = 2; seen.has(name); copy++) name = `${header} (${copy})`;
    seen.add(name);
    return name;
  });
}

/** "URL" is a person's profile in one export and a website in another. */
function addressField(header: string, values: readonly string[]): ProspectField | null {
  if (share(values, isProfile) > 0.5) return 'linkedinUrl';
  if (values.length === 0) return headerKey(header).includes('company') ? null : 'linkedinUrl';
  return share(values, isWebsite) > 0.5 && share(values, isLinkedin) < 0.1 ? 'domain' : null;
}

const isEmail = (value: string) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(value);
const isProfile = (value: string) => /\blinkedin\.[a-z]{2,}\/(in|pub|sales)\//i.test(value);
const isLinkedin = (value: string) => /\blinkedin\.[a-z]{2,}\b/i.test(value);
const isWebsite = (value: string) => /^(https?:\/\/)?([\p{L}\d-]+\.)+[a-z]{2,}(\/\S*)?$/iu.test(value);
const isPhone = (value: string) =>
  /^'?[+(]?\d[\d\s().+/-]{6,}(\s*(x|ext\.?)\s*\d+)?$/i.test(value) && value.replace(/\D/g, '').length >= 8;
const isHeadcount = (value: string) =>
  /^\d[\d,.]*k?\s*(-|–|to)\s*\d[\d,.]*k?(\s*employees)?$|^\d[\d,.]*k?\+(\s*employees)?$/i.test(value);
const isCompany = (value: string) =>
  /\b(inc|llc|ltd|limited|gmbh|corp|corporation|co|ag|sa|sas|srl|spa|bv|oy|ab|plc|group|technologies|labs|solutions)\.?$/i.test(
    value,
  );
const isTitle = (value: string) =>
  /\b(ceo|cto|cfo|coo|cmo|cro|vp|svp|evp|president|director|head|manager|founder|owner|lead|engineer|officer|partner|analyst|consultant|specialist|coordinator|executive|chief|account|sales)\b/i.test(
    value,
  ) && value.length < 80;
const isName = (value: string) =>
  /^[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*(\s[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*){1,3}$/u.test(value);

/** What plain values look like, the surest first, and the share of them that must. */
const shapes: readonly (readonly [ProspectField, (value: string) => boolean, number])[] = [
  ['email', isEmail, 0.7],
  ['linkedinUrl', isProfile, 0.7],
  ['domain', (value) => isWebsite(value) && !isLinkedin(value), 0.8],
  ['employees', isHeadcount, 0.8],
  ['phone', isPhone, 0.8],
  ['title', isTitle, 0.6],
  ['company', isCompany, 0.3],
  ['fullName', isName, 0.8],
];

/** Headers of the rep's own that end in one we know: "Champion Job Title". */
const hints: readonly (readonly [string, ProspectField])[] = [
  ['firstname', 'firstName'],
  ['lastname', 'lastName'],
  ['fullname', 'fullName'],
  ['jobtitle', 'title'],
  ['companyname', 'company'],
  ['accountname', 'company'],
];

function guessField(
  header: string,
  values: readonly string[],
  taken: ReadonlySet<ProspectField>,
): ProspectField | undefined {
  const key = headerKey(header);
  const hint = hints.find(([ending, field]) => key.endsWith(ending) && !taken.has(field));
  if (hint) return hint[1];
  if (values.length < 2) return undefined;
  const hasName = taken.has('firstName') || taken.has('lastName');
  for (const [field, looks, enough] of shapes)
    if (!taken.has(field) && !(field === 'fullName' && hasName) && share(values, looks) >= enough)
      return field;
  const lengths = values.map((value) => value.length).sort((a, b) => a - b);
  const isProse = lengths[lengths.length >> 1]! > 80;
  return isProse && !taken.has('description') ? 'description' : undefined;
}

function share(values: readonly string[], test: (value: string) => boolean): number {
  if (values.length === 0) return 0;
  return values.filter(test).length / values.length;
}
