/** Something that can be done by name: from the palette, by a key, listed on `?`. */
export interface Command {
  readonly id: string;
  /** As the palette and the list of keys show it: "Save the notebook to a file". */
  readonly label: string;
  /** Heading it stands under. */
  readonly group: string;
  /**
   * "Mod-s" (Ctrl, or Cmd on a Mac), "Shift-Enter", "d d" for a key pressed twice. Keys without Mod work only while no
   * text field has the focus.
   */
  readonly keys?: readonly string[];
  /** Left out where it can't be done now. */
  readonly isPossible?: () => boolean;
  run(): void;
}
