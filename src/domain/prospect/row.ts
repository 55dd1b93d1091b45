import { type Mapping, type ProspectField, prospectFields } from '../list';
import {
  companyKey,
  countEmails,
  emailDomain,
  emailKey,
  employeeCount,
  profileKey,
  profileUrl,
  websiteDomain,
} from './address';
import { nameKey, splitName } from './name';

/** The fields a prospect is stored with: those of a list, the whole name split. */
export const storedFields = prospectFields.filter((field) => field !== 'fullName');

export type StoredField = (typeof storedFields)[number];

/** A row as it would be stored. Blank fields are empty strings; `employees` is a whole number in digits. */
export interface ProspectRow {
  readonly values: Record<StoredField, string>;
  /** Whatever of the row no field holds as it stood, by header. */
  readonly extra: Map<string, string>;
  /** What was mended or is odd. */
  readonly notes: { readonly column: string; readonly reason: string }[];
  /** What stands where an address or a profile should and is none: "“n/a@” is not an email address". */
  readonly unusable: string[];
}

/** What a prospect is told apart by; empty where there is none. */
export interface Identity {
  readonly email: string;
  readonly profile: string;
  /** As `nameKey` makes it. */
  readonly name: string;
  readonly domain: string;
  /** As `companyKey` makes it. */
  readonly company: string;
}

/** Longest cell kept: the most that a cell of Excel holds. */
export const maxCellLength = 32_767;
/** Longest value of a field that isn't prose. */
const maxFieldLength = 500;

const prose: ReadonlySet<ProspectField> = new Set(['description', 'keywords']);

/** How the rows of one list become prospects. */
export interface RowPlan {
  readonly headers: readonly string[];
  /** The columns of each field, in the order of the file. */
  readonly columns: ReadonlyMap<ProspectField, readonly number[]>;
  /** Columns under their own header. */
  readonly kept: readonly number[];
}

export function planRows(headers: readonly string[], mapping: Mapping): RowPlan {
  const indexes = [...headers.keys()];
  const columns = new Map<ProspectField, number[]>();
  // In the order of the fields, so that a whole name is looked at when its parts are known.
  for (const field of prospectFields) {
    const filling = indexes.filter((i) => mapping[i] === field);
    if (filling.length > 0) columns.set(field, filling);
  }
  return { headers, columns, kept: indexes.filter((i) => (mapping[i] ?? null) === null) };
}

/**
 * The prospect in a row. Of several columns for one field the first with a usable value counts (of profile links the
 * most lasting one; places and keywords are joined); a cell whose content no field keeps as it stood goes to `extra`
 * under its header, so that nothing of the row is lost.
 */
export function readRow(plan: RowPlan, cells: readonly string[]): ProspectRow {
  const row: ProspectRow = {
    values: Object.fromEntries(storedFields.map((field) => [field, ''])) as Record<StoredField, string>,
    extra: new Map(),
    notes: [],
    unusable: [],
  };
  const cellOf = (i: number) => tidy(cells[i] ?? '', plan.headers[i]!, row);

  for (const i of plan.kept) keep(row, plan.headers[i]!, cellOf(i));
  for (const i of range(plan.headers.length, cells.length)) keep(row, `Column ${i + 1}`, cellOf(i));
  for (const [field, indexes] of plan.columns) {
    const candidates = indexes.map((i) => ({ header: plan.headers[i]!, cell: cellOf(i) }));
    fillers[field](
      row,
      candidates.filter(({ cell }) => !isPlaceholder(cell)),
      field,
    );
  }
  if (row.values.domain === '' && row.values.email !== '') row.values.domain = emailDomain(row.values.email);
  return row;
}

interface Candidate {
  readonly header: string;
  readonly cell: string;
}

type Filler = (row: ProspectRow, candidates: readonly Candidate[], field: ProspectField) => void;

const first: Filler = (row, candidates, field) => {
  const [chosen, ...others] = candidates;
  if (!chosen) return;
  const value = prose.has(field) ? chosen.cell : shorten(row, chosen);
  row.values[field as StoredField] = value;
  for (const other of others) if (other.cell !== chosen.cell) keep(row, other.header, other.cell);
};

const joined: Filler = (row, candidates, field) => {
  const parts: string[] = [];
  for (const { cell } of candidates) if (!parts.includes(cell)) parts.push(cell);
  const value = parts.join(', ');
  row.values[field as StoredField] = prose.has(field) ? value : value.slice(0, maxFieldLength);
};

/** The first candidate that `read` makes something of; one that isn't exactly what is stored stays in `extra`. */
function parsed(
  read: (cell: string) => string,
  complaint: string | undefined,
  isSame: (cell: string, value: string) => boolean,
): Filler {
  return (row, candidates, field) => {
    const stored = field as StoredField;
    for (const { header, cell } of candidates) {
      const value = read(cell);
      if (value !== '' && row.values[stored] === '') {
        row.values[stored] = value;
        if (!isSame(cell, value)) keep(row, header, cell);
      } else {
        if (value !== row.values[stored] || value === '') keep(row, header, cell);
        if (value === '' && complaint !== undefined) {
          if (stored !== 'employees') row.unusable.push(`“${excerpt(cell)}” ${complaint}`);
          row.notes.push({
            column: header,
            reason: `“${excerpt(cell)}” ${complaint}; it stays under its own header.`,
          });
        }
      }
    }
  };
}

const readEmail = parsed(emailKey, 'is not an email address', (cell, value) => cell.toLowerCase() === value);

const fillers: Readonly<Record<ProspectField, Filler>> = {
  firstName: first,
  lastName: first,
  fullName(row, candidates) {
    const [chosen, ...others] = candidates;
    for (const other of others) if (other.cell !== chosen?.cell) keep(row, other.header, other.cell);
    if (!chosen) return;
    const { firstName, lastName } = row.values;
    if (firstName === '' && lastName === '') {
      const { first, last } = splitName(shorten(row, chosen));
      row.values.firstName = first;
      row.values.lastName = last;
    }
    if (`${row.values.firstName} ${row.values.lastName}`.trim() !== chosen.cell)
      keep(row, chosen.header, chosen.cell);
  },
  title: first,
  email(row, candidates, field) {
    for (const { header, cell } of candidates)
      if (countEmails(cell) > 1)
        row.notes.push({ column: header, reason: 'has several addresses; the first one is used.' });
    readEmail(row, candidates, field);
  },
  emailStatus: first,
  linkedinUrl(row, candidates, field) {
    // A name in the address lasts; a member id or a Sales Navigator link is only good inside LinkedIn.
    const rank = ({ cell }: Candidate) =>
      profileKey(cell) === '' ? 2 : /\/in\/(?!AC[owr])/i.test(cell) ? 0 : 1;
    readProfile(
      row,
      candidates.toSorted((a, b) => rank(a) - rank(b)),
      field,
    );
  },
  phone(row, candidates, field) {
    // Exports put an apostrophe before a plus so that a spreadsheet leaves it alone.
    first(
      row,
      candidates.map(({ header, cell }) => ({ header, cell: cell.replace(/^'(?=[+\d(])/, '') })),
      field,
    );
  },
  location: joined,
  company: first,
  domain: parsed(
    websiteDomain,
    undefined,
    (cell, value) => cell.toLowerCase().replace(/^(https?:\/\/)?(www\.)?|\/$/g, '') === value,
  ),
  industry: first,
  keywords: joined,
  employees: parsed(
    (cell) => employeeCount(cell)?.toString() ?? '',
    'is not a number of employees',
    (cell, value) => cell === value,
  ),
  description: first,
};

const readProfile = parsed(
  (cell) => (profileKey(cell) === '' ? '' : profileUrl(cell)),
  'is not a LinkedIn profile',
  (cell, value) => value.endsWith(cell),
);

/** What the prospect of a row is told apart by. */
export function identityOf({ values }: Pick<ProspectRow, 'values'>): Identity {
  return {
    email: values.email,
    profile: profileKey(values.linkedinUrl),
    name: nameKey(`${values.firstName} ${values.lastName}`),
    domain: values.domain,
    company: companyKey(values.company),
  };
}

/** Name, domain and company as the one key they are stored under; empty where there is no name, or nothing beside it. */
export function printNameKey({ name, domain, company }: Identity): string {
  return name === '' || (domain === '' && company === '') ? '' : `${name}|${domain}|${company}`;
}

export function parseNameKey(key: string): Pick<Identity, 'name' | 'domain' | 'company'> {
  const [name = '', domain = '', company = ''] = key.split('|');
  return { name, domain, company };
}

/** Why a row can't be used, as a sentence; undefined where it can: by an email, a profile link, or a name with a company. */
export function rejection(row: ProspectRow, identity: Identity): string | undefined {
  if (identity.email !== '' || identity.profile !== '' || printNameKey(identity) !== '') return undefined;
  const wrong = row.unusable.length > 0 ? `${row.unusable.join(', ')}. ` : '';
  const missing = `${wrong}There is no usable email, no profile link`;
  if (identity.name !== '') return `${missing} and no company beside the name.`;
  if (identity.company !== '') return `${missing} and no name, only a company.`;
  return `${missing} and no name.`;
}

/** A person as lists of rows show one: "Ada Lovelace, Engines Ltd", else the address. */
export function labelOf(values: Readonly<Record<StoredField, string>>): string {
  const name = `${values.firstName} ${values.lastName}`.trim();
  const who = name || values.email || values.linkedinUrl.replace(/^https?:\/\/(www\.)?/, '');
  return values.company === '' ? who : `${who}, ${values.company}`;
}

/** Fills the blanks of `kept` from `other`; what differs stays as `kept` has it. */
export function fillBlanks(kept: ProspectRow, other: ProspectRow): void {
  for (const field of storedFields) if (kept.values[field] === '') kept.values[field] = other.values[field];
  for (const [header, value] of other.extra) if (!kept.extra.has(header)) kept.extra.set(header, value);
}

// ---------------------------------------------------------------- cells

function tidy(raw: string, header: string, row: ProspectRow): string {
  if (raw === '') return raw;
  // ="0049" is how exports keep Excel from reading a number; the rest are blanks that don't look like any.
  const cell = isTidy(raw)
    ? raw
    : raw.replace(/^="(.*)"$/s, '$1').replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, '');
  if (cell.length <= maxCellLength) return cell;
  row.notes.push({
    column: header,
    reason: `is ${cell.length.toLocaleString('en')} characters long; the first ${maxCellLength.toLocaleString('en')} are kept.`,
  });
  return cut(cell, maxCellLength);
}

/** Nearly every cell begins and ends with a letter, a digit or a point. */
function isTidy(raw: string): boolean {
  const first = raw.charCodeAt(0);
  const last = raw.charCodeAt(raw.length - 1);
  return first > 32 && first < 127 && first !== 61 && last > 32 && last < 127;
}

function shorten(row: ProspectRow, { header, cell }: Candidate): string {
  if (cell.length <= maxFieldLength) return cell;
  row.notes.push({
    column: header,
    reason: `is too long for its place; the first ${maxFieldLength} characters are taken, and the whole is kept under its own header.`,
  });
  keep(row, header, cell);
  return cut(cell, maxFieldLength);
}

/** Cuts without splitting a character in two. */
function cut(text: string, length: number): string {
  const isSplit = /[\ud800-\udbff]/.test(text[length - 1]!);
  return text.slice(0, isSplit ? length - 1 : length);
}

function keep(row: ProspectRow, header: string, cell: string): void {
  if (cell !== '') row.extra.set(header, cell);
}

/** What tools write where they have nothing. ("Null" and "None" as written are people's names.) */
function isPlaceholder(cell: string): boolean {
  return (
    cell === '' ||
    /^(#?[nN]\/[aA]|null|NULL|undefined|\(blank\)|\(none\)|-+|–|—|\.|#REF!|#VALUE!|NaN)$/.test(cell)
  );
}

function excerpt(cell: string): string {
  const line = cell.replace(/\s+/g, ' ');
  return line.length > 40 ? `${cut(line, 39)}…` : line;
}

function* range(from: number, to: number): Generator<number> {
  for (let i = from; i < to; i++) yield i;
}
