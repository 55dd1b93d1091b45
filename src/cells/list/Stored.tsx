import { createSignal, Show } from 'solid-js';
import type { Lists, StoredList } from '../../boundary/services';
import type { Result } from '../../domain/result';
import { createLatest } from '../../ui/latest';
import { Findings } from './Findings';
import styles from './Stored.module.css';
import { count, format } from './words';

interface Props {
  readonly listId: number;
  /** What the last run found in it. */
  readonly ids: Int32Array;
  readonly lists: Lists;
  onReplace(): void;
}

/** A list in the workbench: where it came from, what became of its rows, and the way to another one. */
export function Stored(props: Props) {
  const [isOpen, setOpen] = createSignal(false);
  const list = createLatest(
    // Asked again after each run: before the first one the example may not be in the database yet.
    () => ({ listId: props.listId, ids: props.ids }),
    ({ listId }) => props.lists.get(listId),
  );
  const report = createLatest(
    () => (isOpen() ? props.listId : undefined),
    (listId) => props.lists.report(listId),
  );
  const stored = () => foundIn(list());

  return (
    <div class={styles.stored}>
      <Show when={stored()}>
        {(list) => (
          <p class={styles.facts}>
            <b>{list().name}</b>, imported {day(list().importedAt)}. {accounts(list())}{' '}
            <span class={styles.format}>{format(list())}.</span>
          </p>
        )}
      </Show>
      <div class={styles.buttons}>
        <button type="button" data-quiet aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
          {isOpen() ? 'Close the report' : 'What became of the rows'}
        </button>
        <button type="button" data-quiet data-edit onClick={() => props.onReplace()}>
          Replace with another file
        </button>
      </div>
      <Show when={failureOf(report())}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
      <Show when={foundIn(report())}>
        {(found) => (
          <Findings
            report={found()}
            name={stored()?.name ?? 'list'}
            reportFile={(job) => props.lists.reportFile({ listId: props.listId }, job)}
          />
        )}
      </Show>
    </div>
  );
}

function foundIn<T>(answer: Result<T> | undefined): T | undefined {
  return answer?.ok ? answer.value : undefined;
}

function failureOf(answer: Result<unknown> | undefined): string | undefined {
  return answer?.ok === false ? answer.failure.sentence : undefined;
}

/** Where each row of the file went; the numbers add up. */
function accounts({ rowCount, rejectedCount, mergedCount, knownCount, ids }: StoredList): string {
  const parts = [count(ids.length, 'prospect')];
  if (mergedCount > 0) parts.push(`${mergedCount.toLocaleString('en')} merged into them`);
  if (rejectedCount > 0) parts.push(`${rejectedCount.toLocaleString('en')} not used`);
  const known =
    knownCount === 0
      ? ''
      : ` ${count(knownCount, 'of the prospects was', 'of the prospects were')} in the workbench before.`;
  return `${count(rowCount, 'row')}: ${parts.join(', ')}.${known}`;
}

function day(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
