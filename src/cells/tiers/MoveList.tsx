import { Index, Show } from 'solid-js';
import {
  type Decision,
  reasonSentence,
  scoreParts,
  type Tier,
  type TierFactors,
  type TierRules,
  type TierWeights,
  tierReasons,
} from '../../domain/tier';
import { TierBadge } from '../../ui/TierBadge';
import { fullName, type ProspectName } from '../prospectNames';
import styles from './MoveList.module.css';
import type { Moves } from './moves';
import { factorWords } from './words';

interface Props {
  readonly moves: Moves;
  readonly decision: Decision;
  readonly rules: TierRules;
  readonly score: Float32Array;
  readonly factors: TierFactors;
  readonly weights: TierWeights;
  /** The tier each has now. */
  readonly before: Uint8Array;
  readonly ids: Int32Array;
  nameOf(id: number): ProspectName | undefined;
  /** Something is being dragged at this moment. */
  readonly isDragging: boolean;
  /** What was last kept, as a sentence. */
  readonly kept: string | undefined;
  onKeep(): void;
  onPick(isUp: boolean): void;
  onPoint(id: number | undefined): void;
  onOpen(id: number): void;
}

/** Who moves up and down, and why. While a threshold is dragged they follow it; week after week they are a proposal. */
export function MoveList(props: Props) {
  const total = () => props.moves.upCount + props.moves.downCount;
  const state = () => {
    if (total() === 0) return props.kept;
    if (props.rules.isSteady)
      return 'Proposed, for scores have changed since the tiers were kept. The counts above are with these moves.';
    return props.isDragging ? 'Kept when you let go.' : 'Kept as soon as this cell has run.';
  };
  return (
    <section class={styles.moves} aria-label="Who moves">
      <header class={styles.header}>
        <h3 class={styles.title}>
          <Show when={total() > 0} fallback="Nobody moves">
            <span class={styles.count}>{props.moves.upCount.toLocaleString('en')}</span> up,{' '}
            <span class={styles.count}>{props.moves.downCount.toLocaleString('en')}</span> down
          </Show>
        </h3>
        <span class={styles.kept} role="status">
          {state()}
        </span>
        <Show when={total() > 0 && props.rules.isSteady}>
          <button type="button" onClick={() => props.onKeep()}>
            Make these moves
          </button>
        </Show>
      </header>
      <Show when={total() > 0}>
        <div class={styles.sides}>
          <Side {...props} isUp={true} positions={props.moves.up} count={props.moves.upCount} />
          <Side {...props} isUp={false} positions={props.moves.down} count={props.moves.downCount} />
        </div>
      </Show>
    </section>
  );
}

function Side(
  props: Props & { readonly isUp: boolean; readonly positions: readonly number[]; readonly count: number },
) {
  return (
    <Show when={props.count > 0}>
      <div class={styles.side}>
        <ul class={styles.list} aria-label={props.isUp ? 'Up' : 'Down'}>
          <Index each={props.positions}>{(position) => <Move {...props} position={position()} />}</Index>
        </ul>
        <button type="button" data-quiet onClick={() => props.onPick(props.isUp)}>
          Pick {props.count === 1 ? 'the one' : `all ${props.count.toLocaleString('en')}`} that{' '}
          {props.count === 1 ? 'moves' : 'move'} {props.isUp ? 'up' : 'down'}
        </button>
      </div>
    </Show>
  );
}

function Move(props: Props & { readonly position: number }) {
  const id = () => props.ids[props.position]!;
  const tier = () => props.decision.tier[props.position] as Tier;
  const reason = () => tierReasons[props.decision.reason[props.position]!]!;
  /** Where most of the score comes from. */
  const strongest = () => {
    const parts = scoreParts(props.factors, props.weights, props.position);
    const most = parts.reduce((best, part) => (part.points > best.points ? part : best));
    return `Most of it: ${factorWords[most.name].label.toLowerCase()}, ${most.points.toFixed(1)} of ${most.most.toFixed(1)}.`;
  };
  return (
    <li
      class={styles.move}
      onPointerEnter={() => props.onPoint(id())}
      onPointerLeave={() => props.onPoint(undefined)}
    >
      <span class={styles.tiers}>
        <TierBadge tier={props.before[props.position]!} /> <span aria-hidden="true">→</span>
        <span class="unseen">to</span> <TierBadge tier={tier()} />
      </span>
      <span class={styles.score}>{props.score[props.position]?.toFixed(1)}</span>
      <span class={styles.who}>
        <button
          type="button"
          data-quiet
          class={styles.name}
          onClick={() => props.onOpen(id())}
          onFocus={() => props.onPoint(id())}
          onBlur={() => props.onPoint(undefined)}
        >
          {fullName(props.nameOf(id()))}
        </button>
        <span class={styles.reason}>
          {reasonSentence(reason(), tier(), props.rules)} {strongest()}
        </span>
      </span>
    </li>
  );
}
