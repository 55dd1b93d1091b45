import { createSignal, For, Show } from 'solid-js';
import type { DraftRequest, Services } from '../../boundary/services';
import { estimateTokens } from '../../domain/draft/models';
import { createLatest } from '../../ui/latest';
import { fullName, type ProspectName } from '../prospectNames';
import styles from './BriefView.module.css';
import { count } from './words';

interface Props {
  readonly request: DraftRequest;
  readonly services: Services;
  nameOf(id: number): ProspectName | undefined;
}

/** The brief of one prospect, in full: exactly what would leave the machine. */
export function BriefView(props: Props) {
  const [isOpen, setOpen] = createSignal(false);
  const [at, setAt] = createSignal(0);
  const [variantAt, setVariantAt] = createSignal(0);
  const place = () => Math.min(at(), props.request.ids.length - 1);
  const id = () => props.request.ids[place()];
  const variant = () => props.request.variants[Math.min(variantAt(), props.request.variants.length - 1)];
  const answer = createLatest(
    () => {
      const [one, way] = [id(), variant()];
      return isOpen() && one !== undefined && way ? { request: props.request, one, way } : undefined;
    },
    ({ request, one, way }) => props.services.drafting.brief(request, way, one),
  );
  const brief = () => {
    const found = answer();
    return found?.ok ? found.value : undefined;
  };
  const origin = () => {
    const writer = variant()?.writer;
    return writer ? (props.services.drafting.originOf(writer) ?? 'nowhere: the address is none') : undefined;
  };

  return (
    <details class={styles.brief} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Read a brief before it is sent</summary>
      <div class={styles.body}>
        <div class={styles.bar}>
          <button
            type="button"
            aria-label="Brief of the previous prospect"
            disabled={place() === 0}
            onClick={() => setAt(place() - 1)}
          >
            ←
          </button>
          <button
            type="button"
            aria-label="Brief of the next prospect"
            disabled={place() >= props.request.ids.length - 1}
            onClick={() => setAt(place() + 1)}
          >
            →
          </button>
          <strong>{fullName(props.nameOf(id() ?? 0))}</strong>
          <span class="muted">
            {count(place() + 1)} of {count(props.request.ids.length)}
          </span>
          <Show when={props.request.variants.length > 1}>
            <select
              aria-label="Variant"
              onChange={(event) => setVariantAt(event.currentTarget.selectedIndex)}
            >
              <For each={props.request.variants}>{(one) => <option>{one.label}</option>}</For>
            </select>
          </Show>
        </div>
        <Show when={brief()}>
          {(found) => (
            <>
              <Show when={found().obstacle}>{(obstacle) => <p>{obstacle().sentence}</p>}</Show>
              <Show when={found().leftOut.length > 0}>
                <div class={styles.leftOut}>
                  <p>
                    Left out, for it gives orders to a language model instead of telling anything. It has no
                    say over the recipient, the rules or the form of the answer.
                  </p>
                  <ul>
                    <For each={found().leftOut}>
                      {({ where, text }) => (
                        <li>
                          <span class="muted">{where}: </span>
                          <del>{text}</del>
                        </li>
                      )}
                    </For>
                  </ul>
                </div>
              </Show>
              <Show
                when={origin()}
                fallback={
                  <p class="muted">
                    The template writes, so nothing is sent. A model would be sent this and nothing else.
                  </p>
                }
              >
                {(where) => (
                  <p class="muted">
                    Goes to {where()}, and nothing else does: about{' '}
                    {count(estimateTokens(found().system + found().prompt))} tokens.
                  </p>
                )}
              </Show>
              <textarea
                class={styles.text}
                rows="10"
                readOnly
                aria-label="Rules of the brief"
                value={found().system}
              />
              <textarea
                class={styles.text}
                rows="16"
                readOnly
                aria-label="Data of the brief"
                value={found().prompt}
              />
            </>
          )}
        </Show>
      </div>
    </details>
  );
}
