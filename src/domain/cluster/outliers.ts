/** Clusters take part of their spread from all: a few members say little about how far members usually lie. */
const borrowed = 20;
/** Robust standard deviations beyond the median from which a member counts as unlike the cluster. */
const far = 3;
/** The least distance beyond the median that counts, so that a cluster of near twins has no outliers. */
const leastGap = 0.08;

/**
 * Marks members that lie unusually far from their centre: distance (1 - cosine) beyond the cluster's median by more
 * than three median absolute deviations (scaled to be a standard deviation under a normal law, by 1.4826; Leys et al.,
 * 2013). Answers 1 for an outlier, aligned with the rows.
 */
export function findOutliers(assignment: Uint16Array, closeness: Float32Array, clusters: number): Uint8Array {
  const distances: number[][] = Array.from({ length: clusters }, () => []);
  for (const [row, cluster] of assignment.entries()) distances[cluster]!.push(1 - closeness[row]!);
  const medians = distances.map(median);
  const deviations = distances.map((own, cluster) =>
    own.map((distance) => Math.abs(distance - medians[cluster]!)),
  );
  const pooled = median(deviations.flat());
  const limits = deviations.map((own, cluster) => {
    const spread = (own.length * median(own) + borrowed * pooled) / (own.length + borrowed);
    return medians[cluster]! + Math.max(leastGap, far * 1.4826 * spread);
  });
  return Uint8Array.from(assignment, (cluster, row) => (1 - closeness[row]! > limits[cluster]! ? 1 : 0));
}

/** The middle value; 0 of nothing. */
function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
