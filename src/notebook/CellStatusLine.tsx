import { For, type JSX, Show } from 'solid-js';
import styles from './CellStatusLine.module.css';
import type { CellStatus, Progress } from './kind';
import { timeLeft } from './timeLeft';

interface CellStatusLineProps {
  readonly status: CellStatus;
  /** Cells named in the status that can be gone to. */
  readonly sources: readonly { readonly id: string; readonly name: string }[];
  /** The last step, where it caused the failure and undoing it mends it. */
  readonly harmfulStep: string | undefined;
  readonly run: () => void;
  readonly stop: () => void;
  readonly undo: () => void;
  readonly resetParams: () => void;
  readonly rename: () => void;
  readonly goTo: (id: string) => void;
}

/** Failures that a change of the notebook caused and mends; running again would not. */
const ofNotebook = ['input-missing', 'input-ambiguous', 'input-type', 'circular'];

/** What a cell that isn't simply done has to say, and the way on from there. */
export function CellStatusLine(props: CellStatusLineProps): JSX.Element {
  const running = () => (props.status.state === 'running' ? props.status : undefined);
  const failure = () => (props.status.state === 'failed' ? props.status.failure : undefined);
  const ask = () => (props.status.state === 'stale' ? props.status.ask : undefined);
  const sentence = () =>
    props.status.state === 'stale' || props.status.state === 'waiting' ? props.status.sentence : undefined;

  return (
    <>
      <Show when={running()}>
        {(status) => <RunningLine since={status().since} progress={status().progress} stop={props.stop} />}
      </Show>
      <Show when={failure()}>
        {(failed) => (
          <div class={styles.line} data-failed>
            <p class={styles.sentence}>{failed().sentence}</p>
            <Show when={failed().code === 'params'}>
              <button type="button" onClick={() => props.resetParams()}>
                Reset the settings
              </button>
            </Show>
            <Show when={failed().code === 'name-taken'}>
              <button type="button" onClick={() => props.rename()}>
                Rename
              </button>
            </Show>
            <Show when={ofNotebook.includes(failed().code) && props.harmfulStep !== undefined}>
              <button type="button" onClick={() => props.undo()}>
                Undo: {props.harmfulStep}
              </button>
            </Show>
            <Show when={![...ofNotebook, 'params', 'name-taken', 'unknown-kind'].includes(failed().code)}>
              <button type="button" onClick={() => props.run()}>
                Run again
              </button>
            </Show>
          </div>
        )}
      </Show>
      <Show when={ask()}>
        {(question) => (
          <div class={styles.line}>
            <p class={styles.sentence}>{question()}</p>
            <button type="button" data-primary onClick={() => props.run()}>
              Run
            </button>
          </div>
        )}
      </Show>
      <Show when={sentence()}>
        {(text) => (
          <div class={styles.line}>
            <p class={styles.sentence}>{text()}</p>
            <For each={props.sources}>
              {(source) => (
                <button type="button" onClick={() => props.goTo(source.id)}>
                  Go to {source.name}
                </button>
              )}
            </For>
            <Show when={props.status.state === 'stale' && props.sources.length === 0}>
              <button type="button" onClick={() => props.run()}>
                Run
              </button>
            </Show>
          </div>
        )}
      </Show>
    </>
  );
}

/** How far work is: a count, a bar, the time left, and Stop. */
export function RunningLine(props: {
  readonly since: number;
  readonly progress: Progress | undefined;
  readonly stop: () => void;
}): JSX.Element {
  const total = () => props.progress?.total || undefined;
  const count = () => {
    const progress = props.progress;
    if (!progress) return 'Running';
    const done = progress.done.toLocaleString('en');
    return total() === undefined
      ? `${done} ${progress.what}`
      : `${done} of ${progress.total.toLocaleString('en')} ${progress.what}`;
  };
  return (
    <div class={styles.line}>
      <span class={styles.count}>{count()}</span>
      <Show when={total()} fallback={<progress class={styles.bar} aria-label={count()} />}>
        {(max) => (
          <progress class={styles.bar} aria-label={count()} max={max()} value={props.progress?.done ?? 0} />
        )}
      </Show>
      <span class={styles.left}>
        {props.progress && timeLeft(performance.now() - props.since, props.progress)}
      </span>
      <button type="button" onClick={() => props.stop()}>
        Stop
      </button>
    </div>
  );
}
