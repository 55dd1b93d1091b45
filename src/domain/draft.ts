/** Unsent text for one touch of one prospect. */
export interface Draft {
  readonly id: number;
  readonly prospectId: number;
  /** Which touch of the sequence it is for, from 1. */
  readonly touch: number;
  /** Tells drafts of one touch apart; empty where there is one. */
  readonly variant: string;
  readonly subject: string;
  readonly body: string;
  /** Where the text is from: "pasted", "template", a model by its name. */
  readonly origin: string;
  /** ISO instants. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a draft was before it was changed. */
export type DraftVersion = Pick<Draft, 'subject' | 'body' | 'origin'> & {
  /** ISO instant at which the text became so. */
  readonly madeAt: string;
};

export type NewDraft = Omit<Draft, 'id' | 'createdAt' | 'updatedAt'>;
