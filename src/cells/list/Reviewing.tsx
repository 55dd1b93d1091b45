import { For, Show } from 'solid-js';
import type { Job } from '../../boundary/services';
import type { ImportChoices } from '../../domain/list';
import { identifies } from '../../domain/list/mapping';
import type { Result } from '../../domain/result';
import { RunningLine } from '../../notebook/CellStatusLine';
import { Columns } from './Columns';
import { Findings } from './Findings';
import type { Review, Work } from './importing';
import { PreviewTable } from './PreviewTable';
import styles from './Reviewing.module.css';
import { count, format } from './words';

interface Props {
  readonly review: Review;
  readonly isBusy: boolean;
  readonly isStoring: boolean;
  /** Work that has lasted a while; it stands where the decision stood. */
  readonly work: Work | undefined;
  onStop(): void;
  /** Whether the cell has a list that this one would replace. */
  readonly hasList: boolean;
  onHeader(hasHeader: boolean): void;
  onChoose(choices: ImportChoices): void;
  onImport(): void;
  onLeave(): void;
  reportFile(job: Job): Promise<Result<Blob>>;
}

/** A list that was read, before it is stored: what it is, how its columns are taken, what is wrong with its rows. */
export function Reviewing(props: Props) {
  const list = () => props.review.list;
  const preview = () => props.review.preview;
  const isTellable = () => identifies(props.review.choices.mapping);

  return (
    <div class={styles.review}>
      <div class={styles.head}>
        <p class={styles.file}>
          <b>{list().name}</b>
          <span class={styles.facts}>
            {count(list().rowCount, 'row')}, {count(list().headers.length, 'column')}. {format(list())}.
            {list().preambleLines > 0 &&
              ` ${count(list().preambleLines, 'line')} above the header ${list().preambleLines === 1 ? 'was' : 'were'} passed over.`}
          </span>
        </p>
        <label class={styles.header}>
          <input
            type="checkbox"
            checked={list().hasHeader}
            disabled={props.isBusy}
            onChange={(event) => props.onHeader(event.currentTarget.checked)}
          />
          The first row names the columns
        </label>
        <For each={list().notes}>{(note) => <p class={styles.warning}>{note}</p>}</For>
        <Show when={!isTellable()}>
          <p class={styles.warning}>
            No column holds an email, a profile link, or a name with a company, so no row can be told from
            another. Say below which column is which.
          </p>
        </Show>
      </div>

      <div class={styles.decision}>
        <Show
          when={props.work}
          fallback={
            <>
              <p aria-live="polite">
                <Show
                  when={preview()}
                  fallback={props.isBusy ? 'Looking at the rows.' : 'The rows were not looked at.'}
                >
                  {(made) => <>{outcome(made())}</>}
                </Show>
              </p>
              <div class={styles.buttons}>
                <Show when={!preview() && !props.isBusy}>
                  <button type="button" onClick={() => props.onChoose(props.review.choices)}>
                    Look at them
                  </button>
                </Show>
                <button
                  type="button"
                  data-primary
                  data-edit
                  disabled={props.isBusy || (preview()?.prospectCount ?? 0) === 0}
                  onClick={() => props.onImport()}
                >
                  {preview() ? `Import ${count(preview()?.prospectCount ?? 0, 'prospect')}` : 'Import'}
                </button>
                <button type="button" data-quiet disabled={props.isStoring} onClick={() => props.onLeave()}>
                  {props.hasList ? 'Keep the present list' : 'Choose another file'}
                </button>
              </div>
            </>
          }
        >
          {(work) => (
            <div class={styles.work}>
              <RunningLine since={work().since} progress={work().progress} stop={() => props.onStop()} />
            </div>
          )}
        </Show>
      </div>

      <div class={styles.details} inert={props.isStoring} aria-busy={props.isBusy}>
        <Columns
          list={list()}
          mapping={props.review.choices.mapping}
          showAll={!isTellable() || !list().hasHeader}
          onMapping={(mapping) => props.onChoose({ ...props.review.choices, mapping })}
        />
        <Show when={preview()}>
          {(made) => (
            <>
              <PreviewTable list={list()} mapping={props.review.choices.mapping} rows={made().rows} />
              <Findings
                report={made()}
                name={list().name}
                choices={props.review.choices}
                onChoose={props.onChoose}
                reportFile={props.reportFile}
              />
            </>
          )}
        </Show>
      </div>
    </div>
  );
}

/** What importing would do, in one or two sentences. */
function outcome(preview: NonNullable<Review['preview']>): string {
  const { prospectCount, mergedCount, knownCount, rejectedCount } = preview;
  const parts = [
    prospectCount === 0
      ? 'No row can be used as the columns stand.'
      : `${count(prospectCount, 'prospect is', 'prospects are')} ready.`,
  ];
  if (mergedCount > 0)
    parts.push(`${count(mergedCount, 'row is merged into another', 'rows are merged into others')}.`);
  if (rejectedCount > 0 && prospectCount > 0)
    parts.push(`${count(rejectedCount, 'row')} can’t be used; the list below says why.`);
  if (knownCount > 0)
    parts.push(
      `${count(knownCount, 'prospect is', 'prospects are')} in the workbench already; only blanks of theirs are filled.`,
    );
  return parts.join(' ');
}
