import type { TextColumn } from '../list';

/** What drafts are held against: what is known of some prospects, every column aligned with them; signals apart. */
export interface ProspectEvidence {
  readonly accounts: Int32Array;
  readonly firstNames: TextColumn;
  readonly lastNames: TextColumn;
  readonly companies: TextColumn;
  readonly domains: TextColumn;
  readonly descriptions: TextColumn;
  /** Everything else the list export says: title, industry, keywords, size, place, columns of its own. */
  readonly exported: TextColumn;
  /** One row a signal about the prospect or the account: `places` is the prospect's position among them. */
  readonly signals: {
    readonly places: Int32Array;
    /** Empty where not known. */
    readonly days: TextColumn;
    readonly kinds: TextColumn;
    readonly sources: TextColumn;
    readonly quotes: TextColumn;
  };
}
