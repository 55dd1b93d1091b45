import { lazy } from 'solid-js';
import type { Services } from '../boundary/services';
import { type CellEntry, cellEntry } from '../notebook/entry';
import { budgetKind } from './budget/kind';
import { clustersKind } from './clusters/kind';
import { compareKind } from './compare/kind';
import { draftsKind } from './drafts/kind';
import { listKind } from './list/kind';
import { noteKind } from './note/kind';
import { prospectsKind } from './prospects/kind';
import { scoresKind } from './scores/kind';
import { sqlKind } from './sql/kind';
import { tiersKind } from './tiers/kind';
import { voiceKind } from './voice/kind';

/** Every kind of cell there is, in the order in which the palette offers them. */
export const entries: readonly CellEntry<Services>[] = [
  cellEntry(
    listKind,
    lazy(() => import('./list/View')),
  ),
  cellEntry(
    prospectsKind,
    lazy(() => import('./prospects/View')),
    { wide: true },
  ),
  cellEntry(
    clustersKind,
    lazy(() => import('./clusters/View')),
    { wide: true },
  ),
  cellEntry(
    tiersKind,
    lazy(() => import('./tiers/View')),
  ),
  cellEntry(
    budgetKind,
    lazy(() => import('./budget/View')),
  ),
  cellEntry(
    voiceKind,
    lazy(() => import('./voice/View')),
  ),
  cellEntry(
    draftsKind,
    lazy(() => import('./drafts/View')),
  ),
  cellEntry(
    scoresKind,
    lazy(() => import('./scores/View')),
    { wide: true },
  ),
  cellEntry(
    compareKind,
    lazy(() => import('./compare/View')),
    { wide: true },
  ),
  cellEntry(
    sqlKind,
    lazy(() => import('./sql/View')),
    { wide: true },
  ),
  cellEntry(
    noteKind,
    lazy(() => import('./note/View')),
  ),
];
