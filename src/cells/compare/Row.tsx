import { createMemo, For, Show } from 'solid-js';
import { rowPlaces } from '../../domain/compare';
import { weighDraft } from '../../domain/genericness/weigh';
import { fullName, type ProspectName } from '../prospectNames';
import { Draft } from './Draft';
import styles from './Grid.module.css';
import type { ComparisonOutput } from './kind';
import type { TextOf } from './texts';
import { effortOf } from './words';

interface Props {
  readonly output: ComparisonOutput;
  /** Rows of the alignment, in order, and which of them this is. */
  readonly rows: Int32Array;
  readonly index: number;
  /** Columns of the alignment, the reference first; and those that there is room for. */
  readonly columns: readonly number[];
  readonly shown: readonly number[];
  readonly cursor: { readonly row: number; readonly column: number };
  /** In US dollars, by place; null where no price is known. */
  costAt(place: number): number | null;
  readonly textOf: TextOf;
  nameOf(prospectId: number): ProspectName | undefined;
  chosenOf(prospectId: number): number;
  onCursor(cursor: { readonly row: number; readonly column: number }): void;
  onChoose(draftId: number, prospectId: number): void;
  onOpen(prospectId: number): void;
}

/** A prospect with the drafts of the variants shown. */
export function Row(props: Props) {
  const row = () => props.rows[props.index] ?? 0;
  const prospectId = () => props.output.alignment.prospectIds[row()] ?? 0;
  const places = createMemo(() => rowPlaces(props.output.alignment, row()));
  const draftId = (column: number) => props.output.drafts.draftIds[places()[column] ?? -1];
  // A memo, so that other texts' coming compares nothing anew.
  const reference = createMemo(() => {
    const column = props.columns[0];
    const id = column === undefined ? undefined : draftId(column);
    return id === undefined ? undefined : (props.textOf(id) ?? undefined);
  });
  const failure = (column: number) => {
    const { alignment, failed } = props.output;
    return failed.reasons[alignment.failures[row() * alignment.columns.length + column] ?? -1];
  };
  const weighed = (column: number) =>
    weighDraft(props.output.measured, places()[column] ?? -1, props.output.weighing);

  return (
    <>
      <th class={styles.title} scope="row">
        <button type="button" data-quiet onClick={() => props.onOpen(prospectId())}>
          {fullName(props.nameOf(prospectId()))}
        </button>
      </th>
      <For each={props.shown}>
        {(column, at) => (
          <td
            class={styles.cell}
            tabindex={props.cursor.row === props.index && props.cursor.column === at() ? 0 : -1}
            data-cell={`${props.index} ${at()}`}
            data-reference={column === props.columns[0] ? '' : undefined}
            data-chosen={
              draftId(column) !== undefined && draftId(column) === props.chosenOf(prospectId())
                ? ''
                : undefined
            }
            on:focusin={() => props.onCursor({ row: props.index, column: at() })}
          >
            <Show when={draftId(column)} fallback={<NoDraft reason={failure(column)} />}>
              {(id) => (
                <Draft
                  text={props.textOf(id())}
                  against={reference()}
                  effort={effortOf(props.output.drafts, places()[column]!, props.costAt(places()[column]!))}
                  genericness={weighed(column)}
                  weights={props.output.weighing.weights}
                  isChosen={id() === props.chosenOf(prospectId())}
                  onChoose={() => props.onChoose(id(), prospectId())}
                />
              )}
            </Show>
          </td>
        )}
      </For>
    </>
  );
}

function NoDraft(props: { readonly reason: string | undefined }) {
  return (
    <Show when={props.reason} fallback={<p class={styles.none}>No draft of this variant.</p>}>
      <p class={styles.reason}>
        <b>No draft.</b> {props.reason}
      </p>
    </Show>
  );
}
