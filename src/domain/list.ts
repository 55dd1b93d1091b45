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
