import { createSignal, createUniqueId, onCleanup, Show } from 'solid-js';
import type { Drafting } from '../../boundary/services';
import type { ModelChoice, ProviderName } from '../../domain/draft/models';
import styles from './Section.module.css';
import { providerWords } from './words';

interface Props {
  readonly provider: ProviderName;
  /** The models of this provider that are to write. */
  readonly choices: readonly ModelChoice[];
  readonly drafting: Drafting;
}

/** The key of one provider, where it goes, and a test of the connection. */
export function KeyField(props: Props) {
  const id = createUniqueId();
  const [typed, setTyped] = createSignal('');
  const [said, setSaid] = createSignal<{ readonly sentence: string; readonly isFailure: boolean }>();
  const [isTesting, setTesting] = createSignal(false);
  let stop: AbortController | undefined;
  onCleanup(() => stop?.abort());
  const has = () => props.drafting.keys.has(props.provider);
  const first = () => props.choices.find(({ model }) => model !== '') ?? props.choices[0];
  const origin = () => {
    const choice = first();
    return choice && props.drafting.originOf(choice);
  };

  function keep() {
    props.drafting.keys.set(props.provider, typed());
    // The field forgets it: what is kept is not shown again.
    setTyped('');
    setSaid(undefined);
  }

  async function test() {
    const choice = first();
    if (!choice) return;
    stop?.abort();
    const mine = new AbortController();
    stop = mine;
    setTesting(true);
    setSaid(undefined);
    const result = await props.drafting.test(choice, { signal: mine.signal });
    if (stop !== mine) return;
    setTesting(false);
    if (!result.ok && result.failure.code === 'cancelled') return;
    setSaid(
      result.ok
        ? { sentence: result.value, isFailure: false }
        : { sentence: result.failure.sentence, isFailure: true },
    );
  }

  return (
    <div>
      <form
        class={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <label class={styles.grow} for={id}>
          Key for {providerWords[props.provider]}
          {props.provider === 'compatible' ? ', if it wants one' : ''}
          <input
            id={id}
            type="password"
            autocomplete="off"
            spellcheck={false}
            placeholder={has() ? 'kept until you close this page' : ''}
            value={typed()}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={typed().trim() === ''}>
          Keep in memory
        </button>
        <Show when={has()}>
          <button type="button" data-quiet onClick={() => props.drafting.keys.set(props.provider, '')}>
            Forget
          </button>
        </Show>
        <button type="button" disabled={isTesting() || !first()?.model} onClick={test}>
          {isTesting() ? 'Testing' : 'Test the connection'}
        </button>
      </form>
      <p class={styles.note}>
        <Show when={origin()} fallback="The address is no web address yet.">
          {(where) => <>Briefs and key go to {where()}.</>}
        </Show>{' '}
        A test sends one sentence and costs next to nothing.
      </p>
      <p class={styles.said} data-failed={said()?.isFailure ? '' : undefined} role="status">
        {said()?.sentence}
      </p>
    </div>
  );
}
