import styles from './Basics.module.css';
import type { DraftsParams } from './kind';

interface Props {
  readonly params: DraftsParams;
  onChange(part: Partial<DraftsParams>, step: string): void;
}

/** What stands in every brief. */
export function Basics(props: Props) {
  return (
    <div class={styles.basics}>
      <label class={styles.wide}>
        What you offer, and why it would matter to them
        <textarea
          rows="3"
          data-edit
          placeholder="We plan shifts so that nights are covered a week ahead. Firms with 200 drivers save two planners’ evenings a week."
          value={props.params.offer}
          onChange={(event) => props.onChange({ offer: event.currentTarget.value }, 'What you offer')}
        />
      </label>
      <label class={styles.wide}>
        Who it is for
        <textarea
          rows="3"
          placeholder="Operations people in firms that work nights, 100 to 3,000 employees."
          value={props.params.icp}
          onChange={(event) => props.onChange({ icp: event.currentTarget.value }, 'Who it is for')}
        />
      </label>
      <label>
        Your name under the mail
        <input
          value={props.params.sender}
          autocomplete="off"
          onChange={(event) => props.onChange({ sender: event.currentTarget.value }, 'Your name')}
        />
      </label>
      <label>
        Touch
        <input
          class={styles.number}
          type="number"
          min="1"
          max="20"
          value={props.params.touch}
          onChange={(event) => {
            const touch = event.currentTarget.valueAsNumber;
            if (Number.isInteger(touch) && touch >= 1 && touch <= 20)
              props.onChange({ touch }, `Touch ${touch}`);
            else event.currentTarget.value = String(props.params.touch);
          }}
        />
      </label>
    </div>
  );
}
