import { createSignal, createUniqueId, For, onMount, Show } from 'solid-js';
import type { ProspectDetail, Services } from '../../boundary/services';
import { type SignalKind, signalKinds, signalProblem } from '../../domain/signal';
import { today } from '../today';
import styles from './Recording.module.css';

interface Props {
  readonly prospect: ProspectDetail;
  readonly signals: Services['signals'];
  onClose(): void;
}

/** How sure the rep is, in words; see `Signal.confidence`. */
const certainties = [
  [1, 'I am sure of it'],
  [0.7, 'very likely'],
  [0.4, 'perhaps'],
] as const;

/** A signal written down: what was said or done, when, and where it can be read. */
export function SignalForm(props: Props) {
  const problemId = createUniqueId();
  const [problem, setProblem] = createSignal<{ readonly field?: string; readonly sentence: string }>();
  const [isBusy, setBusy] = createSignal(false);
  let form!: HTMLFormElement;
  let quote!: HTMLTextAreaElement;
  onMount(() => {
    quote.focus();
    form.scrollIntoView({ block: 'nearest' });
  });

  async function add() {
    const given = new FormData(form);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    const signal = { happenedOn: text('happenedOn'), source: text('source'), quote: text('quote') };
    const found = signalProblem(signal, today(), listed(props.prospect));
    setProblem(found);
    if (found) return form.querySelector<HTMLElement>(`[name="${found.field}"]`)?.focus();
    setBusy(true);
    const added = await props.signals.add({
      ...signal,
      prospectId: props.prospect.id,
      about: text('about') === 'account' ? 'account' : 'prospect',
      kind: text('kind') as SignalKind,
      confidence: Number(text('confidence')),
    });
    setBusy(false);
    if (added.ok) props.onClose();
    else setProblem({ sentence: added.failure.sentence });
  }

  const isWrong = (field: string) => (problem()?.field === field ? true : undefined);
  const described = (field: string) => (isWrong(field) ? problemId : undefined);

  return (
    <form
      ref={form}
      class={styles.form}
      aria-label="A new signal"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
      on:keydown={(event) => {
        // Letters typed here are no commands of the panel or the notebook.
        event.stopPropagation();
        if (event.key === 'Escape') props.onClose();
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add();
        else return;
        event.preventDefault();
      }}
    >
      <label>
        What was said or done, in its own words
        <textarea
          ref={quote}
          name="quote"
          rows="3"
          class={styles.quote}
          aria-invalid={isWrong('quote')}
          aria-describedby={described('quote')}
        />
      </label>
      <div class={styles.pair}>
        <label>
          What kind
          <select name="kind">
            <For each={signalKinds}>{(kind) => <option value={kind}>{kind}</option>}</For>
          </select>
        </label>
        <label>
          On which day
          <input
            type="date"
            name="happenedOn"
            max={today()}
            aria-invalid={isWrong('happenedOn')}
            aria-describedby={described('happenedOn')}
          />
        </label>
      </div>
      <label>
        Where it can be read
        <input
          name="source"
          autocomplete="off"
          placeholder="an address, or “podcast, minute 12”"
          aria-invalid={isWrong('source')}
          aria-describedby={described('source')}
        />
      </label>
      <div class={styles.pair}>
        <label>
          About
          <select name="about">
            <option value="prospect">the person</option>
            <option value="account">the company</option>
          </select>
        </label>
        <label>
          How sure
          <select name="confidence">
            <For each={certainties}>{([share, words]) => <option value={share}>{words}</option>}</For>
          </select>
        </label>
      </div>
      <Show when={problem()}>
        {(found) => (
          <p id={problemId} class={styles.problem} role="alert">
            {found().sentence}
          </p>
        )}
      </Show>
      <div class={styles.actions}>
        <button type="submit" data-primary disabled={isBusy()}>
          Add the signal
        </button>
        <button type="button" data-quiet onClick={() => props.onClose()}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** What the export says of a prospect, by the names the panel gives its fields. */
function listed({ title, location, extra, account }: ProspectDetail): Readonly<Record<string, string>> {
  const { name, industry, keywords, description } = account;
  return {
    ...extra,
    title,
    location,
    company: name,
    industry,
    keywords,
    'description of the company': description,
  };
}
