import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { Voices } from '../../boundary/services';
import type { Corpus } from '../../domain/voice';
import type { AlikeGroup } from '../../domain/voice/alike';
import type { StoredSample } from '../../domain/voice/stored';
import { createLatest } from '../../ui/latest';
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
  onTrace(trace: Trace | undefined): void;
  onChanged(): void;
}

/** Mails shown at a time. */
const page = 12;

/** The mails of a corpus, what was cut from each, and which are left out. */
export function Mails(props: Props) {
  const [shown, setShown] = createSignal(page);
  const [open, setOpen] = createSignal<number>();
  const [failure, setFailure] = createSignal<string>();

  const all = createLatest(
    () => ({ corpus: props.corpus, version: props.version }),
    async ({ corpus }) => {
      const ids = await props.voices.sampleIds(corpus);
      return ids.ok ? ids.value : new Int32Array();
    },
  );
  const ids = createMemo(() =>
    props.trace ? Int32Array.from(props.trace.sampleIds) : (all() ?? new Int32Array()),
  );
  createEffect(on([() => props.corpus, () => props.trace], () => setShown(page), { defer: true }));
  const rows = createLatest(
    () => ({ ids: ids().slice(0, shown()), version: props.version }),
    async ({ ids }) => {
      const samples = await props.voices.samples(ids);
      return samples.ok ? samples.value : [];
    },
  );

  /** Why a mail is passed over in the profile, though it isn't left out by hand. */
  const standIns = createMemo(() => {
    const found = new Map<number, string>();
    for (const group of props.alike)
      for (const id of group.sampleIds)
        if (id !== group.keptId)
          found.set(
            id,
            group.kind === 'copies'
              ? 'a copy of another, counted once'
              : 'filled from a template, counted once',
          );
    return found;
  });

  async function attempt(
    work: Promise<{ readonly ok: boolean; readonly failure?: { readonly sentence: string } }>,
  ) {
    const done = await work;
    setFailure(done.ok ? undefined : done.failure?.sentence);
    if (done.ok) props.onChanged();
  }

  return (
    <section class={styles.mails} aria-label="Mails">
      <header class={styles.header}>
        <h3 class={styles.heading}>
          {props.trace
            ? `${ids().length} with ${props.trace.what}`
            : `${(all()?.length ?? 0).toLocaleString('en')} ${all()?.length === 1 ? 'mail' : 'mails'}`}
        </h3>
        <Show when={props.trace}>
          <button type="button" data-quiet onClick={() => props.onTrace(undefined)}>
            Show all
          </button>
        </Show>
      </header>
      <Show when={failure()}>
        <p class={styles.failure} role="alert">
          {failure()}
        </p>
      </Show>
      <ul class={styles.list}>
        <For each={rows() ?? []}>
          {(sample: StoredSample) => (
            <Sample
              sample={sample}
              isOpen={open() === sample.id}
              countedOnce={standIns().get(sample.id)}
              onToggle={() => setOpen(open() === sample.id ? undefined : sample.id)}
              onCut={(removed) => void attempt(props.voices.cut(sample, removed))}
              onExclude={(isExcluded) =>
                void attempt(props.voices.exclude(Int32Array.of(sample.id), isExcluded))
              }
              onRemove={() => void attempt(props.voices.remove(Int32Array.of(sample.id)))}
            />
          )}
        </For>
      </ul>
      <Show when={ids().length > shown()}>
        <button type="button" class={styles.more} onClick={() => setShown(Math.min(200, shown() + 2 * page))}>
          Show more ({(ids().length - shown()).toLocaleString('en')})
        </button>
      </Show>
    </section>
  );
}
