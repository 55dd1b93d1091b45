import { For } from 'solid-js';
import {
  type Decision,
  reasonSentence,
  scoreParts,
  type Tier,
  type TierRules,
  tierReasons,
} from '../../domain/tier';
import { TierBadge } from '../../ui/TierBadge';
import { fullName, type ProspectName } from '../prospectNames';
import styles from './Breakdown.module.css';
import type { TiersOutput, TiersParams } from './kind';
import { factorWords } from './words';

interface Props {
  readonly output: TiersOutput;
  /** The prospect's position. */
  readonly index: number;
  readonly score: Float32Array;
  readonly params: TiersParams;
  readonly decision: Decision;
  readonly rules: TierRules;
  readonly name: ProspectName | undefined;
  /** Nobody is pointed at: this one stands for all. */
  readonly isExample: boolean;
  onOpen(): void;
}

/** What one prospect's score is made of, factor by factor. */
export function Breakdown(props: Props) {
  const tier = () => props.decision.tier[props.index] as Tier;
  const reason = () => tierReasons[props.decision.reason[props.index]!]!;
  const parts = () => scoreParts(props.output.factors, props.params.weights, props.index);

  return (
    <section class={styles.breakdown} aria-label="What the score is made of">
      <p class={styles.caption}>
        {props.isExample ? 'The highest score, point at anyone to see theirs' : 'What the score is made of'}
      </p>
      <header class={styles.header}>
        <button type="button" data-quiet class={styles.name} onClick={() => props.onOpen()}>
          {fullName(props.name)}
        </button>
        <span class={styles.total}>{props.score[props.index]?.toFixed(1)}</span>
        <TierBadge tier={tier()} />
      </header>
      <dl class={styles.factors}>
        <For each={parts()}>
          {(part) => (
            <div
              class={styles.factor}
              title={`${factorWords[part.name].label}: ${factorWords[part.name].about}`}
            >
              <dt>{factorWords[part.name].label}</dt>
              <dd>
                <span class={styles.track} style={{ '--most': `${part.most}%` }} aria-hidden="true">
                  <span
                    class={styles.points}
                    style={{ '--points': `${part.most > 0 ? (100 * part.points) / part.most : 0}%` }}
                  />
                </span>
                <span class={styles.value}>
                  {part.points.toFixed(1)} of {part.most.toFixed(1)}
                </span>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <p class={styles.reason}>{reasonSentence(reason(), tier(), props.rules)}</p>
    </section>
  );
}
