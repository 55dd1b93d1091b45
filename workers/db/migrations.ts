import type { Migration } from './migrate';
import start from './migrations/0001_start.sql?raw';
import voiceAndDrafts from './migrations/0002_voice_and_drafts.sql?raw';
import drafting from './migrations/0003_drafting.sql?raw';
import compare from './migrations/0004_compare.sql?raw';
import research from './migrations/0005_research.sql?raw';
import sketch from './migrations/0006_sketch.sql?raw';

/** Every change of the tables since the first version, in order. One that was released is never edited. */
export const migrations: readonly Migration[] = [
  { name: '0001_start', sql: start },
  { name: '0002_voice_and_drafts', sql: voiceAndDrafts },
  { name: '0003_drafting', sql: drafting },
  { name: '0004_compare', sql: compare },
  { name: '0005_research', sql: research },
  { name: '0006_sketch', sql: sketch },
];
