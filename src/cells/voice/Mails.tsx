import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { Voices } from '../../boundary/services';
import type { Corpus } from '../../domain/voice';
import type { AlikeGroup } from '../../domain/voice/alike';
import type { StoredSample } from '../../domain/voice/stored';
import { createLatest } from '../../ui/latest';
import { LastStep, type Step } from './LastStep';
import styles from './Mails.module.css';
import type { Trace } from './Profile';
import { Sample } from './Sample';

interface Props {
  readonly corpus: Corpus;
  readonly voices: Voices;
  /** Changes when the mails were changed elsewhere. */
  readonly version: number;
  readonly trace: Trace | undefined;
  readonly alike: readonly AlikeGroup[];
  readonly step: Step | undefined;
  onUndo(step: Step): void;
  onShowAll(): void;
  /** To the statement that the trace was followed from, where there is one. */
  readonly onBack: (() => void) | undefined;
  onChanged(step: Step | undefined): void;
}

/** Mails shown at a time. */
const page = 20;

/** The mails of a corpus, what was cut from each, and which are left out. */
export function Mails(props: Props) {
  const [from, setFrom] = createSignal(0);
  const [open, setOpen] = createSignal<number>();
  const [failure, setFailure] = createSignal<string>();

  const all = createLatest(
    () => ({ corpus: props.corpus, version: props.version }),
    async ({ corpus }) => {
      const ids = await props.voices.sampleIds(corpus);
      return ids.ok ? ids.value : new Int32Array();
    },
  );
  const ids = createMemo(() => {
    const there = all() ?? new Int32Array();
    const { trace } = props;
    if (!trace) return there;
    const [first, second] = trace.isRanked
      ? [Int32Array.from(trace.sampleIds), there]
      : [there, Int32Array.from(trace.sampleIds)];
    const wanted = new Set(second);
    return first.filter((id) => wanted.has(id));
  });
  createEffect(on([() => props.corpus, () => props.trace], () => setFrom(0), { defer: true }));
  /** Where the page begins; the last page where mails have gone since. */
  const start = () => Math.max(0, Math.min(from(), page * Math.floor((ids().length - 1) / page)));
  const asked = createLatest(
    () => ({ ids: ids().slice(start(), start() + page), version: props.version }),
    async ({ ids }) => {
      const samples = await props.voices.samples(ids);
      return samples.ok ? samples.value : [];
    },
  );
  // A mail that changes stays where it stands, and so does the focus within it.
  const [shown, setShown] = createStore<{ rows: StoredSample[] }>({ rows: [] });
  createEffect(() => setShown('rows', reconcile([...(asked() ?? [])], { key: 'id' })));

  /** Why a mail is passed over in the profile, though it isn't left out by hand. */
  const standIns = createMemo(() => {
    const found = new Map<number, string>();
    for (const group of props.alike)
      for (const id of group.sampleIds)
        if (id !== group.keptId)
          found.set(
            id,
            group.kind === 'copies'
              ? 'the same as another but for names, counted once'
              : 'filled from a template, counted once',
          );
    return found;
  });

  async function attempt(
    work: Promise<{ readonly ok: boolean; readonly failure?: { readonly sentence: string } }>,
  ) {
    const done = await work;
    setFailure(done.ok ? undefined : done.failure?.sentence);
    if (done.ok) props.onChanged(undefined);
  }

  async function remove({ id, corpus }: StoredSample) {
    const removed = await props.voices.remove(Int32Array.of(id));
    setFailure(removed.ok ? undefined : removed.failure.sentence);
    if (!removed.ok) return;
    props.onChanged({
      where: 'mails',
      said: 'One mail removed.',
      takesFocus: true,
      async undo() {
        const added = await props.voices.add(corpus, removed.value);
        return added.ok ? undefined : added.failure.sentence;
      },
    });
  }

  const count = () => `${ids().length.toLocaleString('en')} ${ids().length === 1 ? 'mail' : 'mails'}`;

  return (
    <section class={styles.mails} aria-label="Mails">
      <header class={styles.header}>
        <h3 class={styles.heading} tabindex="-1">
          {count()}
          {props.trace ? ` ${props.trace.what}` : ''}
        </h3>
        <Show when={props.trace}>
          <button type="button" data-quiet onClick={() => props.onShowAll()}>
            Show all
          </button>
          <Show when={props.onBack}>
            {(back) => (
              <button type="button" data-quiet onClick={() => back()()}>
                Back
              </button>
            )}
          </Show>
        </Show>
      </header>
      <LastStep step={props.step} where="mails" onUndo={props.onUndo} />
      <Show when={failure()}>
        <p class={styles.failure} role="alert">
          {failure()}
        </p>
      </Show>
      <ul class={styles.list}>
        <For each={shown.rows}>
          {(sample) => (
            <Sample
              sample={sample}
              isOpen={open() === sample.id}
              countedOnce={standIns().get(sample.id)}
              onToggle={() => setOpen(open() === sample.id ? undefined : sample.id)}
              onCut={(removed) => void attempt(props.voices.cut(sample, removed))}
              onExclude={(isExcluded) =>
                void attempt(props.voices.exclude(Int32Array.of(sample.id), isExcluded))
              }
              onRemove={() => void remove(sample)}
            />
          )}
        </For>
      </ul>
      <Show when={ids().length > page}>
        <nav class={styles.pages} aria-label="Pages of mails">
          <button type="button" disabled={start() === 0} onClick={() => setFrom(start() - page)}>
            Previous
          </button>
          <span class={styles.place}>
            {(start() + 1).toLocaleString('en')}–{Math.min(ids().length, start() + page).toLocaleString('en')}{' '}
            of {ids().length.toLocaleString('en')}
          </span>
          <button
            type="button"
            disabled={start() + page >= ids().length}
            onClick={() => setFrom(start() + page)}
          >
            Next
          </button>
        </nav>
      </Show>
    </section>
  );
}
