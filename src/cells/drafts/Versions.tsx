import { For, Show } from 'solid-js';
import type { Drafts } from '../../boundary/services';
import { createLatest } from '../../ui/latest';
import styles from './Versions.module.css';

interface Props {
  readonly draftId: number;
  readonly drafts: Drafts;
  onTake(text: { readonly subject: string; readonly body: string }): void;
}

/** What a draft was before it was changed, newest first. */
export function Versions(props: Props) {
  const answer = createLatest(
    () => props.draftId,
    (id) => props.drafts.versions(id),
  );
  const versions = () => {
    const found = answer();
    return found?.ok ? found.value : [];
  };
  return (
    <Show when={versions().length > 0}>
      <details class={styles.versions}>
        <summary>
          {versions().length === 1 ? 'One earlier version' : `${versions().length} earlier versions`}
        </summary>
        <ol>
          <For each={versions()}>
            {(version) => (
              <li>
                <p class="muted">
                  {new Date(version.madeAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}
                  , {version.origin}
                </p>
                <p class={styles.text}>{version.body}</p>
                <button type="button" data-quiet onClick={() => props.onTake(version)}>
                  Take this text
                </button>
              </li>
            )}
          </For>
        </ol>
      </details>
    </Show>
  );
}
