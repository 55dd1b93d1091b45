import { createSignal, createUniqueId, Show } from 'solid-js';
import { RunningLine } from '../../notebook/CellStatusLine';
import styles from './Invitation.module.css';
import type { ListFile, Work } from './importing';

interface Props {
  readonly isBusy: boolean;
  /** Reading that has lasted a while; it stands where the ways in stood. */
  readonly work: Work | undefined;
  onStop(): void;
  onRead(file: ListFile, others?: number): void;
  /** Given where there is a list to go back to. */
  readonly onCancel?: (() => void) | undefined;
}

/** The three ways for a list to come in: dropped, chosen, pasted. */
export function Invitation(props: Props) {
  const pasteId = createUniqueId();
  const [isPasting, setPasting] = createSignal(false);
  const [pasted, setPasted] = createSignal('');
  let input!: HTMLInputElement;

  function chosen() {
    const [file, ...others] = input.files ?? [];
    if (file) props.onRead(file, others.length);
    // So that the same file can be chosen again after it was mended.
    input.value = '';
  }

  return (
    <div class={styles.invitation}>
      <p class={styles.lead}>Drop a list here</p>
      <p class={styles.hint}>
        A CSV file as Apollo, LinkedIn, Sales Navigator, ZoomInfo, HubSpot, Salesforce, Clay or a spreadsheet
        saves it. It is read on this machine and stored only when you say so.
      </p>
      <Show when={props.work}>
        {(work) => (
          <div class={styles.work}>
            <RunningLine since={work().since} progress={work().progress} stop={() => props.onStop()} />
          </div>
        )}
      </Show>
      <div class={styles.ways} hidden={props.work !== undefined}>
        <button type="button" data-primary data-edit disabled={props.isBusy} onClick={() => input.click()}>
          Choose a file
        </button>
        <button
          type="button"
          aria-expanded={isPasting()}
          aria-controls={pasteId}
          disabled={props.isBusy}
          onClick={() => setPasting(!isPasting())}
        >
          Paste rows
        </button>
        <Show when={props.onCancel}>
          {(cancel) => (
            <button type="button" data-quiet onClick={() => cancel()()}>
              Keep the present list
            </button>
          )}
        </Show>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.tab,text/csv,text/plain,text/tab-separated-values"
          onChange={chosen}
        />
      </div>
      <div id={pasteId} hidden={!isPasting()}>
        <form
          class={styles.paste}
          onSubmit={(event) => {
            event.preventDefault();
            if (pasted().trim() !== '') props.onRead({ name: 'pasted rows', text: pasted() });
          }}
        >
          <textarea
            aria-label="Rows, with their header"
            placeholder="Copy rows in a spreadsheet, header included, and paste them here."
            rows={6}
            spellcheck={false}
            value={pasted()}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
          <button type="submit" disabled={props.isBusy || pasted().trim() === ''}>
            Read these rows
          </button>
        </form>
      </div>
    </div>
  );
}
