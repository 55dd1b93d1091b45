import { For, Show } from 'solid-js';
import type { OutdatedDraft, Services } from '../../boundary/services';
import { fullName, type ProspectName } from '../prospectNames';
import styles from './Batch.module.css';
import { count, outdatedWords } from './words';

interface Props {
  readonly drafts: readonly OutdatedDraft[];
  readonly services: Services;
  readonly isRunning: boolean;
  nameOf(id: number): ProspectName | undefined;
  /** Lets these be written anew. */
  onReopen(draftIds: Int32Array): void;
}

/** Drafts that are shown at once. */
const shown = 5;

/** Drafts written from research that has changed since: which, why, and a way to draft them again. */
export function Outdated(props: Props) {
  const own = () => props.drafts.filter(({ isSettled }) => isSettled);
  const others = () => props.drafts.filter(({ isSettled }) => !isSettled);
  const ids = (drafts: readonly OutdatedDraft[]) => Int32Array.from(drafts, ({ draftId }) => draftId);
  const drafts = (number: number) => `${count(number)} ${number === 1 ? 'draft' : 'drafts'}`;

  return (
    <Show when={props.drafts.length > 0}>
      <section class={styles.failures} aria-label="Out of date">
        <p>
          <b>{drafts(props.drafts.length)}</b> {props.drafts.length === 1 ? 'was' : 'were'} written from other
          research than there is now.
        </p>
        <ul>
          <For each={props.drafts.slice(0, shown)}>
            {(draft) => (
              <li class={styles.outdated}>
                <button
                  type="button"
                  data-quiet
                  onClick={() =>
                    props.services.selection.show(
                      draft.prospectId,
                      Int32Array.from(new Set(props.drafts.map(({ prospectId }) => prospectId))),
                    )
                  }
                >
                  {fullName(props.nameOf(draft.prospectId))}
                </button>
                <span>{outdatedWords(draft)}</span>
                <Show when={draft.isSettled}>
                  <span class="muted">You changed or accepted it.</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.drafts.length > shown}>
          <p class="muted">and {count(props.drafts.length - shown)} more</p>
        </Show>
        <p class={styles.ways}>
          <Show when={others().length > 0}>
            <button type="button" disabled={props.isRunning} onClick={() => props.onReopen(ids(others()))}>
              Draft {count(others().length)} again
            </button>
          </Show>
          <Show when={own().length > 0}>
            <button
              type="button"
              data-quiet
              disabled={props.isRunning}
              onClick={() => props.onReopen(ids(own()))}
            >
              Draft again also {own().length === 1 ? 'the one' : `the ${count(own().length)}`} you changed or
              accepted
            </button>
            <span class="muted">
              What {own().length === 1 ? 'it says' : 'they say'} now stays as a version.
            </span>
          </Show>
        </p>
      </section>
    </Show>
  );
}
