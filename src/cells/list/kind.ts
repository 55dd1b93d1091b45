import { z } from 'zod';
import type { Services } from '../../boundary/services';
import type { ProspectSet } from '../../domain/prospect';
import { fail, succeed } from '../../domain/result';
import type { CellKind } from '../../notebook/kind';

const params = z.object({
  /** The list in this workbench; null until one is imported. */
  listId: z.number().int().nullable().default(null),
  /** Name of the file it came from, so that a notebook opened elsewhere can say which one is missing. */
  name: z.string().default(''),
});

export type ListParams = z.infer<typeof params>;
export type ListInputs = Readonly<Record<never, never>>;

export interface ListOutput extends ProspectSet {
  readonly type: 'prospects';
  readonly mergedCount: number;
  readonly rejectedCount: number;
  readonly knownCount: number;
}

/** One imported file of prospects. The reading and importing happens in its view; a run only looks the list up. */
export const listKind: CellKind<ListParams, ListInputs, ListOutput, Services> = {
  kind: 'list',
  summary: 'A list of prospects from a CSV file: dropped, chosen or pasted.',
  params,
  inputs: {},
  output: 'prospects',

  // The view asks for it better than a sentence above it.
  needs: ({ listId }) => (listId === null ? '' : undefined),

  async run({ params, services }) {
    if (params.listId === null) return fail('list-none', 'There is no list in this cell yet.');
    const list = await services.lists.get(params.listId);
    if (list.ok) {
      const { ids, mergedCount, rejectedCount, knownCount } = list.value;
      return succeed({ type: 'prospects', ids, mergedCount, rejectedCount, knownCount });
    }
    if (list.failure.code !== 'list-gone') return list;
    const which = params.name === '' ? 'The list of this cell' : `The list “${params.name}”`;
    return fail('list-gone', `${which} is not in this workbench. Drop its file here to import it again.`);
  },

  headline({ ids, mergedCount, rejectedCount }) {
    const parts = [`${ids.length.toLocaleString('en')} ${ids.length === 1 ? 'prospect' : 'prospects'}`];
    if (mergedCount > 0)
      parts.push(
        `${mergedCount.toLocaleString('en')} ${mergedCount === 1 ? 'duplicate' : 'duplicates'} merged`,
      );
    if (rejectedCount > 0)
      parts.push(`${rejectedCount.toLocaleString('en')} ${rejectedCount === 1 ? 'row' : 'rows'} not used`);
    return parts.join(', ');
  },
};
