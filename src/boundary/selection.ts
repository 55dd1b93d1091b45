import { createSignal } from 'solid-js';
import type { Selection } from './services';

/** The selection of one open workbench; nothing of it is stored. */
export function createSelection(): Selection {
  const [hovered, hover] = createSignal<number | undefined>();
  const [selected, setSelected] = createSignal<ReadonlySet<number>>(new Set());
  const [open, setOpen] = createSignal<number | undefined>();
  const [among, setAmong] = createSignal<Int32Array>(new Int32Array());
  return {
    hovered,
    hover,
    selected,
    select: (ids) => setSelected(new Set(ids)),
    open,
    openAmong: among,
    show(id, set) {
      if (set) setAmong(set);
      setOpen(id);
    },
  };
}
