import type { Cluster } from '../../domain/cluster';

/** How many colours can be told apart; clusters beyond that are grey. */
const colourCount = 12;

/**
 * A colour token for each cluster. The largest ones get the colours; which of them gets which follows from its key,
 * so that a cluster keeps its colour from week to week as long as no other claims it first.
 */
export function clusterColours(clusters: readonly Pick<Cluster, 'key' | 'size'>[]): string[] {
  const coloured = [...clusters]
    .sort((a, b) => b.size - a.size || a.key - b.key)
    .slice(0, colourCount)
    .sort((a, b) => a.key - b.key);
  const ofKey = new Map<number, number>();
  const taken = new Set<number>();
  for (const { key } of coloured) {
    let slot = key % colourCount;
    while (taken.has(slot)) slot = (slot + 1) % colourCount;
    taken.add(slot);
    ofKey.set(key, slot);
  }
  return clusters.map(({ key }) => {
    const slot = ofKey.get(key);
    return slot === undefined ? '--cluster-other' : `--cluster-${slot + 1}`;
  });
}
