import { z } from 'zod';
import type { Services, SqlTable } from '../../boundary/services';
import { type ProspectSet, prospectSetTypes, type TableOutput } from '../../domain/prospect';
import { fail, succeed } from '../../domain/result';
import type { CellKind } from '../../notebook/kind';
import { examples } from './examples';

const params = z.object({ query: z.string().default(examples[0]?.query ?? '') });

export type SqlParams = z.infer<typeof params>;

export interface SqlInputs {
  readonly from?: ProspectSet | TableOutput;
}

export interface SqlOutput extends TableOutput {
  readonly table: SqlTable;
}

export const sqlKind: CellKind<SqlParams, SqlInputs, SqlOutput, Services> = {
  kind: 'sql',
  summary:
    'A question to the workbench in SQL. It only reads, and a result with prospect_id can feed other cells.',
  params,
  inputs: { from: { accepts: [...prospectSetTypes, 'table'], label: 'input', optional: true } },
  output: 'table',
  textParam: 'query',
  watches: ['signals'],

  async run({ params, inputs, services, signal, progress }) {
    if (params.query.trim() === '')
      return fail('query-empty', 'There is no query. Write a SELECT, or start from one of the examples.');
    const from = inputs.from;
    const ids = from && (from.type === 'table' ? from.table.prospectIds : from.ids);
    const table = await services.sql.select(params.query, ids, { signal, progress });
    return table.ok ? succeed({ type: 'table', table: table.value }) : table;
  },

  headline({ table }) {
    const rows = `${table.rowCount.toLocaleString('en')} ${table.rowCount === 1 ? 'row' : 'rows'}`;
    const isCut = table.rows.length < table.rowCount;
    return isCut ? `${rows}, the first ${table.rows.length.toLocaleString('en')} shown` : rows;
  },
};
