import { createEffect, createMemo, createSignal, createUniqueId, For, on, onCleanup, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import { isLive } from '../../domain/signal';
import { words } from '../../domain/text';
import { createLatest } from '../../ui/latest';
import { MarkedText } from '../../ui/MarkedText';
import { createProspectNames, fullName } from '../prospectNames';
import { today } from '../today';
import styles from './ByHand.module.css';
import { createLiveScore } from './liveScore';
import { ScoreBeside } from './ScoreBeside';
import writing from './Writing.module.css';
import { count } from './words';

interface Props {
  readonly cellId: string;
  readonly touch: number;
  readonly offer: string;
  /** Tier 1, the highest score first. */
  readonly ids: Int32Array;
  /** All prospects of the cell: whom a mail must not fit. */
  readonly pool: Int32Array;
  readonly hasVoice: boolean;
  readonly services: Services;
  /** A draft was added. */
  onChanged(): void;
}

/** After the last key, how long until what is written is kept. */
const pauseBeforeKeeping = 800;
/** Words from which on a mail is scored: more than its greeting. */
const fewestWords = 8;

/** Tier 1: a blank page, with the research beside it and questions that lead on. */
export function ByHand(props: Props) {
  const { drafting, drafts, prospects, scores, signals } = props.services;
  const nameOf = createProspectNames(prospects);
  const scoreId = createUniqueId();
  const [chosen, setChosen] = createSignal<number>();
  const [subject, setSubject] = createSignal('');
  const [body, setBody] = createSignal('');
  const [said, setSaid] = createSignal('');
  // Whoever has something to be written about comes first.
  const ordered = createLatest(
    () => {
      signals.revision();
      return props.ids;
    },
    async (ids) => {
      const standing = await drafting.standing(ids, today());
      if (!standing.ok) return ids;
      const { liveSignals } = standing.value;
      return Int32Array.from([
        ...ids.filter((_, i) => liveSignals[i] !== 0),
        ...ids.filter((_, i) => liveSignals[i] === 0),
      ]);
    },
  );
  const ids = () => ordered() ?? new Int32Array(0);
  const place = () => Math.max(0, ids().indexOf(chosen() ?? 0));
  const id = createMemo(() => ids()[place()]);

  const person = createLatest(
    () => {
      signals.revision();
      return id();
    },
    (one) => prospects.get(one),
  );
  const known = () => {
    const found = person();
    return found?.ok && found.value.id === id() ? found.value : undefined;
  };
  const fresh = () => known()?.signals.filter((signal) => isLive(signal, today())) ?? [];
  const older = () => known()?.signals.filter((signal) => !isLive(signal, today())) ?? [];
  const written = createLatest(
    () => {
      drafting.revision();
      return props.cellId;
    },
    async (cellId) => {
      const all = await drafting.drafts(cellId);
      if (!all.ok) return new Map<number, number>();
      const { draftIds, prospectIds, variants, variantNames, touches } = all.value;
      return new Map(
        Array.from(draftIds, (draftId, i) => ({ draftId, i }))
          .filter(({ i }) => variantNames[variants[i] ?? 0] === 'by hand' && touches[i] === props.touch)
          .map(({ draftId, i }) => [prospectIds[i] ?? 0, draftId]),
      );
    },
  );

  // ------------------------------------------------------------ what is written, and kept as it is

  let timer: ReturnType<typeof setTimeout> | undefined;
  let unkept: { readonly prospectId: number } | undefined;

  async function keep() {
    clearTimeout(timer);
    const mine = unkept;
    if (!mine) return;
    unkept = undefined;
    const kept = await drafting.keepOwn(props.cellId, {
      prospectId: mine.prospectId,
      touch: props.touch,
      subject: subject(),
      body: body(),
    });
    setSaid(kept.ok ? 'Kept.' : kept.failure.sentence);
    if (kept.ok && !written()?.has(mine.prospectId)) props.onChanged();
  }

  function write(part: { readonly subject?: string; readonly body?: string }) {
    const prospectId = id();
    if (prospectId === undefined) return;
    if (part.subject !== undefined) setSubject(part.subject);
    if (part.body !== undefined) setBody(part.body);
    unkept = { prospectId };
    setChosen(prospectId);
    setSaid('');
    clearTimeout(timer);
    timer = setTimeout(keep, pauseBeforeKeeping);
  }
  onCleanup(() => void keep());

  async function show(next: number) {
    await keep();
    setChosen(ids()[next]);
  }

  let shown: number | undefined;
  createEffect(
    on([id, written, known], async ([one, all, who]) => {
      if (one === undefined || !all || !who || shown === one) return;
      shown = one;
      const draftId = all.get(one);
      const found = draftId === undefined ? undefined : await drafts.get(draftId);
      if (id() !== one || unkept) return;
      const text = found?.ok ? found.value.body : who.firstName ? `Hello ${who.firstName},\n\n` : '';
      setSubject(found?.ok ? found.value.subject : '');
      setKept(text);
      setBody(text);
      setSaid('');
    }),
  );

  const length = () => words(body()).length;

  // ------------------------------------------------------------ how well it would fit anyone else

  const [kept, setKept] = createSignal('');
  const live = createLiveScore(
    scores,
    () => ({
      cellId: props.cellId,
      ids: props.pool,
      withVoice: props.hasVoice,
      offer: props.offer.trim(),
      day: today(),
    }),
    () => {
      const prospectId = id();
      return prospectId === undefined
        ? undefined
        : { draftId: undefined, prospectId, kept: kept(), body: body() };
    },
  );
  let hasBegun = false;
  /** Once there is something to score, not before: a glance at this page should cost nothing. */
  createEffect(
    on(body, (text) => {
      if (hasBegun || words(text).length < fewestWords) return;
      hasBegun = true;
      void live.begin().then((failure) => failure && setSaid(`Not scored: ${failure}`));
    }),
  );

  return (
    <Show
      when={props.ids.length > 0}
      fallback={<p class="empty">Nobody here is in tier 1, which is written to by hand.</p>}
    >
      <div class={writing.actions}>
        <button
          type="button"
          aria-label="Previous"
          disabled={place() === 0}
          onClick={() => show(place() - 1)}
        >
          ←
        </button>
        <button
          type="button"
          aria-label="Next"
          disabled={place() >= ids().length - 1}
          onClick={() => show(place() + 1)}
        >
          →
        </button>
        <select
          aria-label="To whom"
          class={styles.whom}
          onChange={(event) => void show(event.currentTarget.selectedIndex)}
        >
          <For each={[...ids().subarray(0, 200)]}>
            {(one, i) => (
              <option selected={i() === place()}>
                {written()?.has(one) ? '✓ ' : ''}
                {fullName(nameOf(one))}
              </option>
            )}
          </For>
        </select>
        <span class="muted">
          {count(written()?.size ?? 0)} of {count(props.ids.length)} written
        </span>
      </div>
      <div class={writing.columns}>
        <div class={writing.mail}>
          <input
            class={writing.subject}
            aria-label="Subject"
            placeholder="Subject: what the mail is about, in five words"
            value={subject()}
            onInput={(event) => write({ subject: event.currentTarget.value })}
          />
          <div class={styles.sheet}>
            <MarkedText
              label={`Mail to ${fullName(nameOf(id() ?? 0))}`}
              text={body()}
              marks={live.marks()}
              current={undefined}
              describedBy={scoreId}
              onCurrent={() => {}}
              onInput={(text) => write({ body: text })}
              onBlur={() => void keep()}
            />
          </div>
          <p class={styles.said}>
            <span class="numeric">{length()}</span> words
            {length() > 150 ? ': long for a first mail; what can go?' : ''}
            <span role="status"> {said()}</span>
          </p>
        </div>
        <section class={writing.beside} aria-label="What is known">
          <div id={scoreId} class={writing.beside}>
            <Show when={live.progress()}>
              {(now) => (
                <p class="muted">
                  Scoring: {count(now().done)} {now().total ? `of ${count(now().total)} ` : ''}
                  {now().what}
                </p>
              )}
            </Show>
            <ScoreBeside live={live} />
          </div>
          <ol class={styles.questions}>
            <li>What did they say or do, in their own words?</li>
            <li>What does it mean for them that they may not have said?</li>
            <li>What could you do about just that?</li>
            <li>What one question could they answer in a line?</li>
          </ol>
          <Show when={fresh().length === 0}>
            <p>
              Nothing fresh is known. Look for something they said or did lately before you write; without it
              this mail would fit anyone.
            </p>
          </Show>
          <For each={fresh()}>
            {(signal) => (
              <blockquote class={styles.signal} data-live>
                <p>{signal.quote}</p>
                <footer>
                  {signal.kind}, {signal.happenedOn}, {signal.source}
                </footer>
              </blockquote>
            )}
          </For>
          <For each={older()}>
            {(signal) => (
              <blockquote class={styles.signal}>
                <p>{signal.quote}</p>
                <footer>
                  {signal.kind}, {signal.happenedOn || 'no date'}, {signal.source} (old)
                </footer>
              </blockquote>
            )}
          </For>
          <Show when={known()}>
            {(found) => (
              <p class="muted">
                {[found().title, found().account.name, found().account.industry].filter(Boolean).join(', ')}.{' '}
                {found().account.description}
              </p>
            )}
          </Show>
          <button
            type="button"
            data-quiet
            class={styles.open}
            onClick={() => props.services.selection.show(id(), ids())}
          >
            Everything about them
          </button>
        </section>
      </div>
    </Show>
  );
}
