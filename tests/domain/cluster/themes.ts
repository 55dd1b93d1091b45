import type { ClusterInput } from '../../../src/domain/cluster';
import { normal, seeded } from '../../../src/domain/cluster/random';
import { normalise } from '../../../src/domain/embedding';
import type { TextColumn } from '../../../src/domain/list';

const width = 48;

/** What prospects of one theme write about; themes share no word. */
const themes: readonly (readonly string[])[] = [
  ['payments', 'lending', 'credit cards', 'checkout', 'merchant fees'],
  ['freight', 'warehouse', 'customs papers', 'pallets', 'haulage'],
  ['clinic', 'patients', 'nursing', 'diagnosis', 'hospital beds'],
  ['classroom', 'pupils', 'teachers', 'homework', 'school meals'],
  ['vineyard', 'harvest', 'wine cellar', 'grapes', 'bottling'],
  ['satellites', 'orbit', 'rocket engines', 'telemetry', 'launch pads'],
];

export interface Person {
  readonly id: number;
  readonly theme: number;
  readonly text: string;
  readonly company: string;
  readonly vector: Float32Array;
}

/** Made-up people of some themes; the same id always is the same person. `spread` 0 makes those of a theme alike. */
export function people(count: number, { themed = themes.length, from = 1, spread = 0.08 } = {}): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const id = from + i;
    const random = seeded(id);
    const theme = id % themed;
    const topics = themes[theme % themes.length]!;
    const said = topics.filter(() => random() < 0.6);
    const direction = seeded(1_000 + theme);
    const vector = Float32Array.from(
      { length: width },
      () => normal(direction) / Math.sqrt(width) + spread * normal(random),
    );
    normalise({ data: vector, width });
    const company = `Company${id}`;
    const text = `${company} does ${[topics[0], ...said].join(', ')} for people in town ${id % 17}.`;
    return { id, theme, text, company, vector };
  });
}

/** These people as the input of a clustering. */
export function inputOf(some: readonly Person[], choices: Partial<ClusterInput> = {}): ClusterInput {
  const vectors = new Float32Array(some.length * width);
  for (const [row, { vector }] of some.entries()) vectors.set(vector, row * width);
  return {
    ids: Int32Array.from(some, ({ id }) => id),
    vectors,
    model: 'themes',
    texts: column(some.map(({ text }) => text)),
    companies: column(some.map(({ company }) => company)),
    k: 'auto',
    wordWeight: 0.5,
    previous: undefined,
    ...choices,
  };
}

export const blankVector = new Float32Array(width);

export function column(texts: readonly string[]): TextColumn {
  const parts = texts.map((text) => new TextEncoder().encode(text));
  const offsets = new Uint32Array(texts.length + 1);
  for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length;
  const bytes = new Uint8Array(offsets[texts.length]!);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]!);
  return { bytes, offsets };
}
