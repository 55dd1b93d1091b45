import { transfer } from 'comlink';
import type {
  ExistingKeys,
  ImportChoices,
  ListPreview,
  ListReport,
  Mapping,
  PreparedList,
  ReadList,
  TextColumn,
} from '../../src/domain/list';
import { decodeList } from '../../src/domain/list/decode';
import { findLayout, type Layout } from '../../src/domain/list/layout';
import { mapColumns } from '../../src/domain/list/mapping';
import { indexRows } from '../../src/domain/list/rows';
import { companyKey } from '../../src/domain/prospect/address';
import { findDuplicates, resolve } from '../../src/domain/prospect/duplicates';
import { nameKey } from '../../src/domain/prospect/name';
import { printPrepared, standingRows, tally } from '../../src/domain/prospect/prepare';
import {
  type Findings,
  isMerged,
  listReport,
  printReport,
  printReportCsv,
  readReport,
} from '../../src/domain/prospect/report';
import { type Identity, parseNameKey } from '../../src/domain/prospect/row';
import { type ListSource, type SiftedRows, siftRows } from '../../src/domain/prospect/sift';
import { cancelled, fail, type Result, succeed } from '../../src/domain/result';
import { drive, type Report } from './job';

/**
 * Reading lists: from a file to prepared rows. A list that was read is held under a handle until it is discarded;
 * a call that fails or is stopped leaves what is held as it was.
 */
export interface ListApi {
  /** Decodes and parses. */
  readList(
    source: File | { readonly name: string; readonly text: string },
    report: Report,
  ): Promise<Result<ReadList>>;
  /** Reads a held list again, its first row taken for a header or for data. */
  setListHeader(handle: number, hasHeader: boolean, report: Report): Promise<Result<ReadList>>;
  /** `existing` is needed once for each handle; later calls may leave it out where nothing was stored meanwhile. */
  previewList(
    handle: number,
    choices: ImportChoices,
    existing: ExistingKeys | undefined,
    report: Report,
  ): Promise<Result<ListPreview>>;
  /** Makes the list ready to be stored; its bytes are moved. The handle stays. */
  prepareList(
    handle: number,
    choices: ImportChoices,
    existing: ExistingKeys,
    report: Report,
  ): Promise<Result<PreparedList>>;
  /** The report of a held list as CSV, whole. */
  listReportFile(handle: number, choices: ImportChoices, report: Report): Promise<Result<Blob>>;
  discardList(handle: number): Promise<void>;
  /** A kept report ({@link PreparedList.report}), cut to what is shown. */
  openListReport(kept: Uint8Array): Promise<Result<ListReport>>;
  /** A kept report as CSV, whole. */
  printListReport(kept: Uint8Array): Promise<Result<Blob>>;
}

/** Larger files are refused: the text is held in memory while its columns are looked at. */
const maxBytes = 128 * 2 ** 20;
/** Rows shown as they would be stored. */
const previewedRows = 20;

interface Held extends ListSource {
  readonly name: string;
  readonly encoding: string;
  readonly notes: readonly string[];
  existing: ExistingKeys | undefined;
  /** The rows under the mapping asked for last, and what was found in them beside the prospects stored then. */
  sifted: { readonly mapping: Mapping; readonly rows: SiftedRows } | undefined;
  found: { readonly existing: ExistingKeys; readonly findings: Findings } | undefined;
}

const gone = fail('list-not-held', 'This list is no longer at hand. Drop the file again.');

const nothingStored: ExistingKeys = {
  ids: new Int32Array(),
  ...Object.fromEntries(
    (['emailKeys', 'profileKeys', 'nameKeys', 'names', 'companies'] as const).map((column) => [
      column,
      { bytes: new Uint8Array(), offsets: new Uint32Array(1) },
    ]),
  ),
} as ExistingKeys;

export function createListApi(): ListApi {
  const lists = new Map<number, Held>();
  let lastHandle = 0;

  /** What there is to know of a held list under a mapping, from memory where nothing changed. */
  async function find(
    held: Held,
    mapping: Mapping,
    existing: ExistingKeys,
    report: Report,
  ): Promise<Result<Findings>> {
    const rowCount = held.rows.starts.length;
    if (held.sifted?.mapping.join() !== mapping.join()) {
      const rows = await drive(siftRows(held, mapping), (done) =>
        report({ done, total: rowCount, what: 'rows read' }),
      );
      if (!rows.ok) return rows;
      held.sifted = { mapping, rows: rows.value };
      held.found = undefined;
    }
    if (held.found?.existing === existing) return succeed(held.found.findings);
    const sifted = held.sifted!.rows;
    const stored = identitiesOf(existing);
    const groups = await drive(findDuplicates(sifted.identities, stored), (share) =>
      report({ done: Math.round(share * rowCount), total: rowCount, what: 'rows compared' }),
    );
    if (!groups.ok) return groups;
    const names = textsOf(existing.names);
    const companies = textsOf(existing.companies);
    const findings: Findings = {
      source: held,
      sifted,
      groups: groups.value,
      existingIds: existing.ids,
      labelOfExisting: (i) =>
        [names[i] || stored[i]!.email, companies[i]].filter(Boolean).join(', ') || 'a stored prospect',
    };
    held.found = { existing, findings };
    return succeed(findings);
  }

  return {
    async readList(source, report) {
      const file = source instanceof Blob ? source : new Blob([source.text]);
      if (file.size > maxBytes)
        return fail(
          'list-too-big',
          `“${source.name}” has ${megabytes(file.size)} MB; a list may have ${megabytes(maxBytes)} MB. Split it, or take out columns that aren’t needed.`,
        );
      if (!(await report({ done: 0, total: file.size, what: 'bytes read' }))) return cancelled;
      const bytes = await bytesOf(file);
      if (!bytes)
        return fail(
          'list-unreadable',
          `“${source.name}” can’t be read. It may be a folder, or have been moved, renamed or changed since it was chosen. Choose the file again.`,
        );
      const decoded = decodeList(bytes, source.name);
      if (!decoded.ok) return decoded;
      const { text, encoding, notes } = decoded.value;
      const read = await layOut(text, findLayout(text), report);
      if (!read.ok) return read;
      // Stopped at the last moment: nobody will ask for this list, so it must not be held.
      if (!(await report({ done: file.size, total: file.size, what: 'bytes read' }))) return cancelled;
      const held: Held = {
        name: source.name,
        encoding,
        notes,
        ...read.value,
        existing: undefined,
        sifted: undefined,
        found: undefined,
      };
      lists.set(++lastHandle, held);
      return succeed(overview(lastHandle, held));
    },

    async setListHeader(handle, hasHeader, report) {
      const held = lists.get(handle);
      if (!held) return gone;
      const read = await layOut(held.text, { ...held.layout, hasHeader }, report);
      if (!read.ok) return read;
      const next: Held = { ...held, ...read.value, sifted: undefined, found: undefined };
      lists.set(handle, next);
      return succeed(overview(handle, next));
    },

    async previewList(handle, choices, existing, report) {
      const held = lists.get(handle);
      if (!held) return gone;
      held.existing = existing ?? held.existing ?? nothingStored;
      const found = await find(held, choices.mapping, held.existing, report);
      if (!found.ok) return found;
      const { sifted, groups } = found.value;
      const resolution = resolve(sifted.usable.length, groups, isMerged(found.value, choices));
      const rows: ListPreview['rows'][number][] = [];
      for (const { line, row } of standingRows(held, sifted, resolution, held.existing.ids)) {
        rows.push({ line, values: Object.fromEntries([...row.extra, ...Object.entries(row.values)]) });
        if (rows.length === previewedRows) break;
      }
      return succeed({
        rows,
        usable: sifted.usable.length,
        ...tally(resolution),
        ...listReport(found.value, choices),
      });
    },

    async prepareList(handle, choices, existing, report) {
      const held = lists.get(handle);
      if (!held) return gone;
      const found = await find(held, choices.mapping, existing, report);
      if (!found.ok) return found;
      const { sifted, groups } = found.value;
      const resolution = resolve(sifted.usable.length, groups, isMerged(found.value, choices));
      const counts = tally(resolution);
      const csv = await drive(printAll(standingRows(held, sifted, resolution, existing.ids)), (done) =>
        report({ done, total: counts.prospectCount, what: 'prospects prepared' }),
      );
      if (!csv.ok) return csv;
      const prepared: PreparedList = {
        name: held.name,
        encoding: held.encoding,
        delimiter: held.layout.delimiter,
        headers: held.rows.headers,
        mapping: choices.mapping,
        rowCount: held.rows.starts.length,
        csv: csv.value,
        ...counts,
        rejectedCount: sifted.rejected.length,
        report: printReport(found.value, choices),
      };
      return succeed(transfer(prepared, [prepared.csv.buffer, prepared.report.buffer] as ArrayBuffer[]));
    },

    async listReportFile(handle, choices, report) {
      const held = lists.get(handle);
      if (!held) return gone;
      const found = await find(held, choices.mapping, held.existing ?? nothingStored, report);
      return found.ok ? csvFile(printReportCsv(printReport(found.value, choices))) : found;
    },

    async discardList(handle) {
      lists.delete(handle);
    },

    openListReport: async (kept) => readReport(kept),
    printListReport: async (kept) => csvFile(printReportCsv(kept)),
  };
}

/** The bytes of a file; undefined where the browser can't give them. */
async function bytesOf(file: Blob): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

async function layOut(text: string, layout: Layout, report: Report): Promise<Result<ListSource>> {
  const rows = await drive(indexRows(text, layout), (done) =>
    report({ done, total: text.length, what: 'characters read' }),
  );
  if (!rows.ok) return rows;
  return rows.value.ok ? succeed({ text, layout, rows: rows.value.value }) : rows.value;
}

function overview(handle: number, { name, encoding, notes, layout, rows }: Held): ReadList {
  const { mapping, unsure } = mapColumns(rows.headers, rows.values);
  return {
    handle,
    name,
    encoding,
    delimiter: layout.delimiter,
    preambleLines: layout.line - 1,
    hasHeader: layout.hasHeader,
    headers: rows.headers,
    filled: rows.filled,
    mapping,
    unsure,
    rowCount: rows.starts.length,
    sample: rows.sample,
    notes,
  };
}

/** The lines of the prepared list as bytes; yields how many are done. */
function* printAll(rows: ReturnType<typeof standingRows>): Generator<number, Uint8Array> {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  let lines: string[] = [];
  let done = 0;
  const flush = () => {
    chunks.push(encoder.encode(lines.join('')));
    lines = [];
  };
  for (const row of rows) {
    lines.push(printPrepared(row), '\n');
    if (++done % 256 !== 0) continue;
    flush();
    yield done;
  }
  flush();
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function identitiesOf({ ids, emailKeys, profileKeys, nameKeys, names, companies }: ExistingKeys): Identity[] {
  const [emails, profiles, keys, written, firms] = [emailKeys, profileKeys, nameKeys, names, companies].map(
    textsOf,
  );
  return Array.from(ids, (_, i) => {
    const key = keys![i]!;
    const told =
      key === ''
        ? { name: nameKey(written![i]!), domain: '', company: companyKey(firms![i]!) }
        : parseNameKey(key);
    return { email: emails![i]!, profile: profiles![i]!, ...told };
  });
}

function textsOf({ bytes, offsets }: TextColumn): string[] {
  const decoder = new TextDecoder();
  return Array.from({ length: offsets.length - 1 }, (_, i) =>
    offsets[i] === offsets[i + 1] ? '' : decoder.decode(bytes.subarray(offsets[i], offsets[i + 1])),
  );
}

function csvFile(text: Result<string>): Result<Blob> {
  return text.ok ? succeed(new Blob([text.value], { type: 'text/csv' })) : text;
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / 2 ** 20).toLocaleString('en');
}
