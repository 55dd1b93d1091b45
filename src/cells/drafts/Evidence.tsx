import { For, Show } from 'solid-js';
import type { DraftBasis } from '../../boundary/services';
import type { Signal } from '../../domain/signal';
import styles from './Evidence.module.css';

interface Props {
  readonly basis: DraftBasis | undefined;
  readonly signals: readonly Signal[];
}

/** What a draft says about its reader, each with the signal that it rests on; what has no evidence is marked. */
export function Evidence(props: Props) {
  const signal = (id: number | null) => props.signals.find((one) => one.id === id);
  return (
    <Show when={props.basis}>
      {(basis) => (
        <div class={styles.evidence}>
          <ul class={styles.faults}>
            <For each={basis().faults}>{(fault) => <li>{fault}</li>}</For>
          </ul>
          <Show when={basis().claims.length > 0}>
            <ul class={styles.claims} aria-label="What it says about them, and what that rests on">
              <For each={basis().claims}>
                {(claim) => (
                  <li data-rests={claim.restsOn}>
                    <q>{claim.text}</q>
                    <Show
                      when={signal(claim.signalId)}
                      fallback={
                        <span class={styles.source}>
                          {claim.restsOn === 'list' ? 'from the list: no news' : 'no evidence'}
                        </span>
                      }
                    >
                      {(found) => (
                        <span class={styles.source}>
                          {found().kind}, {found().happenedOn}, {found().source}: “{found().quote}”
                        </span>
                      )}
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <Show when={basis().isCached}>
            <p class="muted">The model answered this before; it was not asked, or paid, again.</p>
          </Show>
        </div>
      )}
    </Show>
  );
}
