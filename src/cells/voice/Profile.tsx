import { For, type JSX, Show } from 'solid-js';
import type { Habit } from '../../domain/voice/habits';
import type { VoiceProfile } from '../../domain/voice/score';
import type { TraitKey } from '../../domain/voice/traits';
import styles from './Profile.module.css';
import { Strip } from './Strip';

/** Mails that show something, to be looked at below. */
export interface Trace {
  /** What they have in common, to be read after "5 mails": "with most questions". */
  readonly what: string;
  readonly sampleIds: ArrayLike<number>;
  /** Shown in the order given; latest first otherwise. */
  readonly isRanked?: boolean;
}

/** Of which mails a measure is largest. */
const mostOf: Readonly<Record<TraitKey, string>> = {
  length: 'with most words',
  'sentence length': 'with the longest sentences',
  questions: 'with most questions',
  'you to I': 'with most “you”',
  contractions: 'that contract most',
  hedges: 'that hedge most',
  formality: 'that read most formal',
  'exclamation marks': 'with most exclamation marks',
  dashes: 'with most dashes',
};

interface Props {
  readonly profile: VoiceProfile;
  onTrace(trace: Trace): void;
}

/** A voice in words and small pictures, each claim with the mails it rests on. */
export function Profile(props: Props) {
  const mails = () => props.profile.sampleIds.length;
  return (
    <div class={styles.profile}>
      <ul class={styles.traits} aria-label="Measures">
        <For each={props.profile.traits}>
          {(trait) => (
            <li class={styles.trait}>
              <h3 class={styles.label}>{trait.label}</h3>
              <Show when={!Number.isNaN(trait.middle)}>
                <Strip
                  values={trait.values}
                  low={trait.low}
                  middle={trait.middle}
                  high={trait.high}
                  label={`${trait.label}, ${trait.unit}: every mail as a mark`}
                />
              </Show>
              <p class={styles.sentence}>{trait.sentence}</p>
              <Show when={trait.sampleIds.length > 0}>
                <button
                  type="button"
                  data-quiet
                  class={styles.trace}
                  onClick={() =>
                    props.onTrace({ what: mostOf[trait.key], sampleIds: trait.sampleIds, isRanked: true })
                  }
                >
                  Mails {mostOf[trait.key]}
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <div class={styles.habits}>
        <Habits
          title="Begins with"
          habits={props.profile.greetings}
          mails={mails()}
          that="that begin with"
          none="no greeting"
          onTrace={props.onTrace}
        />
        <Habits
          title="First words"
          habits={props.profile.openings}
          mails={mails()}
          that="whose first words are"
          none=""
          onTrace={props.onTrace}
        />
        <Habits
          title="Ends with"
          habits={props.profile.closings}
          mails={mails()}
          that="that end with"
          none="no sign-off"
          onTrace={props.onTrace}
        />
      </div>
      <div class={styles.phrases}>
        <Chips
          title="Phrases really used"
          isEmpty={props.profile.phrases.length === 0}
          empty="No phrase stands out yet; it takes three mails that share it."
        >
          <For each={props.profile.phrases}>
            {(phrase) => (
              <li>
                <button
                  type="button"
                  class={styles.chip}
                  title={`Others: in ${Math.round(100 * phrase.othersShare)} of 100 mails`}
                  onClick={() =>
                    props.onTrace({ what: `that say “${phrase.text}”`, sampleIds: phrase.sampleIds })
                  }
                >
                  {phrase.text} <span class={styles.count}>{phrase.sampleIds.length}</span>
                </button>
              </li>
            )}
          </For>
        </Chips>
        <Chips
          title="Never used, though others do"
          isEmpty={props.profile.avoided.length === 0}
          empty="Too few mails to tell what is never said."
        >
          <For each={props.profile.avoided}>
            {(phrase) => (
              <li class={styles.avoided}>
                {phrase.text}{' '}
                <span
                  class={styles.count}
                  title={`Others say it in ${Math.max(1, Math.round(100 * phrase.othersShare))} of 100 mails`}
                >
                  {Math.max(1, Math.round(100 * phrase.othersShare))} %
                </span>
              </li>
            )}
          </For>
        </Chips>
      </div>
    </div>
  );
}

function Habits(props: {
  readonly title: string;
  readonly habits: readonly Habit[];
  readonly mails: number;
  /** What the mails of a habit do, its words following. */
  readonly that: string;
  /** What the empty habit is called. */
  readonly none: string;
  onTrace(trace: Trace): void;
}) {
  return (
    <section class={styles.habit}>
      <h3 class={styles.label}>{props.title}</h3>
      <Show when={props.habits.length > 0} fallback={<p class={styles.sentence}>Different every time.</p>}>
        <ul>
          <For each={props.habits.slice(0, 4)}>
            {(habit) => (
              <li>
                <button
                  type="button"
                  data-quiet
                  class={styles.row}
                  onClick={() =>
                    props.onTrace({
                      what: habit.text ? `${props.that} “${habit.text}”` : `with ${props.none}`,
                      sampleIds: habit.sampleIds,
                    })
                  }
                >
                  <span class={styles.text}>{habit.text || props.none}</span>
                  <span class={styles.bar} aria-hidden="true">
                    <span style={{ width: `${100 * habit.share}%` }} />
                  </span>
                  <span class={styles.count}>
                    {habit.sampleIds.length.toLocaleString('en')} of {props.mails.toLocaleString('en')}
                  </span>
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

function Chips(props: {
  readonly title: string;
  readonly isEmpty: boolean;
  readonly empty: string;
  readonly children: JSX.Element;
}) {
  return (
    <section>
      <h3 class={styles.label}>{props.title}</h3>
      <Show when={!props.isEmpty} fallback={<p class={styles.sentence}>{props.empty}</p>}>
        <ul class={styles.chips}>{props.children}</ul>
      </Show>
    </section>
  );
}
