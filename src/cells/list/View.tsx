import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import { RunningLine } from '../../notebook/CellStatusLine';
import type { CellViewProps } from '../../notebook/kind';
import { Invitation } from './Invitation';
import { createImport, type ListFile } from './importing';
import type { ListInputs, ListOutput, ListParams } from './kind';
import { Reviewing } from './Reviewing';
import { Stored } from './Stored';
import styles from './View.module.css';

type Props = CellViewProps<ListParams, ListInputs, ListOutput, Services>;

/** A list on its way in: invited, read, looked at, stored. A file dropped anywhere in the cell is read. */
export default function View(props: Props) {
  let root!: HTMLDivElement;
  const [isDraggedOver, setDraggedOver] = createSignal(false);
  const [isReplacing, setReplacing] = createSignal(false);
  const [note, setNote] = createSignal('');

  const flow = createImport(props.services.lists, ({ id, name }) => {
    setReplacing(false);
    props.setParams({ listId: id, name }, `Import ${name}`);
  });

  const isReviewed = createMemo(() => flow.review() !== undefined);
  const isInvited = createMemo(
    () => !isReviewed() && (isReplacing() || props.params.listId === null || props.status.state === 'failed'),
  );

  // The button that was pressed is gone with its stage: the focus goes to the cell, not to nowhere.
  createEffect(
    on(
      [isReviewed, isInvited],
      () => {
        const cell = root.closest<HTMLElement>('article');
        if (document.activeElement === document.body) cell?.focus({ preventScroll: true });
      },
      { defer: true },
    ),
  );

  function read(file: ListFile, others = 0) {
    if (flow.isStoring()) {
      setNote('A list is being stored. Wait until it is in, or stop it, then drop the next one.');
      return;
    }
    setNote(
      others === 0
        ? ''
        : `One list at a time: “${file.name}” is read. Drop the others into cells of their own.`,
    );
    void flow.read(file);
  }

  function leaveReview() {
    setReplacing(false);
    flow.leave();
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setDraggedOver(false);
    const [file, ...others] = event.dataTransfer?.files ?? [];
    const text = event.dataTransfer?.getData('text/plain') ?? '';
    if (file) read(file, others.length);
    else if (text.trim() !== '') read({ name: 'dropped rows', text });
  }

  onMount(() => {
    // The whole cell takes the file, its name and margins included.
    const cell = root.closest('article') ?? root;
    const over = (event: DragEvent) => {
      event.preventDefault();
      setDraggedOver(true);
    };
    const leave = (event: DragEvent) => {
      const to = event.relatedTarget;
      if (!(to instanceof Node && cell.contains(to))) setDraggedOver(false);
    };
    cell.addEventListener('dragover', over);
    cell.addEventListener('dragleave', leave);
    cell.addEventListener('drop', onDrop);
    onCleanup(() => {
      cell.removeEventListener('dragover', over);
      cell.removeEventListener('dragleave', leave);
      cell.removeEventListener('drop', onDrop);
    });
  });

  return (
    <div ref={root} class={styles.view} data-dragged-over={isDraggedOver() ? '' : undefined}>
      <Show when={flow.failure()}>
        {(failure) => (
          <p class={styles.failure} role="alert">
            {failure().sentence}
          </p>
        )}
      </Show>
      <Show when={note()}>
        <p class={styles.note}>{note()}</p>
      </Show>
      <Show when={!isInvited() && flow.review() === undefined && flow.work()}>
        {(work) => <RunningLine since={work().since} progress={work().progress} stop={flow.stop} />}
      </Show>

      <Show when={isInvited()}>
        <Invitation
          isBusy={flow.isBusy()}
          work={flow.work()}
          onStop={flow.stop}
          onRead={read}
          onCancel={isReplacing() ? () => setReplacing(false) : undefined}
        />
      </Show>
      <Show when={flow.review()}>
        {(review) => (
          <Reviewing
            review={review()}
            isBusy={flow.isBusy()}
            isStoring={flow.isStoring()}
            work={flow.work()}
            onStop={flow.stop}
            hasList={props.params.listId !== null}
            onHeader={(hasHeader) => void flow.setHeader(hasHeader)}
            onChoose={(choices) => void flow.choose(choices)}
            onImport={() => void flow.store()}
            onLeave={leaveReview}
            reportFile={(job) =>
              props.services.lists.reportFile(
                { handle: review().list.handle, choices: review().choices },
                job,
              )
            }
          />
        )}
      </Show>
      <Show when={flow.review() === undefined && !isInvited() && props.output}>
        {(output) => (
          <Stored
            listId={props.params.listId ?? 0}
            ids={output().ids}
            lists={props.services.lists}
            onReplace={() => setReplacing(true)}
          />
        )}
      </Show>
    </div>
  );
}
