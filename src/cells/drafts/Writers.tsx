import { createMemo, createSignal, createUniqueId, For, Index, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import { type ModelChoice, type ProviderName, providerNames } from '../../domain/draft/models';
import { templateFields } from '../../domain/draft/template';
import { KeyField } from './KeyField';
import { type DraftsParams, pricesOf, type Writer } from './kind';
import { Limits } from './Limits';
import styles from './Section.module.css';
import { Vault } from './Vault';
import { providerWords } from './words';

interface Props {
  readonly params: DraftsParams;
  readonly services: Services;
  onChange(part: Partial<DraftsParams>, step: string): void;
}

/** Who writes: the template, or models with the rep's own key. */
export function Writers(props: Props) {
  const writers = () => props.params.writers;
  const models = createMemo(() => writers().filter((writer) => writer !== 'template'));
  const providers = createMemo(() => [...new Set(models().map(({ provider }) => provider))]);
  const hasTemplate = () => writers().includes('template');
  const replace = (at: number, writer: Writer) =>
    props.onChange({ writers: writers().map((one, i) => (i === at ? writer : one)) }, 'Who writes');
  const names = () =>
    writers()
      .map((writer) => (writer === 'template' ? 'the template' : writer.model || 'a model without a name'))
      .join(', ');

  return (
    <details class={styles.section}>
      <summary>
        <strong>Who writes</strong> <span>{names()}</span>
      </summary>
      <div class={styles.body}>
        <ul class={styles.rows}>
          <Index each={writers()}>
            {(writer, at) => (
              <li>
                <WriterRow
                  writer={writer()}
                  suggestions={suggestions(props.params, writer())}
                  canRemove={writers().length > 1}
                  onChange={(next) => replace(at, next)}
                  onRemove={() =>
                    props.onChange({ writers: writers().filter((_, i) => i !== at) }, 'Remove a writer')
                  }
                />
              </li>
            )}
          </Index>
        </ul>
        <div class={styles.row}>
          <button
            type="button"
            onClick={() =>
              props.onChange({ writers: [...writers(), { provider: 'openai', model: '' }] }, 'Add a model')
            }
          >
            Add a model
          </button>
          <Show when={!hasTemplate()}>
            <button
              type="button"
              onClick={() => props.onChange({ writers: [...writers(), 'template'] }, 'Add the template')}
            >
              Add the template
            </button>
          </Show>
        </div>
        <Show when={hasTemplate()}>
          <Template params={props.params} onChange={props.onChange} />
        </Show>
        <Show when={models().length > 0}>
          <div class={styles.key}>
            <For each={providers()}>
              {(provider) => (
                <KeyField
                  provider={provider}
                  choices={models().filter((choice) => choice.provider === provider)}
                  drafting={props.services.drafting}
                />
              )}
            </For>
            <Vault keys={props.services.drafting.keys} />
            <p class={styles.note}>
              A key stays in this page’s memory until you close or reload it. It goes to its provider with
              each request and nowhere else: not into the notebook, the database, a file or a log. A page
              can’t hide a key from its own scripts, so use one with a spending limit.
            </p>
          </div>
          <Limits params={props.params} onChange={props.onChange} />
        </Show>
      </div>
    </details>
  );
}

interface RowProps {
  readonly writer: Writer;
  readonly suggestions: readonly string[];
  readonly canRemove: boolean;
  onChange(next: Writer): void;
  onRemove(): void;
}

function WriterRow(props: RowProps) {
  const listId = createUniqueId();
  const [draftModel, setDraftModel] = createSignal<string>();
  const choice = () => (props.writer === 'template' ? undefined : props.writer);
  const change = (part: Partial<ModelChoice>) => {
    const before = choice() ?? { provider: 'openai' as const, model: '' };
    props.onChange({ ...before, ...part });
    setDraftModel(undefined);
  };
  return (
    <div class={styles.row}>
      <label>
        By
        <select
          onChange={(event) => {
            const value = event.currentTarget.value;
            if (value === 'template') return props.onChange('template');
            const provider = value as ProviderName;
            const baseUrl = provider === 'compatible' ? 'http://localhost:11434/v1' : undefined;
            props.onChange({ provider, model: '', ...(baseUrl && { baseUrl }) });
          }}
        >
          <option value="template" selected={props.writer === 'template'}>
            the template (no model, no key)
          </option>
          <For each={providerNames}>
            {(name) => (
              <option value={name} selected={choice()?.provider === name}>
                {providerWords[name]}
              </option>
            )}
          </For>
        </select>
      </label>
      <Show when={choice()}>
        {(model) => (
          <>
            <label class={styles.grow}>
              Model
              <input
                list={listId}
                autocomplete="off"
                spellcheck={false}
                value={draftModel() ?? model().model}
                onInput={(event) => setDraftModel(event.currentTarget.value)}
                onChange={(event) => change({ model: event.currentTarget.value.trim() })}
              />
            </label>
            <datalist id={listId}>
              <For each={props.suggestions}>{(name) => <option value={name} />}</For>
            </datalist>
            <Show when={model().provider === 'compatible' || model().baseUrl}>
              <label class={styles.grow}>
                Address
                <input
                  type="url"
                  spellcheck={false}
                  value={model().baseUrl ?? ''}
                  onChange={(event) => change({ baseUrl: event.currentTarget.value.trim() })}
                />
              </label>
            </Show>
          </>
        )}
      </Show>
      <Show when={props.canRemove}>
        <button
          type="button"
          data-quiet
          aria-label={`Remove ${choice()?.model || 'this writer'}`}
          onClick={() => props.onRemove()}
        >
          Remove
        </button>
      </Show>
    </div>
  );
}

/** Models of the same provider whose prices are known. */
function suggestions(params: DraftsParams, writer: Writer): string[] {
  if (writer === 'template') return [];
  const names = Object.keys(pricesOf(params).perMillion);
  if (writer.provider === 'openrouter') return names;
  return names
    .filter((name) => name.startsWith(`${writer.provider}/`))
    .map((name) => name.slice(name.indexOf('/') + 1));
}

function Template(props: Pick<Props, 'params' | 'onChange'>) {
  const change = (part: Partial<DraftsParams['template']>) =>
    props.onChange({ template: { ...props.params.template, ...part } }, 'The template');
  return (
    <div class={styles.template}>
      <label class={styles.field}>
        Subject of the template
        <input
          value={props.params.template.subject}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
      </label>
      <label class={styles.field}>
        Text of the template
        <textarea
          rows="8"
          value={props.params.template.body}
          onChange={(event) => change({ body: event.currentTarget.value })}
        />
      </label>
      <p class={styles.note}>
        It fills in {templateFields.map((field) => `{${field}}`).join(', ')}. Write {'{first name|there}'} to
        say what stands in for what is missing. Everyone gets the same words around the slots, and the scores
        will say so.
      </p>
    </div>
  );
}
