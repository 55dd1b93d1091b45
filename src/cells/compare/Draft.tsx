import { createMemo, createUniqueId, For, Show } from 'solid-js';
import type { ComparedText } from '../../boundary/services';
import { type DiffPart, diffWords } from '../../domain/compare/diff';
import { obstacleOf } from '../../domain/compare/sendable';
import { lookOf, lookWords } from '../../domain/genericness/look';
import type { Genericness, GenericnessWeights } from '../../domain/genericness/score';
import { reckoning, weighedParts } from '../../domain/genericness/weigh';
import { TextDiff } from '../../ui/TextDiff';
import styles from './Draft.module.css';

interface Props {
  /** Undefined while it is on its way; null where it is gone. */
  readonly text: ComparedText | null | undefined;
  /** What its words are marked against; undefined marks nothing. */
  readonly against: ComparedText | undefined;
  /** What it cost and took; empty where nothing is known. */
  readonly effort: string;
  /** Undefined where it was not scored. */
  readonly genericness: Genericness | undefined;
  readonly weights: GenericnessWeights;
  readonly isChosen: boolean;
  onChoose(): void;
}

/** One draft with what was measured of it. */
export function Draft(props: Props) {
  return (
    <Show when={props.text} fallback={<Missing isGone={props.text === null} />}>
      {(text) => <Written {...props} text={text()} />}
    </Show>
  );
}

function Missing(props: { readonly isGone: boolean }) {
  return (
    <Show when={props.isGone} fallback={<div class={styles.skeleton} aria-hidden="true" />}>
      <p class={styles.none}>This draft is no longer in the workbench. Run the cell again.</p>
    </Show>
  );
}

function Written(props: Props & { readonly text: ComparedText }) {
  const against = () => (props.against?.id === props.text.id ? undefined : props.against);
  const subject = createMemo(() => marked(against()?.subject, props.text.subject));
  const body = createMemo(() => marked(against()?.body, props.text.body));
  const differing = createMemo(() =>
    against() ? [...subject(), ...body()].filter(({ kind }) => kind !== 'same').length : 0,
  );

  const obstacleId = createUniqueId();
  const obstacle = createMemo(() => obstacleOf(props.text));
  const sentences = () => props.text.report?.sentences ?? [];
  const marks = createMemo(() => {
    const { body, report } = props.text;
    // What was scored of an HTML draft is the text it shows: its sentences are then in the list alone.
    const offset = report ? body.indexOf(report.text) : -1;
    if (!report || offset < 0) return [];
    return report.sentences.map((sentence) => ({
      start: sentence.start + offset,
      end: sentence.end + offset,
      look: lookOf(sentence),
      title: sentence.reasons.map((reason) => reason.sentence).join(' '),
    }));
  });

  return (
    <>
      <p class={styles.subject}>
        <Show when={props.text.subject} fallback={<span class="muted">No subject</span>}>
          <TextDiff parts={subject()} />
        </Show>
      </p>
      <div class={styles.body}>
        <TextDiff parts={body()} marks={marks()} />
      </div>
      <Show when={against()}>
        <p class="unseen">
          {differing() === 0 ? 'The same words.' : `Differs in ${differing()} places, marked.`}
        </p>
      </Show>
      <div class={styles.facts}>
        <Show when={props.genericness} fallback={<p>Not scored</p>}>
          {(found) => (
            <Score found={found()} weights={props.weights} gate={props.text.report?.gate.sentence ?? ''} />
          )}
        </Show>
        <Show when={props.effort}>
          <p class={styles.effort}>{props.effort}</p>
        </Show>
      </div>
      <Show when={sentences().length > 0}>
        <details class={styles.sentences}>
          <summary>Sentence by sentence</summary>
          <ol>
            <For each={sentences()}>
              {(sentence) => (
                <li data-look={lookOf(sentence)}>
                  <q>{props.text.report?.text.slice(sentence.start, sentence.end)}</q>
                  <span class={styles.look}>{lookWords[lookOf(sentence)]}. </span>
                  <For each={sentence.reasons}>{(reason) => <span>{reason.sentence} </span>}</For>
                  <Show when={sentence.evidence}>
                    {(evidence) => (
                      <span>
                        {evidence().isLive ? 'Rests on' : 'Rests on, though it is out of date,'} “
                        {evidence().quote}” ({evidence().source}).
                      </span>
                    )}
                  </Show>
                </li>
              )}
            </For>
          </ol>
        </details>
      </Show>
      <div class={styles.choice}>
        <button
          type="button"
          class={styles.choose}
          aria-pressed={props.isChosen}
          aria-describedby={obstacle() ? obstacleId : undefined}
          disabled={obstacle() !== undefined}
          onClick={() => props.onChoose()}
        >
          {props.isChosen ? 'Chosen' : 'Choose'}
        </button>
        <Show when={obstacle()}>
          {(sentence) => (
            <p class={styles.stopped} id={obstacleId}>
              <Show when={props.isChosen}>Chosen, but it must not be sent as it is. </Show>
              {sentence()}
            </p>
          )}
        </Show>
      </div>
    </>
  );
}

/** The number, and on demand what it is made of. */
function Score(props: {
  readonly found: Genericness;
  readonly weights: GenericnessWeights;
  /** What is said of the evidence behind it. */
  readonly gate: string;
}) {
  return (
    <details class={styles.score}>
      <summary>
        <b>{Math.round(props.found.score)}</b> of 100 generic
      </summary>
      <dl>
        <For each={weighedParts(props.found.parts, props.weights)}>
          {({ label, value, share }) => (
            <div>
              <dt>{label}</dt>
              <dd>
                {value === null ? 'not measured' : `${Math.round(value)} × ${Math.round(100 * share)} %`}
              </dd>
            </div>
          )}
        </For>
      </dl>
      <p>
        {reckoning(props.found, props.weights)} {props.found.mustNotBeSent ? '' : props.gate}
      </p>
    </details>
  );
}

function marked(before: string | undefined, text: string): readonly DiffPart[] {
  return before === undefined ? [{ kind: 'same', text }] : diffWords(before, text);
}
