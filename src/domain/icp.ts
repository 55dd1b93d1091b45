/** The value of a factor that nothing is known about: no criteria, no clusters, no wins yet. */
export const neutral = 0.5;

/** A criterion of the ICP: accounts (and titles) that meet it gain its weight. */
export interface IcpCriterion {
  readonly field: 'industry' | 'keywords' | 'employees' | 'location' | 'title' | 'description';
  /** Any of these words or phrases, regardless of case, `*` at the end for any ending; unused for employees. */
  readonly anyOf: readonly string[];
  readonly min: number | null;
  readonly max: number | null;
  readonly weight: number;
}

/** The fields a criterion reads, as columns aligned with the prospects; those no criterion names may be left out. */
export interface IcpColumns {
  readonly industry?: readonly (string | null)[];
  readonly keywords?: readonly (string | null)[];
  readonly location?: readonly (string | null)[];
  readonly title?: readonly (string | null)[];
  readonly description?: readonly (string | null)[];
  readonly employees?: readonly (number | null)[];
}

/** A test for one field's value; what is unknown (null, empty) does not meet a criterion, and one that asks nothing is met by none. */
export function criterionTest(criterion: IcpCriterion): (value: string | number | null) => boolean {
  if (criterion.field === 'employees') {
    const { min, max } = criterion;
    if (min === null && max === null) return () => false;
    return (value) => typeof value === 'number' && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  }
  const phrases = criterion.anyOf
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase.replace(/\*$/, ''));
  if (phrases.length === 0) return () => false;
  const alternatives = phrases.map((phrase) => {
    const source = phrase
      .replace(/\*$/, '')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\s+/g, '\\s+');
    return phrase.endsWith('*') ? source : `${source}(?![\\p{L}\\p{N}])`;
  });
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})`, 'iu');
  return (value) => typeof value === 'string' && pattern.test(value);
}

/**
 * The fit factor of `count` prospects: the weight of the criteria met over the weight of all. {@link neutral} for
 * everyone where no criterion has weight. Throws where a criterion's column is missing.
 */
export function fitFactor(
  count: number,
  columns: IcpColumns,
  criteria: readonly IcpCriterion[],
): Float32Array {
  const counted = criteria.filter((criterion) => criterion.weight > 0);
  const total = counted.reduce((sum, criterion) => sum + criterion.weight, 0);
  if (total === 0) return new Float32Array(count).fill(neutral);
  const met = new Float64Array(count);
  for (const criterion of counted) {
    const column = columns[criterion.field];
    if (!column) throw new Error(`the column ${criterion.field} is needed for the ICP`);
    const meets = criterionTest(criterion);
    for (let i = 0; i < count; i++) if (meets(column[i] ?? null)) met[i]! += criterion.weight;
  }
  return Float32Array.from(met, (weight) => weight / total);
}
