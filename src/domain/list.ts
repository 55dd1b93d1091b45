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
