import { createSignal, For, onCleanup, Show } from 'solid-js';
import type { ProspectRow, Services } from '../../boundary/services';
import { longestDraft } from '../../domain/voice/score';
import styles from './NewDraft.module.css';

interface Props {
  readonly ids: Int32Array;
  readonly services: Services;
  onAdded(draftId: number): void;
  onClose(): void;
}

/** Milliseconds without a key after which prospects are looked for. */
const searchPause = 160;
const shown = 8;
/** Characters that are let into the field, HTML of a mail included: a whole file would hold up the page while it is laid out. */
const longestPaste = 5 * longestDraft;

/** A draft pasted in, and whom it is for. */
export function NewDraft(props: Props) {
  const [search, setSearch] = createSignal('');
  const [found, setFound] = createSignal<readonly ProspectRow[]>([]);
  const [chosen, setChosen] = createSignal<ProspectRow>();
  const [subject, setSubject] = createSignal('');
  const [body, setBody] = createSignal('');
  const [failure, setFailure] = createSignal<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  const nameOf = ({ values }: ProspectRow) =>
    [values.name, values.company].filter(Boolean).join(', ') || 'No name';

  async function look(text: string) {
    const matching = await props.services.prospects.order({
      ids: props.ids,
      ...(text.trim() && { search: text.trim() }),
    });
    if (!matching.ok || search() !== text) return;
    const rows = await props.services.prospects.rows(matching.value.slice(0, shown), ['name', 'company']);
    if (rows.ok && search() === text) setFound(rows.value);
  }

  function type(text: string) {
    setSearch(text);
    setChosen(undefined);
    clearTimeout(timer);
    timer = setTimeout(() => void look(text), searchPause);
  }

  function choose(row: ProspectRow) {
    setChosen(row);
    setSearch(nameOf(row));
    setFound([]);
  }

  // Whoever is open beside the notebook is likely meant.
  const open = props.services.selection.open();
  if (open !== undefined && props.ids.includes(open))
    void props.services.prospects.rows(Int32Array.of(open), ['name', 'company']).then((rows) => {
      const [row] = rows.ok ? rows.value : [];
      if (row) choose(row);
    });

  async function add() {
    const to = chosen();
    if (!to) return void setFailure('Say whom the draft is for: type a name or a company, and choose one.');
    if (body().trim() === '') return void setFailure('There is no text yet. Paste the draft below.');
    const added = await props.services.drafts.add([
      { prospectId: to.id, touch: 1, variant: '', subject: subject().trim(), body: body(), origin: 'pasted' },
    ]);
    if (!added.ok) return void setFailure(added.failure.sentence);
    const [draftId] = added.value;
    if (draftId !== undefined) props.onAdded(draftId);
  }

  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class={styles.fields}>
        <label class={styles.field}>
          For
          <input
            type="search"
            autocomplete="off"
            placeholder="a name or a company"
            value={search()}
            onFocus={() => !chosen() && void look(search())}
            onInput={(event) => type(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [first] = found();
              if (event.key === 'Enter' && first && !chosen()) {
                event.preventDefault();
                choose(first);
              }
            }}
          />
        </label>
        <label class={styles.field}>
          Subject
          <input type="text" value={subject()} onInput={(event) => setSubject(event.currentTarget.value)} />
        </label>
      </div>
      <ul class={styles.found} hidden={found().length === 0} aria-label="Prospects that match">
        <For each={found()}>
          {(row) => (
            <li>
              <button type="button" data-quiet onClick={() => choose(row)}>
                {nameOf(row)}
              </button>
            </li>
          )}
        </For>
      </ul>
      <textarea
        class={`mail ${styles.body}`}
        aria-label="The draft"
        placeholder="Paste the mail here."
        value={body()}
        onInput={(event) => setBody(event.currentTarget.value)}
        onPaste={(event) => {
          const { length } = event.clipboardData?.getData('text/plain') ?? '';
          if (length <= longestPaste) return;
          event.preventDefault();
          setFailure(
            `What you pasted has ${length.toLocaleString('en')} characters; a mail may have up to ${longestDraft.toLocaleString('en')}. Is it a whole file? Nothing of it was taken.`,
          );
        }}
      />
      <Show when={failure()}>
        <p class={styles.failure} role="alert">
          {failure()}
        </p>
      </Show>
      <div class={styles.buttons}>
        <button type="submit" data-primary>
          Score it
        </button>
        <button type="button" data-quiet onClick={() => props.onClose()}>
          Cancel
        </button>
      </div>
    </form>
  );
}
