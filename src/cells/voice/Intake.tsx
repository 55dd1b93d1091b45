import { createSignal, For, onCleanup, Show } from 'solid-js';
import type { FoundSamples, Voices } from '../../boundary/services';
import type { Corpus } from '../../domain/voice';
import type { Progress } from '../../notebook/kind';
import styles from './Intake.module.css';

interface Props {
  readonly corpus: Corpus;
  readonly voices: Voices;
  readonly isEmpty: boolean;
  onAdded(): void;
}

type Source = { readonly files: readonly File[] } | { readonly text: string };

/** The way in for mails: dropped or chosen files, or a paste. */
export function Intake(props: Props) {
  let picker!: HTMLInputElement;
  const [isOver, setOver] = createSignal(false);
  const [isPasting, setPasting] = createSignal(false);
  const [text, setText] = createSignal('');
  const [progress, setProgress] = createSignal<Progress>();
  const [failure, setFailure] = createSignal<string>();
  const [done, setDone] = createSignal<string>();
  const [found, setFound] = createSignal<{ readonly source: Source; readonly mails: FoundSamples }>();
  let work: AbortController | undefined;
  onCleanup(() => work?.abort());

  async function read(source: Source, sender?: string) {
    work?.abort();
    const mine = new AbortController();
    work = mine;
    setFailure(undefined);
    setDone(undefined);
    setProgress({ done: 0, total: 0, what: 'mails read' });
    const read = await props.voices.find(source, sender, {
      signal: mine.signal,
      progress: (now) => mine === work && setProgress(now),
    });
    if (mine !== work) return;
    setProgress(undefined);
    if (!read.ok) {
      if (read.failure.code !== 'cancelled') setFailure(read.failure.sentence);
      return;
    }
    setFound({ source, mails: read.value });
    // With one writer, or none named, there is nothing to choose.
    if (read.value.senders.length < 2 || sender !== undefined) await keep(read.value);
  }

  async function keep(mails: FoundSamples) {
    const { count } = mails;
    const added = await props.voices.add(props.corpus, mails.samples);
    if (!added.ok) return void setFailure(added.failure.sentence);
    const known = count - added.value;
    setDone(
      [
        `${plural(added.value, 'mail')} added.`,
        known > 0 ? `${plural(known, 'mail')} the corpus had already.` : '',
        added.value > 0 ? 'What was cut is shown with each mail below.' : '',
      ]
        .filter(Boolean)
        .join(' '),
    );
    setText('');
    setPasting(false);
    props.onAdded();
  }

  const isAsking = () => {
    const now = found();
    return (
      now !== undefined && now.mails.senders.length > 1 && done() === undefined && progress() === undefined
    );
  };

  return (
    <section
      class={styles.intake}
      aria-label="Add mails"
      data-over={isOver() ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) void read({ files });
      }}
    >
      <p class={styles.what}>
        {props.isEmpty
          ? 'Drop mails you really sent: .eml, .mbox, .txt or a CSV. From ten different ones on, drafts are held against them.'
          : 'Drop more mails here: .eml, .mbox, .txt or a CSV.'}
      </p>
      <div class={styles.buttons}>
        <button type="button" data-edit onClick={() => picker.click()}>
          Choose files
        </button>
        <button type="button" aria-expanded={isPasting()} onClick={() => setPasting(!isPasting())}>
          Paste
        </button>
        <input
          ref={picker}
          class="unseen"
          type="file"
          multiple
          tabindex="-1"
          aria-label="Choose mail files"
          accept=".eml,.mbox,.txt,.csv,.tsv,.md"
          onChange={() => {
            const files = [...(picker.files ?? [])];
            picker.value = '';
            if (files.length > 0) void read({ files });
          }}
        />
      </div>
      <Show when={isPasting()}>
        <form
          class={styles.paste}
          onSubmit={(event) => {
            event.preventDefault();
            void read({ text: text() });
          }}
        >
          <textarea
            class={styles.text}
            aria-label="Mails, pasted"
            placeholder={'One mail, or several with a line of dashes (---) between them.'}
            value={text()}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" data-primary>
            Add
          </button>
        </form>
      </Show>
      <Show when={progress()}>
        {(now) => (
          <p class={styles.state}>
            <Show when={now().total > 0} fallback={<progress aria-label="Reading mails" />}>
              <progress max={now().total} value={now().done} aria-label="Reading mails" />
            </Show>
            {now().total
              ? `${now().done.toLocaleString('en')} of ${now().total.toLocaleString('en')} ${now().what}`
              : 'Reading'}
            <button type="button" data-quiet onClick={() => work?.abort()}>
              Stop
            </button>
          </p>
        )}
      </Show>
      <Show when={isAsking() && found()}>
        {(now) => (
          <fieldset class={styles.senders}>
            <legend>Whose mails are these? Only one writer’s make a voice.</legend>
            <For each={now().mails.senders.slice(0, 6)}>
              {(one) => (
                <button
                  type="button"
                  data-primary={one.sender === now().mails.sender ? '' : undefined}
                  onClick={() =>
                    one.sender === now().mails.sender
                      ? void keep(now().mails)
                      : void read(now().source, one.sender)
                  }
                >
                  {one.sender} ({one.mails.toLocaleString('en')})
                </button>
              )}
            </For>
          </fieldset>
        )}
      </Show>
      <div aria-live="polite">
        <Show when={done()}>
          <p class={styles.state}>{done()}</p>
        </Show>
        <Show when={failure()}>
          <p class={styles.failure}>{failure()}</p>
        </Show>
      </div>
      <Show when={found()?.mails.passedOverCount}>
        {(passed) => (
          <details class={styles.passed}>
            <summary>{plural(passed(), 'mail')} not used</summary>
            <ul>
              <For each={found()?.mails.passedOver ?? []}>
                {(one) => (
                  <li>
                    {one.where}: {one.reason}
                  </li>
                )}
              </For>
              <Show when={passed() > (found()?.mails.passedOver.length ?? 0)}>
                <li>and {(passed() - (found()?.mails.passedOver.length ?? 0)).toLocaleString('en')} more</li>
              </Show>
            </ul>
          </details>
        )}
      </Show>
    </section>
  );
}

function plural(count: number, noun: string): string {
  return `${count === 0 ? 'No' : count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
