import type { JSX } from 'solid-js';

const paths = {
  run: 'M5 3.5v9l7.5-4.5z',
  stop: 'M4.5 4.5h7v7h-7z',
  collapse: 'M4 10l4-4 4 4',
  expand: 'M4 6l4 4 4-4',
  duplicate: 'M6 6h7v7H6zM3 10V3h7',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  delete: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M7 7v3.5M9 7v3.5',
  add: 'M8 3.5v9M3.5 8h9',
  undo: 'M3 6.5h6.5a3.25 3.25 0 010 6.5H6M5.5 4L3 6.5 5.5 9',
  redo: 'M13 6.5H6.5a3.25 3.25 0 000 6.5H10M10.5 4L13 6.5 10.5 9',
  outline: 'M3 4h10M3 8h7M3 12h10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 3a4 4 0 110 8 4 4 0 010-8zM10 10l3 3',
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing beside or instead of a word; the word itself is the button's label. */
export function Icon(props: { readonly name: IconName }): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={paths[props.name]}
        fill={props.name === 'run' || props.name === 'stop' ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width={props.name === 'more' ? 2.5 : 1.5}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
