import { z } from 'zod';
import type { ProspectColumn, ProspectQuery, Services } from '../../boundary/services';
import { type ProspectSet, prospectSetTypes, type TableOutput } from '../../domain/prospect';
import { fail, succeed } from '../../domain/result';
import type { CellKind } from '../../notebook/kind';

const columns = [
  'name',
  'title',
  'company',
  'email',
  'industry',
  'employees',
  'location',
  'keywords',
  'description',
  'linkedinUrl',
  'phone',
  'domain',
  'list',
  'signals',
  'lastSignal',
  'lastEngagement',
  'tier',
  'score',
] as const satisfies readonly ProspectColumn[];

const column = z.union([z.enum(columns), z.templateLiteral(['extra:', z.string()])]);

const filter = z.union([
  z.strictObject({ column, contains: z.string() }),
  /** Both ends included; null is open. */
  z.strictObject({ column, min: z.number().nullable(), max: z.number().nullable() }),
]);

const params = z.object({
  search: z.string().default(''),
  filters: z.array(filter).default([]),
  /** Null is the order the prospects come in. */
  sort: z.object({ column, descending: z.boolean() }).nullable().default(null),
  /** Only those picked on the map or in a table at the moment. */
  onlySelected: z.boolean().default(false),
  /** Empty shows the usual ones. */
  columns: z.array(column).default([]),
  /** Widths the rep chose, in pixels. */
  widths: z.record(z.string(), z.number()).default({}),
});

export type Filter = z.infer<typeof filter>;
export type ProspectsParams = z.infer<typeof params>;

export interface ProspectsInputs {
  readonly from: ProspectSet | TableOutput;
}

export interface ProspectsOutput extends ProspectSet {
  readonly type: 'prospects';
  /** How many there were before search and filters. */
  readonly total: number;
}

/** The ids an input brings; undefined for a table that has none. */
export function idsOf(source: ProspectSet | TableOutput): Int32Array | undefined {
  return source.type === 'table' ? source.table.prospectIds : source.ids;
}

export const prospectsKind: CellKind<ProspectsParams, ProspectsInputs, ProspectsOutput, Services> = {
  kind: 'prospects',
  summary: 'A table of prospects: search, filter, sort, and pass on what is left.',
  params,
  inputs: { from: { accepts: [...prospectSetTypes, 'table'], label: 'from' } },
  output: 'prospects',
  viewParams: ['columns', 'widths'],

  async run({ params, inputs, services }) {
    const all = idsOf(inputs.from);
    if (!all)
      return fail(
        'no-prospect-ids',
        'This query names no prospects. Add the column prospect_id to its result, or choose another cell.',
      );
    const selected = services.selection.selected();
    const ids = params.onlySelected ? all.filter((id) => selected.has(id)) : all;
    const matching = await services.prospects.order(query(ids, params));
    return matching.ok ? succeed({ type: 'prospects', ids: matching.value, total: all.length }) : matching;
  },

  headline({ ids, total }) {
    const of = total.toLocaleString('en');
    return ids.length === total
      ? `${of} ${total === 1 ? 'prospect' : 'prospects'}`
      : `${ids.length.toLocaleString('en')} of ${of} prospects`;
  },
};

function query(ids: Int32Array, { search, filters, sort }: ProspectsParams): ProspectQuery {
  return {
    ids,
    ...(search.trim() && { search: search.trim() }),
    ...(sort && { sort }),
    ...(filters.length > 0 && {
      filters: filters.map((each) =>
        'contains' in each
          ? each
          : {
              column: each.column,
              ...(each.min !== null && { min: each.min }),
              ...(each.max !== null && { max: each.max }),
            },
      ),
    }),
  };
}
