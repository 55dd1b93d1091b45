import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import type { Corpus } from '../../domain/voice';
import type { AlikeGroup } from '../../domain/voice/alike';
import type { VoiceRules } from '../../domain/voice/rules';
import type { CellViewProps } from '../../notebook/kind';
import { Explanation } from '../../ui/Explanation';
import { Intake } from './Intake';
import type { VoiceInputs, VoiceOutput, VoiceParams } from './kind';
import { LastStep, type Step } from './LastStep';
import { Mails } from './Mails';
import { Profile, type Trace } from './Profile';
import { Rules } from './Rules';
import styles from './View.module.css';

type Props = CellViewProps<VoiceParams, VoiceInputs, VoiceOutput, Services>;

/** Of fewer mails than this nothing is a habit. */
const fewestDescribed = 3;

const corpora: readonly { readonly corpus: Corpus; readonly label: string }[] = [
  { corpus: 'personal', label: 'Your own' },
  { corpus: 'brand', label: 'The brand’s' },
];

export default function View(props: Props) {
  const [trace, setTrace] = createSignal<Trace>();
  const [version, setVersion] = createSignal(0);
  const [failure, setFailure] = createSignal<string>();
  const [step, setStep] = createSignal<Step>();
  let mails!: HTMLDivElement;
  /** The statement whose mails are shown, to go back to. */
  const [origin, setOrigin] = createSignal<HTMLElement>();
  const corpus = createMemo(() => props.params.corpus);
  const voice = () => props.output?.voices[corpus()];
  /** Changes with everything after which the mails may be others. */
  const mailsVersion = createMemo(
    on([version, () => props.output], (_now, _before, count: number | undefined) => (count ?? 0) + 1),
  );
  createEffect(
    on(
      corpus,
      () => {
        setTrace(undefined);
        setStep(undefined);
        setFailure(undefined);
      },
      { defer: true },
    ),
  );

  function changed(done: Step | undefined) {
    setStep(done);
    setVersion(version() + 1);
    props.run();
  }

  async function undo(done: Step) {
    const sentence = await done.undo();
    setFailure(sentence);
    if (sentence !== undefined) return;
    setTrace(undefined);
    changed(undefined);
    const place = mails.querySelector('h3') ?? mails;
    if (done.where === 'mails') place.focus();
  }

  function follow(next: Trace) {
    setOrigin(document.activeElement instanceof HTMLElement ? document.activeElement : undefined);
    setTrace(next);
    mails.querySelector('h3')?.focus({ preventScroll: true });
    mails.scrollIntoView({ block: 'start', behavior: 'instant' });
  }

  function leaveTrace(to: HTMLElement | undefined) {
    setTrace(undefined);
    (to?.isConnected ? to : mails.querySelector('h3'))?.focus();
  }

  function added(ids: Int32Array, said: string) {
    setTrace({ what: 'just added', sampleIds: ids });
    setOrigin(undefined);
    changed({
      where: 'intake',
      said,
      async undo() {
        // Those removed by hand meanwhile are no longer there, which is as well.
        const removed = await props.services.voices.remove(ids);
        return removed.ok ? undefined : removed.failure.sentence;
      },
    });
  }

  async function setRules(rules: VoiceRules, said: string) {
    const of = corpus();
    const before = props.output?.states[of].rules;
    const kept = await props.services.voices.setRules(of, rules);
    setFailure(kept.ok ? undefined : kept.failure.sentence);
    if (!kept.ok) return;
    setStep(
      before && {
        where: 'rules',
        said,
        takesFocus: said.startsWith('Removed'),
        async undo() {
          const back = await props.services.voices.setRules(of, before);
          return back.ok ? undefined : back.failure.sentence;
        },
      },
    );
    props.run();
  }

  return (
    <div class={styles.view}>
      <div class={styles.tabs} role="tablist" aria-label="Whose voice">
        <For each={corpora}>
          {(one) => (
            <button
              type="button"
              role="tab"
              data-quiet
              aria-selected={corpus() === one.corpus}
              tabindex={corpus() === one.corpus ? 0 : -1}
              onClick={() =>
                props.setParams({ corpus: one.corpus }, `Look at ${one.label.toLowerCase()} voice`)
              }
              onKeyDown={(event) => {
                if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
                event.preventDefault();
                const other = corpora.find(({ corpus: now }) => now !== corpus());
                if (other)
                  props.setParams({ corpus: other.corpus }, `Look at ${other.label.toLowerCase()} voice`);
                const sibling =
                  event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling;
                if (sibling instanceof HTMLElement) sibling.focus();
              }}
            >
              {one.label}
              <Show when={props.output}>
                {(output) => (
                  <span class={styles.count}>{output().states[one.corpus].samples.toLocaleString('en')}</span>
                )}
              </Show>
            </button>
          )}
        </For>
      </div>
      <Intake corpus={corpus()} voices={props.services.voices} isEmpty={!voice()} onAdded={added} />
      <LastStep step={step()} where="intake" onUndo={(done) => void undo(done)} />
      <Show when={failure()}>
        <p class={styles.failure} role="alert">
          {failure()}
        </p>
      </Show>
      <Show when={voice()}>
        {(found) => (
          <>
            <Show when={found().unready}>
              <p class={styles.unready}>{found().unready}</p>
            </Show>
            <Show when={found().profile.sampleIds.length >= fewestDescribed}>
              <Profile profile={found().profile} onTrace={follow} />
            </Show>
            <LeftOut alike={found().profile.alike} onTrace={follow} />
          </>
        )}
      </Show>
      <Show when={props.output}>
        {(output) => (
          <section class={styles.section} aria-label="Rules">
            <h3 class={styles.heading}>
              Rules {corpus() === 'brand' ? 'of the brand, which hold over your own' : 'of your own'}
            </h3>
            <Rules
              corpus={corpus()}
              states={output().states}
              onChange={(rules, said) => void setRules(rules, said)}
            />
            <LastStep step={step()} where="rules" onUndo={(done) => void undo(done)} />
          </section>
        )}
      </Show>
      <div ref={mails} class={styles.mails}>
        <Show when={(props.output?.states[corpus()].samples ?? 0) > 0 || step()?.where === 'mails'}>
          <Mails
            corpus={corpus()}
            voices={props.services.voices}
            version={mailsVersion()}
            trace={trace()}
            alike={voice()?.profile.alike ?? []}
            step={step()}
            onUndo={(done) => void undo(done)}
            onShowAll={() => leaveTrace(undefined)}
            onBack={origin() && (() => leaveTrace(origin()))}
            onChanged={changed}
          />
        </Show>
      </div>
      <HowMeasured />
    </div>
  );
}

const inWords: Readonly<Record<AlikeGroup['kind'], string>> = {
  copies: 'are one mail, but for names and numbers',
  template: 'are filled from one template',
};

/** Copies and fillings of one template, of which one stands for all. */
function LeftOut(props: { readonly alike: readonly AlikeGroup[]; onTrace(trace: Trace): void }) {
  return (
    <Show when={props.alike.length > 0}>
      <section class={styles.section} aria-label="Counted once">
        <h3 class={styles.heading}>Counted once</h3>
        <ul class={styles.groups}>
          <For each={props.alike.slice(0, 8)}>
            {(group) => (
              <li>
                {group.sampleIds.length.toLocaleString('en')} {inWords[group.kind]}
                {group.shared[0] ? `: “${group.shared[0].replace(/\s+/g, ' ')}”` : ''}{' '}
                <button
                  type="button"
                  data-quiet
                  onClick={() =>
                    props.onTrace({
                      what: `that ${inWords[group.kind]}`,
                      sampleIds: group.sampleIds,
                    })
                  }
                >
                  Show them
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

function HowMeasured() {
  return (
    <Explanation>
      <p>
        Replies quoted, signatures, headers and forwarded mails are cut, for they are others’ words. Copies
        and mails filled from one template are counted once. What is left is counted: lengths, questions,
        contractions, hedges, set phrases. “More than most” compares with twenty invented writers whose mails
        come with Touchstone.
      </p>
      <p>
        A phrase is really used if it stands in three mails or more, and more often than others have it:{' '}
        <code>p ln(p / q)</code>, with <code>p</code> the share of these mails and <code>q</code> of others’.
        Formality leans on nouns and their company against pronouns, after Heylighen and Dewaele.
      </p>
      <p>
        A draft is held against a voice from ten different mails on, by three measures: sequences of three and
        four letters, forty traits of style, and a language model of letters. Each is set against the same
        measure of the invented writers, and the mean becomes a chance from 0 to 100 that the draft is this
        writer’s, calibrated on your own mails left out one at a time.
      </p>
    </Explanation>
  );
}
