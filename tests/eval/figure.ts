/** One measured figure and what it has to reach. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** null: reported, not judged. */
  readonly target: number | null;
  readonly ok: boolean;
}
