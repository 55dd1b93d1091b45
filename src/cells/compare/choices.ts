import { createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Comparisons } from '../../boundary/services';
import { obstacleOf } from '../../domain/compare/sendable';
import type { ComparisonOutput } from './kind';
import type { TextOf } from './texts';

/** Which draft is to be sent for each prospect: what was chosen before, what is chosen here, and the way back. */
export function createChoices(given: {
  output(): ComparisonOutput;
  readonly comparisons: Comparisons;
  readonly textOf: TextOf;
  /** Choices changed in the database. */
  onChanged(): void;
  /** Why a choice was not made; undefined once one was. */
  onFailure(sentence: string | undefined): void;
}) {
  const { comparisons, onFailure } = given;
  /** Made since the last run: prospect and draft. */
  const [made, setMade] = createSignal<ReadonlyMap<number, number>>(new Map());
  /** Ids of choices, with what was chosen before. */
  const [undoable, setUndoable] = createSignal<
    readonly { readonly id: number; readonly prospectId: number; readonly before: number }[]
  >([]);
  createEffect(on(given.output, () => setMade(new Map()), { defer: true }));

  const chosenBefore = createMemo(() => {
    const { ids, draftIds } = given.output();
    return new Map(Array.from(ids, (id, row) => [id, draftIds[row] ?? 0]));
  });
  /** The id of the draft chosen for a prospect; 0 where none is. */
  const chosenOf = (prospectId: number) => made().get(prospectId) ?? chosenBefore().get(prospectId) ?? 0;

  async function choose(draftId: number, prospectId: number) {
    const before = chosenOf(prospectId);
    const text = given.textOf(draftId);
    if (before === draftId || !text) return;
    const obstacle = obstacleOf(text);
    if (obstacle) return onFailure(`Not chosen. ${obstacle}`);
    const kept = await comparisons.choose(draftId);
    if (!kept.ok) return onFailure(kept.failure.sentence);
    onFailure(undefined);
    setMade(new Map(made()).set(prospectId, draftId));
    setUndoable([...undoable(), { id: kept.value, prospectId, before }]);
    given.onChanged();
  }

  async function undo() {
    const last = undoable().at(-1);
    if (!last) return;
    const undone = await comparisons.undoChoice(last.id);
    if (!undone.ok) return onFailure(undone.failure.sentence);
    onFailure(undefined);
    setUndoable(undoable().slice(0, -1));
    setMade(new Map(made()).set(last.prospectId, last.before));
    given.onChanged();
  }

  return { chosenOf, choose, undo, canUndo: () => undoable().length > 0 };
}
