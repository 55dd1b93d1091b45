import { createSignal, For, Show } from 'solid-js';
import type { DraftRequest, Services } from '../../boundary/services';
import { signalObstacles } from '../../domain/draft/brief';
import { costOf, priceOf } from '../../domain/draft/models';
import type { CellStatus } from '../../notebook/kind';
import { createLatest } from '../../ui/latest';
import { NumberField } from '../../ui/NumberField';
import { createProspectNames, fullName } from '../prospectNames';
import { today } from '../today';
import styles from './Batch.module.css';
import { BriefView } from './BriefView';
import { type DraftsParams, pricesOf } from './kind';
import { Outdated } from './Outdated';
import { Queue } from './Queue';
import { queueOf } from './queue';
import { count, dollars, peopleWords } from './words';

interface Props {
  readonly cellId: string;
  readonly params: DraftsParams;
  readonly request: DraftRequest | undefined;
  readonly pool: Int32Array;
  readonly hasVoice: boolean;
  /** Whether the prospects come with a score that says who is first. */
  readonly isByScore: boolean;
  readonly status: CellStatus;
  readonly services: Services;
  run(): void;
  /** Texts or decisions changed: what follows this cell is out of date. */
  onChanged(): void;
  onParams(part: Partial<DraftsParams>, step: string): void;
}

const beyondTrying: ReadonlySet<string> = new Set([...signalObstacles, 'unsubscribed']);
/** Names of those concerned by a failure that are shown at once. */
const named = 5;

/** Tier 2: what has been drafted, what was not and why, the brief, and the way into the queue. */
export function Batch(props: Props) {
  const { drafting } = props.services;
  const { prospects, signals } = props.services;
  const nameOf = createProspectNames(prospects);
  const [isOpen, setOpen] = createSignal(false);
  let opener!: HTMLButtonElement;
  const state = createLatest(
    () => {
      drafting.revision();
      return props.cellId;
    },
    async (cellId) => {
      const [tallies, failures, drafts] = await Promise.all([
        drafting.tallies(cellId),
        drafting.failures(cellId),
        drafting.drafts(cellId),
      ]);
      return {
        tallies: tallies.ok
          ? tallies.value.filter(({ variant }) => variant !== 'by hand' && variant !== 'segment')
          : [],
        failures: failures.ok ? failures.value : [],
        waiting: drafts.ok ? queueOf(drafts.value, undefined).length : 0,
      };
    },
  );
  /** Those that want a signal are looked at again anyway, and trying changes nothing. */
  const retriable = () =>
    state()
      ?.failures.filter(({ code }) => !beyondTrying.has(code))
      .reduce((sum, one) => sum + one.drafts, 0) ?? 0;
  const hasModels = () =>
    state()?.tallies.some(({ tokens, cached }) => tokens.input > 0 || cached > 0) ?? false;
  const costs = (variant: string, tokens: { readonly input: number; readonly output: number }) => {
    const writer = props.request?.variants.find(({ label }) => label === variant)?.writer;
    if (!writer) return '';
    const price = priceOf(writer, pricesOf(props.params));
    return price ? dollars(costOf(tokens, price)) : 'price not known';
  };

  const research = createLatest(
    () => {
      drafting.revision();
      signals.revision();
      // Looked at when a batch has ended, not many times while it runs.
      return props.status.state === 'running' ? undefined : props.cellId;
    },
    (cellId) => drafting.outdated(cellId, today()),
  );
  const outdated = () => {
    const found = research();
    return found?.ok ? found.value : [];
  };

  async function reopen(draftIds: Int32Array) {
    const reopened = await drafting.reopen(props.cellId, draftIds);
    if (reopened.ok) props.run();
  }

  async function retry() {
    const again = await drafting.retryFailed(props.cellId);
    if (again.ok) props.run();
  }

  function close(hasDecided: boolean) {
    setOpen(false);
    if (hasDecided) props.onChanged();
    queueMicrotask(() => opener.focus());
  }

  /** How many the tier has, drafted for or not. */
  const inTier = () => (props.request ? props.request.ids.length + props.request.beyond.length : 0);

  return (
    <>
      <Show when={inTier() > 0}>
        <p class={styles.most}>
          Drafts are made for the first{' '}
          <NumberField
            label="Drafts for so many people at most"
            value={props.params.most}
            min={1}
            isWhole
            placeholder="all"
            onChange={(most) => props.onParams({ most }, 'How many are drafted for')}
            onClear={() => props.onParams({ most: null }, 'Draft for all')}
          />{' '}
          of {count(inTier())} in tier 2{props.isByScore ? ', those with the highest score' : ''}.{' '}
          <Show
            when={props.params.most !== null}
            fallback={<span class="muted">Type a number to draft for fewer.</span>}
          >
            <button type="button" data-quiet onClick={() => props.onParams({ most: null }, 'Draft for all')}>
              Draft for all
            </button>
          </Show>
        </p>
      </Show>
      <Show when={(state()?.tallies.length ?? 0) > 0}>
        <div class={styles.scroll}>
          <table class={styles.tallies}>
            <thead>
              <tr>
                <th scope="col">Variant</th>
                <th scope="col">drafted</th>
                <th scope="col">waiting</th>
                <th scope="col">not written</th>
                <Show when={hasModels()}>
                  <th scope="col">answered before</th>
                  <th scope="col">tokens sent</th>
                  <th scope="col">received</th>
                  <th scope="col">cost</th>
                </Show>
              </tr>
            </thead>
            <tbody>
              <For each={state()?.tallies}>
                {(tally) => (
                  <tr>
                    <th scope="row">
                      {tally.variant}
                      {tally.touch > 1 ? `, touch ${tally.touch}` : ''}
                    </th>
                    <td>{count(tally.drafted)}</td>
                    <td>{count(tally.waiting)}</td>
                    <td>{count(tally.failed)}</td>
                    <Show when={hasModels()}>
                      <td>{count(tally.cached)}</td>
                      <td>{count(tally.tokens.input)}</td>
                      <td>{count(tally.tokens.output)}</td>
                      <td>{costs(tally.variant, tally.tokens)}</td>
                    </Show>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
      <Show when={(state()?.failures.length ?? 0) > 0}>
        <section class={styles.failures} aria-label="Not written">
          <ul>
            <For each={state()?.failures}>
              {(failure) => (
                <li>
                  <p>
                    <b>{peopleWords(failure.people)}</b>
                    {failure.drafts > failure.people ? ` (${count(failure.drafts)} drafts)` : ''}:{' '}
                    {failure.sentence}
                  </p>
                  <p class={styles.names}>
                    <For each={failure.prospectIds.slice(0, named)}>
                      {(id) => (
                        <button
                          type="button"
                          data-quiet
                          onClick={() =>
                            props.services.selection.show(id, Int32Array.from(failure.prospectIds))
                          }
                        >
                          {fullName(nameOf(id))}
                        </button>
                      )}
                    </For>
                    <Show when={failure.people > named}>
                      <span class="muted">and {count(failure.people - named)} more</span>
                    </Show>
                  </p>
                </li>
              )}
            </For>
          </ul>
          <Show when={retriable() > 0}>
            <button type="button" disabled={props.status.state === 'running'} onClick={retry}>
              Try the {count(retriable())} {retriable() === 1 ? 'draft' : 'drafts'} that failed again
            </button>
          </Show>
        </section>
      </Show>
      <Outdated
        drafts={outdated()}
        services={props.services}
        isRunning={props.status.state === 'running'}
        nameOf={nameOf}
        onReopen={(draftIds) => void reopen(draftIds)}
      />
      <div class={styles.ways}>
        <button
          ref={opener}
          type="button"
          data-primary
          disabled={(state()?.waiting ?? 0) === 0 || isOpen()}
          onClick={() => setOpen(true)}
        >
          Go through {count(state()?.waiting ?? 0)} {state()?.waiting === 1 ? 'draft' : 'drafts'}
        </button>
        <span class="muted">One after another, worst first, half a minute each, by keys alone.</span>
      </div>
      <Show when={isOpen() && props.request}>
        {(request) => (
          <Queue
            cellId={props.cellId}
            request={request()}
            pool={props.pool}
            hasVoice={props.hasVoice}
            services={props.services}
            outdated={outdated()}
            onReopened={props.run}
            onClose={close}
          />
        )}
      </Show>
      <Show when={(props.request?.ids.length ?? 0) > 0 && props.request}>
        {(request) => <BriefView request={request()} services={props.services} nameOf={nameOf} />}
      </Show>
    </>
  );
}
