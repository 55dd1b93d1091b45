import { z } from 'zod';
import type { CellKind } from '../../notebook/kind';

const params = z.object({ text: z.string().default('') });

export type NoteParams = z.infer<typeof params>;
export type NoteInputs = Readonly<Record<never, never>>;
/** A note feeds nothing; its output is what the outline calls it by. */
export interface NoteOutput {
  readonly type: 'note';
}

/** Text in Markdown, for what the numbers can't say themselves. */
export const noteKind: CellKind<NoteParams, NoteInputs, NoteOutput, unknown> = {
  kind: 'note',
  summary: 'Text in Markdown: a heading, a thought, a list of what to do next.',
  params,
  inputs: {},
  textParam: 'text',
  run: async () => ({ ok: true, value: { type: 'note' } }),
  headline: (_, { text }) => firstWords(text),
};

/** The first line that says something, without the marks of Markdown. */
function firstWords(text: string): string {
  const line = text.split('\n').find((one) => /[\p{L}\p{N}]/u.test(one)) ?? '';
  return line
    .replace(/^[\s>#*+-]+/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~]+/g, '')
    .trim()
    .slice(0, 80);
}
