import { createSignal, For, onMount, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import { dayNumber, type EngagementKind, engagementKinds } from '../../domain/signal';
import { today } from '../today';
import styles from './Recording.module.css';

interface Props {
  readonly prospectId: number;
  readonly signals: Services['signals'];
  onClose(): void;
}

/** What came back, written down: a reply, a meeting, the wish not to be written to. */
export function EngagementForm(props: Props) {
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  let form!: HTMLFormElement;
  let kind!: HTMLSelectElement;
  onMount(() => kind.focus());

  async function add() {
    const happenedOn = String(new FormData(form).get('happenedOn') ?? '');
    const [day, latest] = [dayNumber(happenedOn), dayNumber(today())];
    if (day === undefined || latest === undefined || day > latest)
      return void setProblem('Say on which day it came, today at the latest.');
    setBusy(true);
    const added = await props.signals.addEngagement({
      prospectId: props.prospectId,
      kind: kind.value as EngagementKind,
      happenedOn,
    });
    setBusy(false);
    if (added.ok) props.onClose();
    else setProblem(added.failure.sentence);
  }

  return (
    <form
      ref={form}
      class={styles.form}
      aria-label="What came back"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
      on:keydown={(event) => {
        // Letters typed here are no commands of the panel or the notebook.
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        props.onClose();
      }}
    >
      <div class={styles.pair}>
        <label>
          What came
          <select ref={kind}>
            <For each={engagementKinds}>
              {(one) => (
                <option value={one} selected={one === 'reply'}>
                  {one}
                </option>
              )}
            </For>
          </select>
        </label>
        <label>
          On which day
          <input type="date" name="happenedOn" max={today()} value={today()} />
        </label>
      </div>
      <Show when={problem()}>
        {(sentence) => (
          <p class={styles.problem} role="alert">
            {sentence()}
          </p>
        )}
      </Show>
      <div class={styles.actions}>
        <button type="submit" data-primary disabled={isBusy()}>
          Add
        </button>
        <button type="button" data-quiet onClick={() => props.onClose()}>
          Cancel
        </button>
      </div>
    </form>
  );
}
