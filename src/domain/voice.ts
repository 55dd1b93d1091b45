/** Whose voice: the rep's own mails, or the mails that the brand's voice is taken from. Never mixed. */
export type Corpus = 'personal' | 'brand';

/** One mail really written, cleaned of what its writer did not write. */
export interface VoiceSample {
  readonly id: number;
  readonly corpus: Corpus;
  readonly subject: string;
  readonly text: string;
  /** ISO day; null where unknown. */
  readonly sentOn: string | null;
  /** null where nothing tells. */
  readonly gotReply: boolean | null;
}

/** What the measures need of a sample: its words, and the number they are traced back to. */
export type SampleText = Pick<VoiceSample, 'id' | 'text'>;

/** Below this many different mails a voice score says more about chance than about the writer. */
export const fewestMails = 10;
