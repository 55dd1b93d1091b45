/** A person we may write to, as the workbench keeps them. Fields the list did not have are empty strings. */
export interface Prospect {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly email: string;
  readonly linkedinUrl: string;
  readonly phone: string;
  readonly location: string;
  readonly account: Account;
  /** Columns of the list that none of our fields took, by header. */
  readonly extra: Readonly<Record<string, string>>;
}

/** The prospect's company. */
export interface Account {
  readonly id: number;
  readonly name: string;
  /** Registrable host without `www.`: `clarus.finance`; empty where unknown. */
  readonly domain: string;
  readonly industry: string;
  readonly keywords: string;
  readonly employees: number | null;
  readonly description: string;
}

/**
 * The output of every cell that speaks of prospects: which ones, by id, in the cell's own order.
 * Whatever else such an output holds is aligned with `ids`.
 */
export interface ProspectSet {
  readonly type: 'prospects' | 'clustering' | 'tiering' | 'drafts';
  readonly ids: Int32Array;
}

/** Output types that an input taking any set of prospects accepts. */
export const prospectSetTypes = ['prospects', 'clustering', 'tiering', 'drafts'] as const;

/** The output of a query: any table. Where it names prospects it has their ids, each once, in the order of its rows. */
export interface TableOutput {
  readonly type: 'table';
  readonly table: { readonly prospectIds?: Int32Array };
}
