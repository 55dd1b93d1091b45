import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import type { Clustering } from '../../domain/cluster';
import { type MailTemplate, segmentFault, segmentMail } from '../../domain/draft/template';
import { createLatest } from '../../ui/latest';
import { createProspectNames, fullName } from '../prospectNames';
import type { DraftsInputs, DraftsParams } from './kind';
import styles from './Segments.module.css';
import writing from './Writing.module.css';
import { count } from './words';

interface Props {
  readonly cellId: string;
  readonly params: DraftsParams;
  readonly ids: Int32Array;
  readonly clusters: DraftsInputs['clusters'];
  readonly services: Services;
  /** Drafts were added. */
  onChanged(): void;
}

interface Segment {
  readonly key: number;
  readonly name: string;
  readonly phrases: Clustering['clusters'][number]['phrases'];
  readonly fitting: Int32Array;
  /** Unlike the rest of their group: the mail may miss them. */
  readonly misfits: Int32Array;
}

/** Misfits that are shown by name. */
const named = 24;

/** Tier 3: one mail a group, by first name alone, with those it may miss. */
export function Segments(props: Props) {
  const nameOf = createProspectNames(props.services.prospects);
  const [chosen, setChosen] = createSignal<number>();
  const segments = createMemo((): readonly Segment[] => {
    const { clusters } = props;
    if (!clusters) return [];
    const wanted = new Set(props.ids);
    return clusters.clusters
      .map((cluster, at): Segment => {
        const pick = (isMisfit: boolean) =>
          clusters.ids.filter(
            (id, i) =>
              clusters.assignment[i] === at && wanted.has(id) && (clusters.outlier[i] === 1) === isMisfit,
          );
        return {
          key: cluster.key,
          name: clusters.names?.[cluster.key] ?? cluster.name,
          phrases: cluster.phrases,
          fitting: pick(false),
          misfits: pick(true),
        };
      })
      .filter(({ fitting, misfits }) => fitting.length + misfits.length > 0)
      .toSorted((a, b) => b.fitting.length - a.fitting.length);
  });
  const kept = createLatest(
    () => {
      props.services.drafting.revision();
      return props.cellId;
    },
    (cellId) => props.services.drafting.segmentMails(cellId),
  );
  const mails = () => {
    const found = kept();
    return found?.ok ? found.value : {};
  };
  const open = () => segments().find(({ key }) => key === chosen()) ?? segments()[0];

  return (
    <Show
      when={segments().length > 0}
      fallback={
        <p class="empty">
          {props.ids.length === 0
            ? 'Nobody here is in tier 3, which gets one mail a group.'
            : 'Connect a clusters cell above under “groups”: each group gets one mail.'}
        </p>
      }
    >
      <div class={`${writing.columns} ${styles.columns}`}>
        <ul class={styles.list} aria-label="Groups">
          <For each={segments()}>
            {(segment) => (
              <li>
                <button
                  type="button"
                  class={styles.group}
                  aria-pressed={open()?.key === segment.key}
                  onClick={() => setChosen(segment.key)}
                >
                  <span>{segment.name}</span>
                  <span class={styles.size}>
                    {mails()[segment.key] ? 'written, ' : ''}
                    {count(segment.fitting.length + segment.misfits.length)}
                  </span>
                </button>
              </li>
            )}
          </For>
        </ul>
        <Show when={open()} keyed>
          {(segment) => (
            <SegmentMail
              segment={segment}
              kept={mails()[segment.key]}
              params={props.params}
              cellId={props.cellId}
              services={props.services}
              nameOf={(id) => fullName(nameOf(id))}
              onChanged={props.onChanged}
            />
          )}
        </Show>
      </div>
    </Show>
  );
}

interface MailProps {
  readonly segment: Segment;
  readonly kept: MailTemplate | undefined;
  readonly params: DraftsParams;
  readonly cellId: string;
  readonly services: Services;
  nameOf(id: number): string;
  onChanged(): void;
}

function SegmentMail(props: MailProps) {
  const { drafting } = props.services;
  const proposed = () => segmentMail(props.segment.name, props.segment, props.params);
  const [mail, setMail] = createSignal<MailTemplate>(props.kept ?? proposed());
  const [withMisfits, setWithMisfits] = createSignal(false);
  const [said, setSaid] = createSignal('');
  let isOwn = false;
  createEffect(
    on(
      () => props.kept,
      (kept) => {
        if (!isOwn) setMail(kept ?? proposed());
      },
    ),
  );
  const fault = () => segmentFault(mail());
  const receivers = () =>
    withMisfits()
      ? Int32Array.from([...props.segment.fitting, ...props.segment.misfits])
      : props.segment.fitting;

  function write(part: Partial<MailTemplate>) {
    isOwn = true;
    setMail({ ...mail(), ...part });
    setSaid('');
  }

  async function keep() {
    const before = props.kept;
    if (before && before.subject === mail().subject && before.body === mail().body) return true;
    const result = await drafting.keepSegmentMail(props.cellId, props.segment.key, mail());
    if (!result.ok) setSaid(result.failure.sentence);
    return result.ok;
  }

  async function use() {
    if (!(await keep())) return;
    const filled = await drafting.fillSegment(props.cellId, {
      ids: receivers(),
      touch: props.params.touch,
      mail: mail(),
    });
    setSaid(
      filled.ok
        ? `${count(filled.value)} ${filled.value === 1 ? 'person has' : 'people have'} this mail as their draft.`
        : filled.failure.sentence,
    );
    if (filled.ok) props.onChanged();
  }

  return (
    <div class={writing.mail}>
      <Show when={props.segment.misfits.length > 0}>
        <details class={styles.misfits}>
          <summary>
            {count(props.segment.misfits.length)}{' '}
            {props.segment.misfits.length === 1 ? 'person is' : 'people are'} unlike this group, so this mail
            may miss them
          </summary>
          <ul>
            <For each={[...props.segment.misfits.subarray(0, named)]}>
              {(id) => (
                <li>
                  <button
                    type="button"
                    data-quiet
                    onClick={() => props.services.selection.show(id, props.segment.misfits)}
                  >
                    {props.nameOf(id)}
                  </button>
                </li>
              )}
            </For>
          </ul>
          <label class={styles.check}>
            <input
              type="checkbox"
              checked={withMisfits()}
              onChange={(event) => setWithMisfits(event.currentTarget.checked)}
            />
            Write to them as well
          </label>
        </details>
      </Show>
      <input
        class={writing.subject}
        aria-label="Subject"
        value={mail().subject}
        onInput={(event) => write({ subject: event.currentTarget.value })}
        onBlur={() => isOwn && void keep()}
      />
      <textarea
        class={`mail ${writing.body}`}
        aria-label={`Mail to ${props.segment.name}`}
        rows="12"
        value={mail().body}
        onInput={(event) => write({ body: event.currentTarget.value })}
        onBlur={() => isOwn && void keep()}
      />
      <Show when={fault()}>{(sentence) => <p class={styles.fault}>{sentence()}</p>}</Show>
      <div class={writing.actions}>
        <button type="button" data-primary disabled={fault() !== undefined} onClick={use}>
          Make it the draft of {count(receivers().length)} {receivers().length === 1 ? 'person' : 'people'}
        </button>
        <span role="status">{said()}</span>
      </div>
    </div>
  );
}
