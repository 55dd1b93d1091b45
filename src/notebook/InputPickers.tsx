import { For, type JSX, Show } from 'solid-js';
import { type DocumentCell, resolveReference } from './document';
import styles from './InputPickers.module.css';
import type { InputSpec } from './kind';

/** Where a cell's inputs come from, each a choice among the cells that fit. */
export function InputPickers(props: {
  readonly cell: DocumentCell;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly cells: readonly DocumentCell[];
  /** Cells that could feed the input without making a circle. */
  readonly candidates: (spec: InputSpec) => readonly DocumentCell[];
  readonly choose: (input: string, source: string | undefined) => void;
}): JSX.Element {
  return (
    <div class={styles.pickers}>
      <For each={Object.entries(props.inputs)}>
        {([input, spec]) => {
          const reference = () => props.cell.inputs[input];
          const source = () => resolveReference(props.cells, reference() ?? '');
          const isLost = () =>
            reference() !== undefined && !props.candidates(spec).some(({ id }) => id === source()?.id);
          return (
            <label class={styles.picker}>
              {spec.label}
              <select
                class={styles.select}
                data-unset={reference() === undefined && !spec.optional ? '' : undefined}
                onChange={(event) => props.choose(input, event.currentTarget.value || undefined)}
              >
                <option value="" selected={reference() === undefined}>
                  {spec.optional ? 'nothing' : 'choose a cell'}
                </option>
                <Show when={isLost()}>
                  <option value={reference()} selected>
                    {source()?.name ?? 'no longer here'}
                  </option>
                </Show>
                <For each={props.candidates(spec)}>
                  {(candidate) => (
                    <option value={candidate.id} selected={candidate.id === source()?.id}>
                      {candidate.name}
                    </option>
                  )}
                </For>
              </select>
            </label>
          );
        }}
      </For>
    </div>
  );
}
