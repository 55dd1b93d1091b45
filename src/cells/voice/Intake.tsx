import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import type { FoundSamples, Voices } from '../../boundary/services';
import type { Corpus } from '../../domain/voice';
import type { Progress } from '../../notebook/kind';
import styles from './Intake.module.css';

interface Props {
  readonly corpus: Corpus;
  readonly voices: Voices;
  readonly isEmpty: boolean;
  /** What was added, and a sentence that says so. */
  onAdded(ids: Int32Array, said: string): void;
}

type Source = { readonly files: readonly File[] } | { readonly text: string };

/** A text longer than this would hold up the page while it is laid out in the field: it is read at once instead. */
const longPaste = 50_000;
/** Senders with a button each; the others stand in a menu. */
const fewSenders = 5;

/** The way in for mails: dropped or chosen files, or a paste. */
export function Intake(props: Props) {
  let picker!: HTMLInputElement;
  let section!: HTMLElement;
  const [isOver, setOver] = createSignal(false);
  const [isPasting, setPasting] = createSignal(false);
  const [text, setText] = createSignal('');
  const [progress, setProgress] = createSignal<Progress>();
  const [failure, setFailure] = createSignal<string>();
  /** Mails of several writers, until it is said whose are wanted. */
  const [question, setQuestion] = createSignal<{ readonly source: Source; readonly mails: FoundSamples }>();
  const [passedOver, setPassedOver] = createSignal<FoundSamples>();
  /** Said where nothing was added, so that nothing can be undone. */
  const [nothingNew, setNothingNew] = createSignal<string>();
  let work: AbortController | undefined;
  onCleanup(() => work?.abort());
  // What was read for one corpus is not to be kept in the other.
  createEffect(on(() => props.corpus, clear, { defer: true }));

  function clear() {
    work?.abort();
    work = undefined;
    setProgress(undefined);
    setFailure(undefined);
    setQuestion(undefined);
    setPassedOver(undefined);
    setNothingNew(undefined);
  }

  async function read(source: Source, sender?: string) {
    clear();
    const mine = new AbortController();
    work = mine;
    setProgress({ done: 0, total: 0, what: 'mails read' });
    const found = await props.voices.find(source, sender, {
      signal: mine.signal,
      progress: (now) => mine === work && setProgress(now),
    });
    if (mine !== work) return;
    setProgress(undefined);
    if (!found.ok) {
      if (found.failure.code !== 'cancelled') setFailure(found.failure.sentence);
      return;
    }
    setPassedOver(found.value);
    // With one writer, or none named, there is nothing to choose.
    if (found.value.senders.length < 2 || sender !== undefined) await keep(found.value);
    else setQuestion({ source, mails: found.value });
  }

  async function keep(mails: FoundSamples) {
    setQuestion(undefined);
    const added = await props.voices.add(props.corpus, mails.samples);
    if (!added.ok) return void setFailure(added.failure.sentence);
    setText('');
    setPasting(false);
    const said = saidOf(mails, added.value.length);
    if (added.value.length === 0) setNothingNew(said);
    else props.onAdded(added.value, said);
  }

  function choose(sender: string) {
    const asked = question();
    if (!asked) return;
    if (sender === asked.mails.sender) void keep(asked.mails);
    else void read(asked.source, sender);
  }

  return (
    <section
      ref={section}
      class={styles.intake}
      aria-label="Add mails"
      data-over={isOver() ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && section.contains(event.relatedTarget))) setOver(false);
      }}
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
            onPaste={(event) => {
              const pasted = event.clipboardData?.getData('text/plain') ?? '';
              if (pasted.length < longPaste) return;
              event.preventDefault();
              void read({ text: text() + pasted });
            }}
          />
          <button type="submit" data-primary>
            Add
          </button>
        </form>
      </Show>
      <Show when={progress()}>
        {(now) => (
          <p class={styles.reading}>
            <Show when={now().total > 0} fallback={<progress aria-label="Reading mails" />}>
              <progress max={now().total} value={now().done} aria-label="Reading mails" />
            </Show>
            {now().total
              ? `${now().done.toLocaleString('en')} of ${now().total.toLocaleString('en')} ${now().what}`
              : 'Reading'}
            <button type="button" data-quiet onClick={() => clear()}>
              Stop
            </button>
          </p>
        )}
      </Show>
      <Show when={question()}>
        {(asked) => (
          <Senders
            senders={asked().mails.senders}
            likeliest={asked().mails.sender}
            onChoose={choose}
            onNone={clear}
          />
        )}
      </Show>
      <div aria-live="polite">
        <Show when={nothingNew()}>
          <p class={styles.state}>{nothingNew()}</p>
        </Show>
        <Show when={failure()}>
          <p class={styles.failure}>{failure()}</p>
        </Show>
      </div>
      <Show when={passedOver()?.passedOverCount}>
        {(count) => (
          <details class={styles.passed}>
            <summary>{count().toLocaleString('en')} not used</summary>
            <ul>
              <For each={passedOver()?.passedOver ?? []}>
                {(one) => (
                  <li>
                    {one.where}: {one.reason}
                  </li>
                )}
              </For>
              <Show when={count() > (passedOver()?.passedOver.length ?? 0)}>
                <li>and {(count() - (passedOver()?.passedOver.length ?? 0)).toLocaleString('en')} more</li>
              </Show>
            </ul>
          </details>
        )}
      </Show>
    </section>
  );
}

/** Who of those who wrote the mails is meant. */
function Senders(props: {
  readonly senders: FoundSamples['senders'];
  readonly likeliest: string | null;
  onChoose(sender: string): void;
  onNone(): void;
}) {
  const named = (one: FoundSamples['senders'][number]) => `${one.sender} (${one.mails.toLocaleString('en')})`;
  /** The likeliest first, then those with most mails. */
  const sorted = () => [
    ...props.senders.filter(({ sender }) => sender === props.likeliest),
    ...props.senders.filter(({ sender }) => sender !== props.likeliest),
  ];
  return (
    <fieldset class={styles.senders}>
      <legend>Whose mails are these? Only one writer’s make a voice.</legend>
      <For each={sorted().slice(0, fewSenders)}>
        {(one) => (
          <button
            type="button"
            data-primary={one.sender === props.likeliest ? '' : undefined}
            onClick={() => props.onChoose(one.sender)}
          >
            {named(one)}
          </button>
        )}
      </For>
      <Show when={sorted().length > fewSenders}>
        <select
          aria-label="Another writer"
          onChange={(event) => event.currentTarget.value !== '' && props.onChoose(event.currentTarget.value)}
        >
          <option value="">{(sorted().length - fewSenders).toLocaleString('en')} others</option>
          <For each={sorted().slice(fewSenders)}>
            {(one) => <option value={one.sender}>{named(one)}</option>}
          </For>
        </select>
      </Show>
      <button type="button" data-quiet onClick={() => props.onNone()}>
        None of them
      </button>
    </fieldset>
  );
}

/** What came of mails that were found, `added` of which the corpus did not have. */
function saidOf({ count, cut, sender }: FoundSamples, added: number): string {
  const again = count - added;
  return [
    `${plural(added, 'mail')}${sender ? ` from ${sender}` : ''} added.`,
    again > 0
      ? `${again.toLocaleString('en')} ${again === 1 ? 'is' : 'are'} word for word a mail that is here, and kept once.`
      : '',
    added > 0 && cut > 0
      ? `Something was cut from ${cut.toLocaleString('en')} of them (a quoted reply, a signature, headers): open a mail below to see what, and to correct it.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function plural(count: number, noun: string): string {
  return `${count === 0 ? 'No' : count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
