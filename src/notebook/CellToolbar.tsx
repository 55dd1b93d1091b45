import { createSignal, type JSX, Show } from 'solid-js';
import styles from './CellToolbar.module.css';
import { Icon, type IconName } from './Icon';

/** What can be done with a cell. Quiet until the cell is pointed at or focused; on a phone behind one button. */
export function CellToolbar(props: {
  readonly name: string;
  readonly isCollapsed: boolean;
  readonly canRun: boolean;
  readonly isRunning: boolean;
  readonly run: () => void;
  readonly stop: () => void;
  readonly collapse: () => void;
  readonly duplicate: () => void;
  readonly move: (by: number) => void;
  readonly remove: () => void;
  readonly addBelow: () => void;
}): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <>
      <button
        type="button"
        data-quiet
        class={`${styles.button} ${styles.more}`}
        aria-label={`What to do with ${props.name}`}
        aria-expanded={isOpen()}
        onClick={() => setOpen(!isOpen())}
      >
        <Icon name="more" />
      </button>
      <div class={styles.toolbar} data-open={isOpen() ? '' : undefined}>
        <Show when={props.canRun}>
          <ToolButton
            icon={props.isRunning ? 'stop' : 'run'}
            label={props.isRunning ? 'Stop' : 'Run'}
            keys={props.isRunning ? 'i i' : 'Shift Enter'}
            cell={props.name}
            act={() => (props.isRunning ? props.stop() : props.run())}
          />
        </Show>
        <ToolButton
          icon={props.isCollapsed ? 'expand' : 'collapse'}
          label={props.isCollapsed ? 'Expand' : 'Collapse'}
          keys="o"
          cell={props.name}
          act={() => props.collapse()}
        />
        <ToolButton
          icon="duplicate"
          label="Duplicate"
          keys="Shift D"
          cell={props.name}
          act={() => props.duplicate()}
        />
        <ToolButton icon="up" label="Move up" keys="Alt ↑" cell={props.name} act={() => props.move(-1)} />
        <ToolButton icon="down" label="Move down" keys="Alt ↓" cell={props.name} act={() => props.move(1)} />
        <ToolButton icon="delete" label="Delete" keys="d d" cell={props.name} act={() => props.remove()} />
        <ToolButton
          icon="add"
          label="Add a cell below"
          keys="b"
          cell={props.name}
          act={() => props.addBelow()}
        />
      </div>
    </>
  );
}

function ToolButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly keys: string;
  readonly cell: string;
  readonly act: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      data-quiet
      class={styles.button}
      title={`${props.label} (${props.keys})`}
      aria-label={`${props.label}: ${props.cell}`}
      onClick={() => props.act()}
    >
      <Icon name={props.icon} />
    </button>
  );
}
