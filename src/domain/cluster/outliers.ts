/** Clusters take part of their spread from all: a few members say little about how far members usually lie. */
const borrowed = 20;
/** Robust standard deviations beyond the median from which a member counts as unlike the cluster. */
const far = 3;
/** The least distance beyond the median that counts, so that a cluster of near twins has no outliers. */
const leastGap = 0.08;

/**
 * Marks rows that lie unusually far from the centre of their cluster: distance (1 - cosine) beyond the cluster's median
 * by more than three median absolute deviations (times 1.4826, which makes it a standard deviation under a normal law;
 * Leys et al., 2013). Answers 1 for an outlier, aligned with `closeness`.
 */
export function findOutliers(members: readonly (readonly number[])[], closeness: Float32Array): Uint8Array {
  const outlier = new Uint8Array(closeness.length);
  const middles = members.map((rows) => median(rows.map((row) => 1 - closeness[row]!)));
  const deviations = members.map((rows, cluster) =>
    rows.map((row) => Math.abs(1 - closeness[row]! - middles[cluster]!)),
  );
  const pooled = median(deviations.flat());
  for (const [cluster, rows] of members.entries()) {
    const spread =
      (rows.length * median(deviations[cluster]!) + borrowed * pooled) / (rows.length + borrowed);
    const limit = middles[cluster]! + Math.max(leastGap, far * 1.4826 * spread);
    for (const row of rows) if (1 - closeness[row]! > limit) outlier[row] = 1;
  }
  return outlier;
}

/** The middle value; 0 of nothing. */
function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
