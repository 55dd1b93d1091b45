import { createEffect, createSignal, For, type JSX, on, onCleanup, Show } from 'solid-js';
import type { ProspectDetail, Services } from '../../boundary/services';
import { createLatest } from '../../ui/latest';
import { TierBadge } from '../../ui/TierBadge';
import History from './History';
import styles from './Panel.module.css';
import Signals from './Signals';

/** The element id of the panel, for those who send the focus there. */
export const panelId = 'prospect-panel';

/**
 * The prospect that is open: who it is, what was heard of it, what happened. Nothing where none is open. Beside the
 * notebook on a wide window, a sheet over it on a narrow one. Escape closes; J and K, within it, walk the set it was
 * opened from.
 */
export default function Panel(props: { readonly services: Services }) {
  const selection = props.services.selection;
  let panel: HTMLElement | undefined;
  let focusedBefore: Element | null = null;

  const answer = createLatest(
    () => {
      props.services.prospects.revision();
      return selection.open();
    },
    (id) => props.services.prospects.get(id),
  );
  const prospect = () => {
    const found = answer();
    return found?.ok ? found.value : undefined;
  };
  const failure = () => {
    const found = answer();
    return found && !found.ok ? found.failure.sentence : undefined;
  };

  const place = () => selection.openAmong().indexOf(selection.open() ?? -1);
  function walk(steps: number) {
    const next = place() < 0 ? undefined : selection.openAmong()[place() + steps];
    if (next !== undefined) selection.show(next);
  }

  function close() {
    const hadFocus = panel?.contains(document.activeElement) ?? false;
    selection.show(undefined);
    if (hadFocus && focusedBefore instanceof HTMLElement) focusedBefore.focus({ preventScroll: true });
  }

  function onPanelKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { j: 1, k: -1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    event.stopPropagation();
    walk(steps);
  }

  function onWindowKey(event: KeyboardEvent) {
    if (event.key !== 'Escape' || isTakenElsewhere(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  }
  createEffect(
    on(
      () => selection.open() !== undefined,
      (isOpen) => {
        if (!isOpen) return;
        // Before the notebook and the table, to which Escape means something too: what lies on top goes first.
        addEventListener('keydown', onWindowKey, { capture: true });
        onCleanup(() => removeEventListener('keydown', onWindowKey, { capture: true }));
      },
    ),
  );

  return (
    <Show when={selection.open() !== undefined}>
      <aside
        ref={(element) => {
          panel = element;
        }}
        id={panelId}
        tabindex="-1"
        class={styles.panel}
        aria-label="Prospect"
        onFocusIn={(event) => {
          const from = event.relatedTarget;
          if (from instanceof Element && !panel?.contains(from)) focusedBefore = from;
        }}
        on:keydown={onPanelKey}
      >
        <div class={styles.bar}>
          <button
            type="button"
            data-quiet
            title="Previous (K)"
            aria-label="Previous prospect"
            disabled={place() <= 0}
            onClick={() => walk(-1)}
          >
            ↑
          </button>
          <button
            type="button"
            data-quiet
            title="Next (J)"
            aria-label="Next prospect"
            disabled={place() < 0 || place() >= selection.openAmong().length - 1}
            onClick={() => walk(1)}
          >
            ↓
          </button>
          <Show when={place() >= 0}>
            <span class={styles.place}>
              {(place() + 1).toLocaleString('en')} of {selection.openAmong().length.toLocaleString('en')}
            </span>
          </Show>
          <button
            type="button"
            class={styles.close}
            data-quiet
            title="Close (Esc)"
            aria-label="Close"
            onClick={close}
          >
            ×
          </button>
        </div>
        <Show when={failure()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
        <Show when={prospect()}>{(open) => <Who prospect={open()} signals={props.services.signals} />}</Show>
      </aside>
    </Show>
  );
}

/** Whether Escape already means something where it was pressed: in a field, a menu, a dialog. */
function isTakenElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector(':popover-open, dialog[open]')) return true;
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function Who(props: { readonly prospect: ProspectDetail; readonly signals: Services['signals'] }) {
  const name = () => `${props.prospect.firstName} ${props.prospect.lastName}`.trim() || props.prospect.email;
  const account = () => props.prospect.account;
  const standing = () => props.prospect.tierHistory[0];
  const extras = () => Object.entries(props.prospect.extra).filter(([, value]) => value !== '');
  const about = (): readonly Fact[] => [
    ['Industry', account().industry],
    ['Employees', account().employees?.toLocaleString('en')],
    ['Location', props.prospect.location],
    [
      'Website',
      account().domain && <Outside address={`https://${account().domain}`}>{account().domain}</Outside>,
    ],
    ['Keywords', account().keywords],
  ];

  return (
    <>
      <header class={styles.who}>
        <h2>{name()}</h2>
        <p>
          {props.prospect.title}
          <Show when={props.prospect.title && account().name}>
            <span class="muted">, </span>
          </Show>
          {account().name}
        </p>
        <Show when={standing()}>
          {(now) => (
            <p class={styles.standing}>
              <TierBadge tier={now().tier} />
              <span class="muted">score {Math.round(now().score)}</span>
            </p>
          )}
        </Show>
      </header>
      <ul class={styles.contact}>
        <Show when={props.prospect.email}>
          <li>
            <a href={`mailto:${encodeURIComponent(props.prospect.email).replace('%40', '@')}`}>
              {props.prospect.email}
            </a>
            <Copy text={props.prospect.email} what="email" />
          </li>
        </Show>
        <Show when={props.prospect.phone}>
          <li>
            <a href={`tel:${props.prospect.phone.replace(/[^\d+]/g, '')}`}>{props.prospect.phone}</a>
          </li>
        </Show>
        <Show when={props.prospect.linkedinUrl}>
          <li>
            <Outside address={props.prospect.linkedinUrl}>Profile</Outside>
          </li>
        </Show>
      </ul>
      <Signals prospect={props.prospect} signals={props.signals} />
      <section>
        <h3>Company</h3>
        <Show when={account().description}>
          <Long text={account().description} />
        </Show>
        <Facts facts={about()} />
      </section>
      <History prospect={props.prospect} signals={props.signals} />
      <Show when={extras().length > 0}>
        <section>
          <h3>Also in the list</h3>
          <Facts facts={extras()} />
        </section>
      </Show>
    </>
  );
}

type Fact = readonly [label: string, value: JSX.Element];

function Facts(props: { readonly facts: readonly Fact[] }) {
  return (
    <dl class={styles.facts}>
      <For each={props.facts.filter(([, value]) => value !== '' && value !== undefined)}>
        {([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}

/** A text of which the first lines are shown. */
function Long(props: { readonly text: string }) {
  const [isWhole, setWhole] = createSignal(false);
  const isLong = () => props.text.length > 240;
  createEffect(
    on(
      () => props.text,
      () => setWhole(false),
    ),
  );
  return (
    <div>
      <p class={styles.text} classList={{ [styles.cut ?? '']: isLong() && !isWhole() }}>
        {props.text}
      </p>
      <Show when={isLong()}>
        <button type="button" data-quiet aria-expanded={isWhole()} onClick={() => setWhole(!isWhole())}>
          {isWhole() ? 'Less' : 'More'}
        </button>
      </Show>
    </div>
  );
}

function Copy(props: { readonly text: string; readonly what: string }) {
  const [said, setSaid] = createSignal<'Copied' | 'Not copied'>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(props.text);
      setSaid('Copied');
    } catch {
      // The browser may refuse; the address stands there to be copied by hand.
      setSaid('Not copied');
    }
    setTimeout(() => setSaid(undefined), 1500);
  }
  return (
    <button type="button" data-quiet onClick={copy}>
      <span aria-live="polite">{said() ?? 'Copy'}</span>
      <span class="unseen"> {props.what}</span>
    </button>
  );
}

/** A link out of the workbench, where the address is one of the web's; else its text alone, for lists hold anything. */
function Outside(props: { readonly address: string; readonly children: JSX.Element }) {
  const address = () => {
    const text = props.address.trim();
    const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
    const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
    return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
  };
  return (
    <Show when={address()} fallback={props.address}>
      {(href) => (
        <a href={href()} target="_blank" rel="noopener noreferrer">
          {props.children}
        </a>
      )}
    </Show>
  );
}
