import { createResource, createSignal, Show } from 'solid-js';
import type { Lists, StoredList } from '../../boundary/services';
import { Findings } from './Findings';
import styles from './Stored.module.css';
import { count, format } from './words';

interface Props {
  readonly listId: number;
  readonly lists: Lists;
  onReplace(): void;
}

/** A list in the workbench: where it came from, what became of its rows, and the way to another one. */
export function Stored(props: Props) {
  const [list] = createResource(
    () => props.listId,
    (listId) => props.lists.get(listId),
  );
  const stored = () => {
    const answer = list.latest;
    return answer?.ok ? answer.value : undefined;
  };
  const [isOpen, setOpen] = createSignal(false);
  const [report] = createResource(
    () => isOpen() && props.listId,
    (listId) => props.lists.report(listId),
  );

  return (
    <Show when={stored()}>
      {(list) => (
        <div class={styles.stored}>
          <p class={styles.facts}>
            <b>{list().name}</b>, imported {day(list().importedAt)}. {accounts(list())}{' '}
            <span class="muted">{format(list())}.</span>
          </p>
          <div class={styles.buttons}>
            <button type="button" data-quiet aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
              {isOpen() ? 'Close the report' : 'What became of the rows'}
            </button>
            <button type="button" data-quiet data-edit onClick={() => props.onReplace()}>
              Replace with another file
            </button>
          </div>
          <Show when={isOpen() && report.latest}>
            {(answer) => {
              const failure = () => {
                const it = answer();
                return it.ok ? undefined : it.failure.sentence;
              };
              const found = () => {
                const it = answer();
                return it.ok ? it.value : undefined;
              };
              return (
                <>
                  <Show when={failure()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
                  <Show when={found()}>
                    {(report) => (
                      <Findings
                        report={report()}
                        name={list().name}
                        reportFile={(job) => props.lists.reportFile({ listId: props.listId }, job)}
                      />
                    )}
                  </Show>
                </>
              );
            }}
          </Show>
        </div>
      )}
    </Show>
  );
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
