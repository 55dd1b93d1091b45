import { For, type JSX, Show } from 'solid-js';
import { Dialog } from '../ui/Dialog';
import type { Command } from './command';
import { Icon } from './Icon';
import styles from './KeyHelp.module.css';
import { keyLabel } from './keys';

/** The list of keys, made from the commands that have any. */
export function KeyHelp(props: {
  readonly commands: readonly Command[];
  readonly areLettersOn: boolean;
  readonly setLetters: (on: boolean) => void;
  readonly close: () => void;
}): JSX.Element {
  const withKeys = () => props.commands.filter(({ keys }) => keys && keys.length > 0);
  const groups = () => [...new Set(withKeys().map(({ group }) => group))];
  return (
    <Dialog label="Keys" form="middle" close={props.close}>
      {(close) => (
        <div class={styles.help}>
          <div class={styles.top}>
            <h2 class={styles.title}>Keys</h2>
            <button type="button" data-quiet aria-label="Close" onClick={close}>
              <Icon name="close" />
            </button>
          </div>
          <p class={styles.intro}>
            They act on the cell that has the focus. Enter takes you into it, Esc out again.
          </p>
          <div class={styles.groups}>
            <For each={groups()}>
              {(group) => (
                <section>
                  <h3 class={styles.group}>{group}</h3>
                  <dl class={styles.list}>
                    <For each={withKeys().filter((command) => command.group === group)}>
                      {(command) => (
                        <div class={styles.line}>
                          <dt>{command.label}</dt>
                          <dd class={styles.keys}>
                            <For each={command.keys}>
                              {(keys, index) => (
                                <>
                                  <Show when={index() > 0}> or </Show>
                                  <kbd class={styles.key}>{keyLabel(keys)}</kbd>
                                </>
                              )}
                            </For>
                          </dd>
                        </div>
                      )}
                    </For>
                  </dl>
                </section>
              )}
            </For>
          </div>
          <label class={styles.setting}>
            <input
              type="checkbox"
              checked={props.areLettersOn}
              onChange={(event) => props.setLetters(event.currentTarget.checked)}
            />
            Single letters are commands (turn this off if you dictate or use other software that types)
          </label>
        </div>
      )}
    </Dialog>
  );
}
