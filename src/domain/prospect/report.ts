import { z } from 'zod';
import type { DuplicateGroup, ImportChoices, ListReport } from '../list';
import { harmless, printRecord, readRecord } from '../list/csv';
import { fail, type Result, succeed } from '../result';
import type { Duplicates } from './duplicates';
import { labelOf } from './row';
import { type ListSource, rawRow, rowAt, type SiftedRows } from './sift';

/** How many of each list the page is given at once. */
const listed = 1000;
/** How many rows of one group are named. */
const namedRows = 20;

/** A list looked through under a mapping: what its report speaks of. */
export interface Findings {
  readonly source: ListSource;
  readonly sifted: SiftedRows;
  readonly groups: readonly Duplicates[];
  readonly existingIds: Int32Array;
  /** What a stored prospect is called, by its position. */
  labelOfExisting(position: number): string;
}

/** Whether a group is merged under the rep's choices. */
export function isMerged(findings: Findings, choices: ImportChoices): (group: Duplicates) => boolean {
  const flipped = new Set(choices.flipped);
  return (group) =>
    (group.certain ? choices.mergeCertain : choices.mergeSimilar) !== flipped.has(keyOf(findings, group));
}

/** Lines of rows, which stay the same for the same file, name a group. */
function keyOf({ source, sifted }: Findings, group: Duplicates): string {
  return `${group.certain ? 'same' : 'similar'}-${source.rows.lines[sifted.usable[group.rows[0]!]!]!}`;
}

/** The report of what was found: the first of each list, and how many there are. */
export function listReport(findings: Findings, choices: ImportChoices): ListReport {
  const { source, sifted, groups } = findings;
  const merged = isMerged(findings, choices);
  return {
    rejected: sifted.rejected.slice(0, listed).map((index, i) => ({
      line: source.rows.lines[index]!,
      reason: sifted.whyRejected[i]!,
      raw: excerpt(rawRow(source, index)),
    })),
    rejectedCount: sifted.rejected.length,
    notes: sifted.notes.slice(0, listed),
    noteCount: sifted.notes.length,
    duplicates: groups.slice(0, listed).map((group) => describeGroup(findings, group, merged(group))),
    duplicateCount: groups.length,
    certainCount: groups.filter(({ certain }) => certain).length,
  };
}

function describeGroup(findings: Findings, group: Duplicates, merged: boolean): DuplicateGroup {
  const { source, sifted } = findings;
  const rows = group.rows.slice(0, namedRows).map((position) => {
    const index = sifted.usable[position]!;
    return { line: source.rows.lines[index]!, label: labelOf(rowAt(source, sifted.plan, index).values) };
  });
  const stored =
    group.existing < 0
      ? []
      : [
          {
            line: 0,
            label: findings.labelOfExisting(group.existing),
            existingId: findings.existingIds[group.existing]!,
          },
        ];
  return {
    rows: [...stored, ...rows],
    rowCount: stored.length + group.rows.length,
    reason: group.reason,
    certain: group.certain,
    merged,
    key: keyOf(findings, group),
  };
}

function excerpt(raw: string): string {
  return raw.length > 300 ? `${raw.slice(0, 299)}…` : raw;
}

// ---------------------------------------------------------------- kept with the list

const keptProblem = z.object({
  line: z.number(),
  column: z.string().exactOptional(),
  reason: z.string(),
  raw: z.string(),
});

/** A report as it is kept: whole, with the rows as they stood. */
const keptReport = z.object({
  version: z.literal(1),
  delimiter: z.string(),
  headers: z.array(z.string()).readonly(),
  rejected: z.array(keptProblem).readonly(),
  notes: z.array(keptProblem).readonly(),
  duplicates: z.array(
    z.object({
      rows: z
        .array(z.object({ line: z.number(), label: z.string(), existingId: z.number().exactOptional() }))
        .readonly(),
      rowCount: z.number(),
      reason: z.string(),
      certain: z.boolean(),
      merged: z.boolean(),
      key: z.string(),
      raws: z.array(z.object({ line: z.number(), raw: z.string() })),
    }),
  ),
});
type KeptReport = z.infer<typeof keptReport>;

/** The whole report, with each row it speaks of as it stood in the file; UTF-8, read by {@link readReport}. */
export function printReport(findings: Findings, choices: ImportChoices): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(wholeReport(findings, choices)));
}

function wholeReport(findings: Findings, choices: ImportChoices): KeptReport {
  const { source, sifted, groups } = findings;
  const { lines } = source.rows;
  const merged = isMerged(findings, choices);
  const kept = (index: number) => ({ line: lines[index]!, raw: rawRow(source, index) });
  const indexOf = new Map(
    sifted.notes.length > 0 ? sifted.usable.map((index) => [lines[index]!, index]) : [],
  );
  return {
    version: 1,
    delimiter: source.layout.delimiter,
    headers: source.rows.headers,
    rejected: sifted.rejected.map((index, i) => ({ ...kept(index), reason: sifted.whyRejected[i]! })),
    notes: sifted.notes.map((note) => ({ ...note, raw: rawRow(source, indexOf.get(note.line)!) })),
    duplicates: groups.map((group) => ({
      ...describeGroup(findings, group, merged(group)),
      raws: group.rows.map((position) => kept(sifted.usable[position]!)),
    })),
  };
}

function parseReport(bytes: Uint8Array): Result<KeptReport> {
  try {
    return succeed(keptReport.parse(JSON.parse(new TextDecoder().decode(bytes))));
  } catch {
    return fail(
      'report-unreadable',
      'The report of this import can’t be read; it was written by another version. The list itself is whole.',
    );
  }
}

/** A kept report as it is shown: the first of each list, and how many there are. */
export function readReport(bytes: Uint8Array): Result<ListReport> {
  const report = parseReport(bytes);
  if (!report.ok) return report;
  const { rejected, notes, duplicates } = report.value;
  return succeed({
    rejected: rejected.slice(0, listed).map(({ line, reason, raw }) => ({ line, reason, raw: excerpt(raw) })),
    rejectedCount: rejected.length,
    notes: notes.slice(0, listed).map(({ raw: _, ...note }) => note),
    noteCount: notes.length,
    duplicates: duplicates.slice(0, listed).map(({ raws: _, ...group }) => group),
    duplicateCount: duplicates.length,
    certainCount: duplicates.filter(({ certain }) => certain).length,
  });
}

/**
 * A report as CSV, for a spreadsheet: one line for each row it speaks of, with what became of it and why, then its
 * cells as they stood, so that it can be mended and imported again.
 */
export function printReportCsv(bytes: Uint8Array): Result<string> {
  const report = parseReport(bytes);
  if (!report.ok) return report;
  const { delimiter, headers, rejected, notes, duplicates } = report.value;
  const line = (what: string, problem: z.infer<typeof keptProblem>) =>
    printRecord(
      [
        String(problem.line),
        what,
        problem.column === undefined ? problem.reason : `${problem.column}: ${problem.reason}`,
        ...readRecord(problem.raw, delimiter, 0).cells,
      ].map(harmless),
    );
  const lines = [
    printRecord(['Line', 'What became of it', 'Why', ...headers].map(harmless)),
    ...rejected.map((row) => line('not used', row)),
    ...duplicates.flatMap(({ raws, rows, merged, reason }) => {
      const [kept] = rows;
      const isStored = kept?.existingId !== undefined;
      const where = isStored ? `${kept.label}, already in the workbench` : `line ${raws[0]?.line}`;
      return (isStored ? raws : raws.slice(1)).map((row) =>
        line(merged ? `merged with ${where}` : `kept apart from ${where}`, { ...row, reason }),
      );
    }),
    ...notes.map((row) => line('used, with a note', row)),
  ];
  return succeed(`\ufeff${lines.join('\r\n')}\r\n`);
}
