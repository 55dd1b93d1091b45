import { type JSX, Show } from 'solid-js';
import type { Saving } from './history';
import { Icon } from './Icon';
import { keyLabel } from './keys';
import styles from './NotebookBar.module.css';
import type { LiveNotebook } from './reactive';

/** The bar at the top: the application's own part, whether all is saved, undo and redo, the palette. */
export function NotebookBar(props: {
  readonly live: LiveNotebook;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly openOutline: () => void;
  readonly openPalette: () => void;
  readonly openKeys: () => void;
  readonly children: JSX.Element;
}): JSX.Element {
  const withStep = (word: string, step: string | undefined) =>
    step === undefined ? word : `${word}: ${step}`;
  return (
    <header class={styles.bar}>
      <button
        type="button"
        data-quiet
        class={styles.outline}
        aria-label="Outline"
        onClick={() => props.openOutline()}
      >
        <Icon name="outline" />
      </button>
      <div class={styles.slot}>{props.children}</div>
      <SavingWord saving={props.live.saving()} />
      <div class={styles.buttons} data-notebook-keys>
        <button
          type="button"
          data-quiet
          class={styles.icon}
          aria-label={withStep('Undo', props.live.undoStep())}
          title={`${withStep('Undo', props.live.undoStep())} (${keyLabel('Mod-z')})`}
          disabled={props.live.undoStep() === undefined}
          onClick={() => props.undo()}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          data-quiet
          class={styles.icon}
          aria-label={withStep('Redo', props.live.redoStep())}
          title={`${withStep('Redo', props.live.redoStep())} (${keyLabel('Mod-Shift-z')})`}
          disabled={props.live.redoStep() === undefined}
          onClick={() => props.redo()}
        >
          <Icon name="redo" />
        </button>
        <button
          type="button"
          data-quiet
          class={styles.commands}
          aria-label="Commands"
          onClick={() => props.openPalette()}
        >
          <Icon name="search" />
          <span class={styles.word}>Commands</span> <kbd class={styles.keys}>{keyLabel('Mod-k')}</kbd>
        </button>
        <button
          type="button"
          data-quiet
          class={styles.help}
          aria-label="Keys"
          title="Keys (?)"
          onClick={() => props.openKeys()}
        >
          ?
        </button>
      </div>
    </header>
  );
}

/** Says where the notebook's text is: kept, about to be, or not. */
function SavingWord(props: { readonly saving: Saving }): JSX.Element {
  const failure = () => (props.saving.state === 'failed' ? props.saving.failure : undefined);
  return (
    <Show
      when={failure()}
      fallback={<span class={styles.saving}>{props.saving.state === 'saved' ? 'Saved' : 'Saving'}</span>}
    >
      {(failed) => (
        <span class={styles.unsaved} role="alert" title={failed().sentence}>
          Not saved: {failed().sentence}
        </span>
      )}
    </Show>
  );
}
