import { Show } from 'solid-js';
import styles from './LastStep.module.css';

/** The last thing done to mails or rules. The notebook's own undo knows nothing of these: they stand in the database. */
export interface Step {
  /** Where it was done, and so where it can be taken back. */
  readonly where: 'intake' | 'rules' | 'mails';
  /** What was done, as a sentence. */
  readonly said: string;
  /** What was pressed is gone with the step: whoever did so by keyboard goes on from here. */
  readonly takesFocus?: boolean;
  /** Takes it back; answers why it could not. */
  undo(): Promise<string | undefined>;
}

interface Props {
  readonly step: Step | undefined;
  readonly where: Step['where'];
  onUndo(step: Step): void;
}

/** Says what was just done here, with the way back. */
export function LastStep(props: Props) {
  const here = () => (props.step?.where === props.where ? props.step : undefined);
  return (
    <div aria-live="polite" class={styles.place}>
      <Show when={here()} keyed>
        {(step) => (
          <p class={styles.step}>
            {step.said}{' '}
            <button
              type="button"
              onClick={() => props.onUndo(step)}
              ref={(button) => step.takesFocus && queueMicrotask(() => button.focus())}
            >
              Undo
            </button>
          </p>
        )}
      </Show>
    </div>
  );
}
