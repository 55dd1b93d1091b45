import { For, Show } from 'solid-js';
import type { DuplicateGroup, ImportChoices, ListReport } from '../../domain/list';
import styles from './DuplicateGroups.module.css';
import { Line } from './Line';
import { Paged } from './Paged';
import { count } from './words';

interface Props {
  readonly report: ListReport;
  readonly choices?: ImportChoices | undefined;
  onChoose?: ((choices: ImportChoices) => void) | undefined;
}

/** Who occurs more than once, and what becomes of them: for all of a kind, and group by group. */
export function DuplicateGroups(props: Props) {
  const similarCount = () => props.report.duplicateCount - props.report.certainCount;

  function chooseAll(choice: 'mergeCertain' | 'mergeSimilar', merge: boolean) {
    if (!props.choices) return;
    const kind = choice === 'mergeCertain' ? 'same-' : 'similar-';
    props.onChoose?.({
      ...props.choices,
      [choice]: merge,
      // The exceptions of this kind end with the rule they were exceptions to.
      flipped: props.choices.flipped.filter((key) => !key.startsWith(kind)),
    });
  }

  function flip(key: string) {
    if (!props.choices) return;
    const { flipped } = props.choices;
    props.onChoose?.({
      ...props.choices,
      flipped: flipped.includes(key) ? flipped.filter((one) => one !== key) : [...flipped, key],
    });
  }

  return (
    <div class={styles.groups}>
      <Show when={props.choices}>
        {(choices) => (
          <div class={styles.rules}>
            <Show when={props.report.certainCount > 0}>
              <Rule
                label={`${count(props.report.certainCount, 'prospect')} with the same email, profile link, or name and company`}
                isMerging={choices().mergeCertain}
                onChange={(merge) => chooseAll('mergeCertain', merge)}
              />
            </Show>
            <Show when={similarCount() > 0}>
              <Rule
                label={`${count(similarCount(), 'group')} that may be one person, but need not be`}
                isMerging={choices().mergeSimilar}
                onChange={(merge) => chooseAll('mergeSimilar', merge)}
              />
            </Show>
          </div>
        )}
      </Show>
      <ul class={styles.list}>
        <Paged each={props.report.duplicates} what="groups">
          {(group) => <Group group={group} onFlip={props.onChoose && (() => flip(group.key))} />}
        </Paged>
      </ul>
    </div>
  );
}

function Rule(props: {
  readonly label: string;
  readonly isMerging: boolean;
  onChange(merge: boolean): void;
}) {
  return (
    <label class={styles.rule}>
      <span>{props.label}</span>
      <select
        value={props.isMerging ? 'merge' : 'apart'}
        onChange={(event) => props.onChange(event.currentTarget.value === 'merge')}
      >
        <option value="merge">Merge each into one</option>
        <option value="apart">Keep all apart</option>
      </select>
    </label>
  );
}

function Group(props: { readonly group: DuplicateGroup; readonly onFlip?: (() => void) | undefined }) {
  const unnamed = () => props.group.rowCount - props.group.rows.length;
  return (
    <li class={styles.group}>
      <ol class={styles.members}>
        <For each={props.group.rows}>
          {(row) => (
            <li>
              <Show
                when={row.existingId === undefined}
                fallback={<span class={styles.stored}>in the workbench</span>}
              >
                <Line line={row.line} />
              </Show>
              <span dir="auto">{row.label}</span>
            </li>
          )}
        </For>
        <Show when={unnamed() > 0}>
          <li class="muted">and {count(unnamed(), 'row')} more</li>
        </Show>
      </ol>
      <span class={styles.reason}>{props.group.reason}</span>
      <Show
        when={props.onFlip}
        fallback={<span class={styles.fate}>{props.group.merged ? 'merged' : 'kept apart'}</span>}
      >
        {(flip) => (
          <label class={styles.fate}>
            <input type="checkbox" checked={props.group.merged} onChange={() => flip()()} />
            merge
          </label>
        )}
      </Show>
    </li>
  );
}
