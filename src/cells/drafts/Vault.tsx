import { createSignal, Show } from 'solid-js';
import type { KeyRing } from '../../boundary/services';
import styles from './Section.module.css';

/** The vault: keys kept over a reload, encrypted, for those who ask for it. */
export function Vault(props: { readonly keys: KeyRing }) {
  const [passphrase, setPassphrase] = createSignal('');
  const [said, setSaid] = createSignal<{ readonly sentence: string; readonly isFailure: boolean }>();

  async function act(kind: 'save' | 'open') {
    const result = await (kind === 'save'
      ? props.keys.saveVault(passphrase())
      : props.keys.openVault(passphrase()));
    if (result.ok) setPassphrase('');
    setSaid(
      result.ok
        ? {
            sentence:
              kind === 'save'
                ? 'The keys are kept in this browser, encrypted. The passphrase is kept nowhere: without it they can’t be opened.'
                : 'The keys are in memory again.',
            isFailure: false,
          }
        : { sentence: result.failure.sentence, isFailure: true },
    );
  }

  return (
    <details>
      <summary>{props.keys.hasVault() ? 'Open your vault of keys' : 'Keep keys over a reload'}</summary>
      <form
        class={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          void act(props.keys.hasVault() ? 'open' : 'save');
        }}
      >
        <label class={styles.grow}>
          Passphrase, 8 characters or more
          <input
            type="password"
            autocomplete="off"
            value={passphrase()}
            onInput={(event) => setPassphrase(event.currentTarget.value)}
          />
        </label>
        <Show
          when={props.keys.hasVault()}
          fallback={
            <button type="submit" disabled={passphrase() === ''}>
              Encrypt and keep
            </button>
          }
        >
          <button type="submit" disabled={passphrase() === ''}>
            Open
          </button>
          <button type="button" disabled={passphrase() === ''} onClick={() => void act('save')}>
            Replace by the keys in memory
          </button>
          <button
            type="button"
            data-quiet
            onClick={() => {
              props.keys.removeVault();
              setSaid({ sentence: 'The vault is removed from this browser.', isFailure: false });
            }}
          >
            Remove the vault
          </button>
        </Show>
      </form>
      <p class={styles.said} data-failed={said()?.isFailure ? '' : undefined} role="status">
        {said()?.sentence}
      </p>
    </details>
  );
}
