import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import type { Draft } from '../../domain/draft';
import type { GenericnessWeights } from '../../domain/genericness/score';
import { partWords } from '../../domain/genericness/weigh';
import type { CellViewProps } from '../../notebook/kind';
import { Slider } from '../../ui/Slider';
import { Detail } from './Detail';
import { DraftList } from './DraftList';
import { Explained } from './Explained';
import { type ScoresInputs, type ScoresOutput, type ScoresParams, scoresOf } from './kind';
import { NewDraft } from './NewDraft';
import { Shapes } from './Shapes';
import styles from './View.module.css';

type Props = CellViewProps<ScoresParams, ScoresInputs, ScoresOutput, Services>;

export default function View(props: Props) {
  const [dragged, setDragged] = createSignal<GenericnessWeights>();
  const [isAdding, setAdding] = createSignal(false);
  const [wanted, setWanted] = createSignal<number>();
  const [removed, setRemoved] = createSignal<Draft>();
  const change = (part: Partial<ScoresParams>, step: string) =>
    props.setParams({ ...props.params, ...part }, step);

  /** As they are while a weight is dragged. */
  const params = createMemo(() => ({ ...props.params, weights: dragged() ?? props.params.weights }));
  createEffect(
    on(
      () => props.params.weights,
      () => setDragged(undefined),
      { defer: true },
    ),
  );
  const scores = createMemo(() => (props.output ? scoresOf(props.output, params()) : new Float32Array()));

  /** Worst first, those not scored last. The list stays put while a weight is dragged. */
  const order = createMemo(() => {
    const output = props.output;
    if (!output) return new Int32Array();
    const settled = scoresOf(output, props.params);
    const worth = (at: number) => {
      const score = settled[at] ?? Number.NaN;
      if (output.describesAnother[at] === 1) return 101;
      return Number.isNaN(score) ? -1 : score;
    };
    return Int32Array.from(
      Array.from(output.draftIds.keys()).sort((a, b) => worth(b) - worth(a)),
      (at) => output.draftIds[at] ?? -1,
    );
  });
  const openAt = createMemo(() => {
    const at = order().indexOf(wanted() ?? -1);
    return Math.max(at, 0);
  });
  const open = () => order()[openAt()];

  async function bringBack(draft: Draft) {
    const { prospectId, touch, variant, subject, body, origin } = draft;
    const added = await props.services.drafts.add([{ prospectId, touch, variant, subject, body, origin }]);
    if (!added.ok) return;
    setRemoved(undefined);
    setWanted(added.value[0]);
    props.run();
  }

  const step = (by: -1 | 1) => {
    const next = order()[openAt() + by];
    return next === undefined ? undefined : () => setWanted(next);
  };

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    event.stopPropagation();
    step(event.key === 'ArrowDown' ? 1 : -1)?.();
  }

  return (
    <div class={styles.view}>
      <div class={styles.controls}>
        <Weights
          weights={params().weights}
          onInput={setDragged}
          onChange={(weights) => change({ weights }, 'How much each part counts')}
        />
        <div class={styles.choices}>
          <label class={styles.field}>
            Voice that counts
            <select
              value={props.params.voice}
              onChange={(event) =>
                change({ voice: event.currentTarget.value as ScoresParams['voice'] }, 'Which voice counts')
              }
            >
              <option value="personal">your own</option>
              <option value="brand">the brand’s</option>
            </select>
          </label>
          <label class={styles.field} title="Words you may say of yourself without evidence">
            What you sell
            <input
              type="text"
              placeholder="product, company, customers you may name"
              value={props.params.offer}
              onChange={(event) => change({ offer: event.currentTarget.value }, 'What you sell')}
            />
          </label>
          <button
            type="button"
            disabled={!props.inputs}
            aria-expanded={isAdding()}
            onClick={() => setAdding(!isAdding())}
          >
            Paste a draft
          </button>
        </div>
      </div>
      <Show when={isAdding() && props.inputs}>
        {(inputs) => (
          <NewDraft
            ids={inputs().from.ids}
            services={props.services}
            onAdded={(id) => {
              setAdding(false);
              setWanted(id);
              props.run();
            }}
            onClose={() => setAdding(false)}
          />
        )}
      </Show>
      <Show when={removed()}>
        {(draft) => (
          <p class={styles.removed} role="status">
            The draft{draft().subject ? ` “${draft().subject}”` : ''} is removed.
            <button type="button" onClick={() => void bringBack(draft())}>
              Bring it back
            </button>
            <button type="button" data-quiet onClick={() => setRemoved(undefined)}>
              Close
            </button>
          </p>
        )}
      </Show>
      <Show when={props.output}>
        {(output) => (
          <Show
            when={order().length > 0 && open()}
            fallback={
              <p class="empty">
                These prospects have no drafts yet. Paste one, or let a drafts cell write them; each is scored
                here, with its reasons.
              </p>
            }
          >
            {(draftId) => (
              <>
                <div class={styles.desk} ref={(desk) => desk.addEventListener('keydown', onKeyDown)}>
                  <div class={styles.list}>
                    <DraftList
                      output={output()}
                      scores={scores()}
                      order={order()}
                      openId={draftId()}
                      services={props.services}
                      onOpen={setWanted}
                    />
                  </div>
                  <Detail
                    cellId={props.cellId}
                    draftId={draftId()}
                    output={output()}
                    params={params()}
                    inputs={props.inputs}
                    services={props.services}
                    position={`${openAt() + 1} of ${order().length.toLocaleString('en')}, worst first`}
                    step={step}
                    onChanged={() => props.run()}
                    onRemoved={(draft) => {
                      setRemoved(draft);
                      setWanted(order()[openAt() + 1] ?? order()[openAt() - 1]);
                      props.run();
                    }}
                  />
                </div>
                <Show when={output().draftIds.length > 1}>
                  <Shapes output={output()} prospects={props.services.prospects} onOpen={setWanted} />
                </Show>
              </>
            )}
          </Show>
        )}
      </Show>
      <Explained output={props.output} />
    </div>
  );
}

function Weights(props: {
  readonly weights: GenericnessWeights;
  onInput(weights: GenericnessWeights): void;
  onChange(weights: GenericnessWeights): void;
}) {
  return (
    <fieldset class={styles.weights}>
      <legend>How much each part counts</legend>
      {(['substitution', 'voice', 'sameness'] as const).map((key) => (
        <Slider
          label={partWords[key]}
          value={props.weights[key]}
          min={0}
          max={1}
          step={0.05}
          format={(value) => `${Math.round(100 * value)} %`}
          onInput={(value) => props.onInput({ ...props.weights, [key]: value })}
          onChange={(value) => props.onChange({ ...props.weights, [key]: value })}
        />
      ))}
    </fieldset>
  );
}
