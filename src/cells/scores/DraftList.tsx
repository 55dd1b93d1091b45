import { createMemo } from 'solid-js';
import type { Services } from '../../boundary/services';
import { verdictOf } from '../../domain/genericness/look';
import { Table } from '../../ui/Table';
import type { TableColumn } from '../../ui/tableProps';
import styles from './DraftList.module.css';
import type { ScoresOutput } from './kind';

interface Props {
  readonly output: ScoresOutput;
  /** The score of every draft, aligned with the output; NaN where there is none. */
  readonly scores: Float32Array;
  /** Ids of the drafts, worst first. */
  readonly order: Int32Array;
  readonly openId: number | undefined;
  readonly services: Services;
  onOpen(draftId: number): void;
}

interface Row {
  readonly id: number;
  /** Where the draft stands in the output. */
  readonly at: number;
  readonly name: string;
  readonly company: string;
}

/** All drafts of the batch, worst first. */
export function DraftList(props: Props) {
  const placeOf = createMemo(() => new Map(Array.from(props.output.draftIds, (id, at) => [id, at])));

  const rowsOf = createMemo(() => {
    const { prospectIds } = props.output;
    const places = placeOf();
    return async (ids: Int32Array) => {
      const ats = Array.from(ids, (id) => places.get(id) ?? -1);
      const wanted = Int32Array.from(new Set(ats.map((at) => prospectIds[at] ?? -1)));
      const people = await props.services.prospects.rows(wanted, ['name', 'company']);
      if (!people.ok) return people;
      const byId = new Map(people.value.map((row) => [row.id, row.values]));
      return {
        ok: true as const,
        value: Array.from(ids, (id, i): Row => {
          const at = ats[i] ?? -1;
          const values = byId.get(prospectIds[at] ?? -1);
          return { id, at, name: String(values?.name ?? ''), company: String(values?.company ?? '') };
        }),
      };
    };
  });

  const scoreOf = (at: number) => {
    const score = props.scores[at];
    return score === undefined || Number.isNaN(score) ? undefined : score;
  };
  const columns: readonly TableColumn<Row>[] = [
    {
      key: 'score',
      label: 'Generic',
      width: 76,
      isNumber: true,
      cell: (row) => {
        const score = scoreOf(row.at);
        return score === undefined ? '–' : Math.round(score);
      },
    },
    { key: 'name', label: 'To', width: 130, cell: (row) => row.name || row.company },
    {
      key: 'verdict',
      label: 'In a word',
      width: 116,
      cell: (row) => {
        const verdict = verdictOf({
          score: scoreOf(row.at),
          mustNotBeSent: props.output.mustNotBeSent[row.at] === 1,
          describesAnother: props.output.describesAnother[row.at] === 1,
        });
        return (
          <span class={styles.verdict} data-look={verdict.look}>
            {verdict.word}
          </span>
        );
      },
    },
    { key: 'company', label: 'Company', width: 170, cell: (row) => row.company },
  ];

  return (
    <Table
      label="Drafts, worst first"
      ids={props.order}
      rowsOf={rowsOf()}
      columns={columns}
      openId={props.openId}
      onOpen={props.onOpen}
    />
  );
}
