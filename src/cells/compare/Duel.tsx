import { createMemo, createSignal, onMount, Show } from 'solid-js';
import type { ComparedText, Services } from '../../boundary/services';
import { diffWords } from '../../domain/compare/diff';
import {
  type Outcome,
  outcomesOf,
  planRound,
  type Showing,
  type Verdict,
  type Vote,
} from '../../domain/compare/duel';
import { TextDiff } from '../../ui/TextDiff';
import { fullName, type ProspectName } from '../prospectNames';
import styles from './Duel.module.css';
import type { ComparisonOutput } from './kind';
import { counted } from './words';

interface Props {
  readonly output: ComparisonOutput;
  readonly votes: readonly Vote[];
  readonly comparisons: Services['comparisons'];
  textOf(draftId: number): ComparedText | null | undefined;
  nameOf(prospectId: number): ProspectName | undefined;
  onVotes(votes: readonly Vote[]): void;
  onClose(): void;
}

const keys: Readonly<Record<string, Verdict>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowDown: 'tie',
  t: 'tie',
  '?': 'unsure',
  u: 'unsure',
};

/** Two drafts at a time, without their names: which is better? Each pair comes back once with its sides swapped. */
export function Duel(props: Props) {
  let section!: HTMLElement;
  const plan = () => planRound(props.output.alignment, props.output.drafts, props.votes, seed);
  // The order is drawn anew for each look at the cell; votes already given are not asked for again.
  const seed = crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1;
  const [round, setRound] = createSignal<readonly Showing[]>(plan());
  const [at, setAt] = createSignal(0);
  const [isMarked, setMarked] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<string>();
  const pairOf = ({ one, other }: Outcome) => `${one} ${other}`;
  const before = new Set(outcomesOf(props.votes).map(pairOf));
  onMount(() => section.focus());

  const showing = () => round()[at()];
  const prospectOf = createMemo(() => {
    const { draftIds, prospectIds } = props.output.drafts;
    return new Map(Array.from(draftIds, (id, i) => [id, prospectIds[i]!]));
  });
  const left = () => textAt(showing()?.left);
  const right = () => textAt(showing()?.right);
  const textAt = (id: number | undefined) => (id === undefined ? undefined : (props.textOf(id) ?? undefined));
  const isReady = () => left() !== undefined && right() !== undefined && !isBusy();

  async function decide(verdict: Verdict) {
    const shown = showing();
    if (!shown || !isReady()) return;
    setBusy(true);
    const kept = await props.comparisons.vote(shown, verdict);
    setBusy(false);
    if (!kept.ok) return void setFailure(kept.failure.sentence);
    setFailure(undefined);
    props.onVotes([...props.votes, { ...shown, verdict, id: kept.value }]);
    setAt(at() + 1);
    section.focus();
  }

  /** Takes back the last vote, of this round or an earlier one, and shows its pair again. */
  async function undo() {
    const last = props.votes.at(-1);
    if (!last || isBusy()) return;
    setBusy(true);
    const undone = await props.comparisons.undoVote(last.id);
    setBusy(false);
    if (!undone.ok) return void setFailure(undone.failure.sentence);
    props.onVotes(props.votes.slice(0, -1));
    if (at() > 0) setAt(at() - 1);
    else setRound([{ left: last.left, right: last.right }, ...round()]);
    section.focus();
  }

  function again() {
    setRound(plan());
    setAt(0);
    section.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const verdict = keys[event.key];
    const isOnControl = (event.target as HTMLElement).closest('button, input');
    if (verdict) void decide(verdict);
    else if (event.key === 'z' || event.key === 'Backspace') void undo();
    else if (event.key === 'm') setMarked(!isMarked());
    else if (event.key === 'Escape') props.onClose();
    else if (event.key === 'Enter' && !showing() && !isOnControl) again();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const decided = createMemo(() => outcomesOf(props.votes));
  const parts = (of: ComparedText, other: ComparedText, key: 'subject' | 'body') =>
    isMarked() ? diffWords(other[key], of[key]) : [{ kind: 'same' as const, text: of[key] }];

  return (
    <section ref={section} class={styles.duel} tabindex={-1} aria-label="Blind choice" on:keydown={onKeyDown}>
      <header class={styles.header}>
        <p class={styles.progress} aria-live="polite">
          <Show when={showing()} fallback="This round is done.">
            {at() + 1} of {round().length}
            <Show when={prospectOf().get(showing()!.left)}>
              {(id) => <>, to {fullName(props.nameOf(id()))}</>}
            </Show>
          </Show>
        </p>
        <progress max={Math.max(1, round().length)} value={at()} aria-label="Pairs of this round" />
        <label class={styles.toggle}>
          <input
            type="checkbox"
            checked={isMarked()}
            onChange={(event) => setMarked(event.currentTarget.checked)}
          />{' '}
          Mark what differs
        </label>
        <button type="button" disabled={props.votes.length === 0} onClick={() => void undo()}>
          Undo <kbd>Z</kbd>
        </button>
        <button type="button" onClick={() => props.onClose()}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      <Show when={failure()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
      <Show
        when={showing()}
        fallback={
          <RoundDone
            isAnyLeft={plan().length > 0}
            hadAny={round().length > 0}
            decided={decided().filter((outcome) => !before.has(pairOf(outcome)))}
            onAgain={again}
            onClose={props.onClose}
          />
        }
      >
        <p class={styles.question}>Which would you rather get? The names are hidden.</p>
        <div class={styles.sides}>
          <Side name="Left" text={left()} other={right()} parts={parts} />
          <Side name="Right" text={right()} other={left()} parts={parts} />
        </div>
        <div class={styles.verdicts}>
          <button
            type="button"
            aria-keyshortcuts="ArrowLeft"
            disabled={!isReady()}
            onClick={() => void decide('left')}
          >
            <ArrowKey to="left" /> Left is better
          </button>
          <button
            type="button"
            aria-keyshortcuts="ArrowDown"
            disabled={!isReady()}
            onClick={() => void decide('tie')}
          >
            Equally good <ArrowKey to="down" />
          </button>
          <button type="button" disabled={!isReady()} onClick={() => void decide('unsure')}>
            Can’t tell <kbd>?</kbd>
          </button>
          <button
            type="button"
            aria-keyshortcuts="ArrowRight"
            disabled={!isReady()}
            onClick={() => void decide('right')}
          >
            Right is better <ArrowKey to="right" />
          </button>
        </div>
      </Show>
    </section>
  );
}

/** Drawn, for fonts have arrows of all sizes or none. */
function ArrowKey(props: { readonly to: 'left' | 'down' | 'right' }) {
  return (
    <kbd>
      <svg class={styles.arrow} data-to={props.to} viewBox="0 0 16 16" aria-hidden="true">
        <path d="M13 8H3M7.5 3.5 3 8l4.5 4.5" />
      </svg>
    </kbd>
  );
}

function Side(props: {
  readonly name: string;
  readonly text: ComparedText | undefined;
  readonly other: ComparedText | undefined;
  parts(
    of: ComparedText,
    other: ComparedText,
    key: 'subject' | 'body',
  ): readonly { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }[];
}) {
  return (
    <article class={styles.side} aria-label={props.name}>
      <Show when={props.text && props.other && { text: props.text, other: props.other }}>
        {(both) => (
          <>
            <p class={styles.subject}>
              <TextDiff parts={props.parts(both().text, both().other, 'subject')} />
            </p>
            <div class={styles.body}>
              <TextDiff parts={props.parts(both().text, both().other, 'body')} />
            </div>
          </>
        )}
      </Show>
    </article>
  );
}

/** What the round came to, and the way on. */
function RoundDone(props: {
  readonly isAnyLeft: boolean;
  readonly hadAny: boolean;
  readonly decided: readonly { readonly winner: number | null | undefined }[];
  onAgain(): void;
  onClose(): void;
}) {
  const clear = () => props.decided.filter(({ winner }) => typeof winner === 'number').length;
  const even = () => props.decided.filter(({ winner }) => winner === null).length;
  return (
    <div class={styles.done}>
      <p>
        <Show
          when={props.hadAny}
          fallback="There is nothing to choose between: it takes two variants with different words for one prospect."
        >
          {counted(props.decided.length, 'pair')} seen both ways round: in {clear() || 'none'} one draft won
          on both sides, in {even() || 'none'} neither did. What each variant won stands in the scoreboard.
        </Show>
      </p>
      <div class={styles.verdicts}>
        <Show when={props.isAnyLeft}>
          <button type="button" data-primary onClick={() => props.onAgain()}>
            Another round
          </button>
        </Show>
        <button type="button" onClick={() => props.onClose()}>
          Show the scoreboard
        </button>
      </div>
    </div>
  );
}
