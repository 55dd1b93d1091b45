import { createSignal, createUniqueId, type JSX, Show } from 'solid-js';
import styles from './Popover.module.css';

interface Props {
  /** What the button shows. */
  readonly label: JSX.Element;
  /** What the panel is for, for screen readers: "Columns". */
  readonly title: string;
  readonly isQuiet?: boolean;
  onOpen?(): void;
  /** The panel's content; made when it opens. */
  children(close: () => void): JSX.Element;
}

/** A button and the panel it opens beside itself: closes with Escape or a click elsewhere; a sheet on a phone. */
export function Popover(props: Props) {
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  let button!: HTMLButtonElement;
  let panel!: HTMLDivElement;

  /** Below the button, or above where there is no room; always within the window. */
  function place() {
    const by = button.getBoundingClientRect();
    const margin = 8;
    const fitsBelow = by.bottom + panel.offsetHeight + margin < innerHeight || by.top < panel.offsetHeight;
    const top = fitsBelow ? by.bottom + margin / 2 : by.top - panel.offsetHeight - margin / 2;
    const left = Math.max(margin, Math.min(by.left, innerWidth - panel.offsetWidth - margin));
    panel.style.setProperty('--top', `${top}px`);
    panel.style.setProperty('--left', `${left}px`);
  }

  function onToggle(event: ToggleEvent) {
    if (event.newState !== 'open') {
      setOpen(false);
      removeEventListener('scroll', place, true);
      removeEventListener('resize', place);
      return;
    }
    props.onOpen?.();
    place();
    addEventListener('scroll', place, true);
    addEventListener('resize', place);
    const first =
      panel.querySelector<HTMLElement>('[data-first]') ?? panel.querySelector('input, select, button');
    if (first instanceof HTMLElement) first.focus();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        popovertarget={id}
        aria-expanded={isOpen()}
        aria-haspopup="dialog"
        data-quiet={props.isQuiet ? '' : undefined}
      >
        {props.label}
      </button>
      <div
        ref={panel}
        id={id}
        role="dialog"
        aria-label={props.title}
        popover="auto"
        class={styles.panel}
        on:beforetoggle={(event) => event.newState === 'open' && setOpen(true)}
        on:toggle={onToggle}
        on:keydown={(event) => {
          // The key closes this panel, and nothing behind it.
          if (event.key === 'Escape') event.stopPropagation();
        }}
      >
        <Show when={isOpen()}>{props.children(() => panel.hidePopover())}</Show>
      </div>
    </>
  );
}
