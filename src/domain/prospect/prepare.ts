import { type PreparedList, preparedColumns } from '../list';
import { printRecord } from '../list/csv';
import type { Resolution } from './duplicates';
import { fillBlanks, identityOf, type ProspectRow, printNameKey } from './row';
import { type ListSource, rowAt, type SiftedRows } from './sift';

/** A row that becomes a prospect, with those merged into it. */
export interface StandingRow {
  readonly line: number;
  readonly row: ProspectRow;
  /** Id of the stored prospect whose blanks it fills; -1 for a new one. */
  readonly mergeInto: number;
}

/** Numbers of a preview or import under one resolution. */
export type Tally = Pick<PreparedList, 'prospectCount' | 'mergedCount' | 'knownCount'>;

export function tally({ target, into }: Resolution): Tally {
  let mergedCount = 0;
  let knownCount = 0;
  for (let i = 0; i < target.length; i++) {
    if (target[i]! >= 0) mergedCount++;
    else if (into[i]! >= 0) knownCount++;
  }
  return { prospectCount: target.length - mergedCount, mergedCount, knownCount };
}

/** The rows that become prospects, in the order of the file, their blanks filled from the rows merged into them. */
export function* standingRows(
  source: ListSource,
  sifted: SiftedRows,
  { target, into }: Resolution,
  existingIds: Int32Array,
): Generator<StandingRow, void> {
  const merged = new Map<number, number[]>();
  for (const [position, head] of target.entries())
    if (head >= 0) merged.set(head, [...(merged.get(head) ?? []), position]);

  for (const [position, index] of sifted.usable.entries()) {
    if (target[position]! >= 0) continue;
    const row = rowAt(source, sifted.plan, index);
    for (const other of merged.get(position) ?? [])
      fillBlanks(row, rowAt(source, sifted.plan, sifted.usable[other]!));
    const existing = into[position]!;
    yield {
      line: source.rows.lines[index]!,
      row,
      mergeInto: existing < 0 ? -1 : existingIds[existing]!,
    };
  }
}

/** A prospect as a line of {@link PreparedList.csv}. */
export function printPrepared({ line, row, mergeInto }: StandingRow): string {
  const { values, extra } = row;
  const identity = identityOf(row);
  const cells: Record<(typeof preparedColumns)[number], string> = {
    line: String(line),
    first_name: values.firstName,
    last_name: values.lastName,
    title: values.title,
    email: values.email,
    email_status: values.emailStatus,
    linkedin_url: values.linkedinUrl,
    phone: values.phone,
    location: values.location,
    company: values.company,
    domain: values.domain,
    industry: values.industry,
    keywords: values.keywords,
    employees: values.employees,
    description: values.description,
    extra: JSON.stringify(Object.fromEntries(extra)),
    email_key: identity.email,
    profile_key: identity.profile,
    name_key: printNameKey(identity),
    merge_into: mergeInto < 0 ? '' : String(mergeInto),
  };
  return printRecord(preparedColumns.map((column) => cells[column]));
}
