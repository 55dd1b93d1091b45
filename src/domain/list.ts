/** The fields of ours a list's column can be mapped to; a column mapped to none is kept with the row. */
export const prospectFields = [
  'firstName',
  'lastName',
  'fullName',
  'title',
  'email',
  'emailStatus',
  'linkedinUrl',
  'phone',
  'location',
  'company',
  'domain',
  'industry',
  'keywords',
  'employees',
  'description',
] as const;

export type ProspectField = (typeof prospectFields)[number];

/** For each column of the list, in order: the field it fills, or null where it is kept under its own header. */
export type Mapping = readonly (ProspectField | null)[];

/** Why a row, or a part of it, could not be used as it stands. */
export interface RowProblem {
  /** 1-based line in the file where the row begins, as a text editor counts. */
  readonly line: number;
  /** The header of the column concerned; absent where the whole row is. */
  readonly column?: string;
  readonly reason: string;
}

/** A list that was read but not stored; it stays in the worker under its handle until imported or discarded. */
export interface ReadList {
  readonly handle: number;
  readonly name: string;
  /** As found: "UTF-8", "UTF-16LE", "windows-1252". */
  readonly encoding: string;
  /** "," ";" "|" or tab. */
  readonly delimiter: string;
  /** Lines above the header that were passed over. */
  readonly preambleLines: number;
  /** False where the first row is data already: the columns are then named by number. */
  readonly hasHeader: boolean;
  readonly headers: readonly string[];
  /** How many rows have a value in each column. */
  readonly filled: readonly number[];
  /** The mapping found from the headers; `unsure` lists the columns (indexes) a person should look at. */
  readonly mapping: Mapping;
  readonly unsure: readonly number[];
  readonly rowCount: number;
  /** The first rows as they stand in the file. */
  readonly sample: readonly (readonly string[])[];
  /** What is to be said of the file as a whole, as sentences. */
  readonly notes: readonly string[];
}

export interface DuplicateGroup {
  /** Which rows are thought to be one person: the one kept first, then those merged into it; the first 20 of them. */
  readonly rows: readonly { readonly line: number; readonly label: string; readonly existingId?: number }[];
  readonly rowCount: number;
  /** "same email", "same profile link", "same name and company", "similar name, same company". */
  readonly reason: string;
  /** Certain ones are merged unless the rep says no; the others only when the rep says yes. */
  readonly certain: boolean;
  /** Whether they are merged, by the choices made. */
  readonly merged: boolean;
  /** Names this group in {@link ImportChoices}; stable for the same file and mapping. */
  readonly key: string;
}

/** What was not used, mended and merged. Each list holds the first 1,000; the counts say how many there are. */
export interface ListReport {
  readonly rejected: readonly (RowProblem & { readonly raw: string })[];
  readonly rejectedCount: number;
  /** Rows that are in although something about them was mended or odd. */
  readonly notes: readonly RowProblem[];
  readonly noteCount: number;
  /** Certain ones first. */
  readonly duplicates: readonly DuplicateGroup[];
  readonly duplicateCount: number;
  /** How many of the groups are certain. */
  readonly certainCount: number;
}

export interface ListPreview extends ListReport {
  /** The first rows as they would be stored, by field or by header. */
  readonly rows: readonly { readonly line: number; readonly values: Readonly<Record<string, string>> }[];
  /** Rows that are not rejected. */
  readonly usable: number;
  /** Prospects that the list would have, rows merged into another of them, and how many are in the workbench already. */
  readonly prospectCount: number;
  readonly mergedCount: number;
  readonly knownCount: number;
}

export interface ImportChoices {
  readonly mapping: Mapping;
  /** What becomes of the certain duplicates, and of the others. */
  readonly mergeCertain: boolean;
  readonly mergeSimilar: boolean;
  /** Keys of duplicate groups treated the other way. */
  readonly flipped: readonly string[];
}

/** What an import does where the rep has not chosen: certain duplicates are merged, the others left apart. */
export function defaultChoices(mapping: Mapping): ImportChoices {
  return { mapping, mergeCertain: true, mergeSimilar: false, flipped: [] };
}

/** Many texts as one transferable block: text i is the UTF-8 in `bytes[offsets[i], offsets[i + 1])`. */
export interface TextColumn {
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

/** The columns of {@link PreparedList.csv}, in order. Keys are those of `prospect.ts`, empty where there is none. */
export const preparedColumns = [
  'line',
  'first_name',
  'last_name',
  'title',
  'email',
  'email_status',
  'linkedin_url',
  'phone',
  'location',
  'company',
  'domain',
  'industry',
  'keywords',
  'employees',
  'description',
  'extra',
  'email_key',
  'profile_key',
  'name_key',
  'merge_into',
] as const;

/** A list ready to be stored: every usable row once, duplicates within the file already merged. */
export interface PreparedList {
  readonly name: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly headers: readonly string[];
  readonly mapping: Mapping;
  /** Rows in the file: those stored, merged and rejected. */
  readonly rowCount: number;
  /**
   * UTF-8 CSV (comma, doubled quotes, no header) with the columns of {@link preparedColumns}. `extra` is a JSON
   * object; `merge_into` the id of the stored prospect whose blanks this row fills, or empty for a new one.
   */
  readonly csv: Uint8Array;
  /** Lines of {@link csv}: the prospects of the list, new ones and those known already. */
  readonly prospectCount: number;
  /** Rows that fill another row of the same file. `rowCount = prospectCount + mergedCount + rejectedCount`. */
  readonly mergedCount: number;
  readonly rejectedCount: number;
  /** Prospects of the list that the workbench had already (lines with a `merge_into`). */
  readonly knownCount: number;
  /** The import's report as UTF-8: kept with the list as it is, read again by the analysis worker alone. */
  readonly report: Uint8Array;
}

/** What tells the stored prospects apart, aligned with `ids`; keys are those of `prospect.ts`, empty where none. */
export interface ExistingKeys {
  readonly ids: Int32Array;
  readonly emailKeys: TextColumn;
  readonly profileKeys: TextColumn;
  readonly nameKeys: TextColumn;
  /** First and last name, as written. */
  readonly names: TextColumn;
  readonly companies: TextColumn;
}
