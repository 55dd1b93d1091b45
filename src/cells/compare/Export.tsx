import { createSignal, onCleanup, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import { Popover } from '../../ui/Popover';
import styles from './Export.module.css';
import { type Exported, exportComparison } from './exporting';

interface Props extends Exported {
  /** Of the cell, and so of the file. */
  readonly name: string;
  readonly services: Services;
}

/** The whole comparison as a file, whatever is filtered or hidden. */
export function Export(props: Props) {
  const [progress, setProgress] = createSignal<{ readonly done: number; readonly total: number }>();
  const [failure, setFailure] = createSignal<string>();
  let work: AbortController | undefined;
  onCleanup(() => work?.abort());

  async function save(format: 'csv' | 'html') {
    const mine = new AbortController();
    work = mine;
    setFailure(undefined);
    setProgress({ done: 0, total: props.output.ids.length });
    const { output, votes, chosenOf } = props;
    const file = await exportComparison(format, props.name, { output, votes, chosenOf }, props.services, {
      signal: mine.signal,
      progress: setProgress,
    });
    setProgress(undefined);
    if (mine.signal.aborted) return;
    if (!file.ok) return void setFailure(file.failure.sentence);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file.value);
    link.download = `${props.name}.${format}`;
    link.click();
    // The browser reads the address after the click returns.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  return (
    <>
      <Show
        when={progress()}
        fallback={
          <Popover label="Export" title="Export the comparison" isQuiet>
            {(close) => (
              <div class={styles.export}>
                <p>All variants and prospects, with scores, choices and votes.</p>
                <button
                  type="button"
                  onClick={() => {
                    close();
                    void save('csv');
                  }}
                >
                  Save as CSV
                </button>
                <button
                  type="button"
                  onClick={() => {
                    close();
                    void save('html');
                  }}
                >
                  Save as one HTML page
                </button>
              </div>
            )}
          </Popover>
        }
      >
        {(now) => (
          <button type="button" onClick={() => work?.abort()}>
            Stop ({now().done.toLocaleString('en')} of {now().total.toLocaleString('en')})
          </button>
        )}
      </Show>
      <Show when={failure()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
    </>
  );
}
