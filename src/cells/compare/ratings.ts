import type { Alignment, ComparedDrafts } from '../../domain/compare';
import type { Outcome } from '../../domain/compare/duel';
import type { SheetScoreboard } from '../../domain/compare/sheet';
import { scoreboard } from '../../domain/compare/wins';

/**
 * The scoreboards that these drafts can have: by variant; by who wrote them, where that is more than one; and by the
 * parts of the variants' names (a prompt, a voice, a hook) that some have and others have not.
 */
export function scoreboardsOf(
  alignment: Alignment,
  drafts: ComparedDrafts,
  outcomes: readonly Outcome[],
): SheetScoreboard[] {
  const placeOf = new Map(Array.from(drafts.draftIds, (id, place) => [id, place]));
  const columnOf = new Map<number, number>();
  for (const [at, place] of alignment.places.entries())
    if (place >= 0) columnOf.set(place, at % alignment.columns.length);

  const names = alignment.columns.map(({ name }) => name);
  const variantOf = (id: number) => names[columnOf.get(placeOf.get(id) ?? -1) ?? -1] ?? '';
  const originOf = (id: number) => drafts.names[drafts.origins[placeOf.get(id) ?? -1] ?? -1] ?? '';
  const partsOf = (name: string) => name.split(', ');

  const origins = [...new Set(alignment.columns.flatMap((column) => column.origins))];
  const parts = [...new Set(names.flatMap(partsOf))].filter(
    (part) => !names.includes(part) && !origins.includes(part),
  );
  const boards = [
    { title: 'By variant', standings: scoreboard(outcomes, names, (id) => [variantOf(id)]) },
    ...(origins.length > 1 && !areSame(origins, names)
      ? [{ title: 'By who wrote it', standings: scoreboard(outcomes, origins, (id) => [originOf(id)]) }]
      : []),
    ...(parts.length > 1
      ? [
          {
            title: 'By prompt, voice or hook',
            standings: scoreboard(outcomes, parts, (id) => partsOf(variantOf(id))),
          },
        ]
      : []),
  ];
  return boards;
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
