import { existsSync, readFileSync } from 'node:fs';
import { clustersKind } from '../../src/cells/clusters/kind';
import { type ClusterInput, clusterProspects } from '../../src/domain/cluster';
import { group } from '../../src/domain/cluster/group';
import { normal, type Random, seeded } from '../../src/domain/cluster/random';
import { buildSpace } from '../../src/domain/cluster/space';
import { finish } from '../../src/domain/cluster/work';
import { normalise } from '../../src/domain/embedding';
import { embedTexts, textColumn } from './embed';
import type { Figure } from './figure';

interface Account {
  readonly name: string;
  readonly oneLiner: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly subindustry: string;
}

/** Companies to be clustered, with the label they should be clustered by; undefined for those that only fill the list. */
interface Company {
  readonly name: string;
  readonly text: string;
  readonly vector: Float32Array;
  readonly label: string | undefined;
}

const file = '../shared/data/companies/accounts.json';
const width = 512;
const wholeList = 12_200;
const numberings = 5;
/** As in a new clusters cell. */
const usualWeight = clustersKind.params.parse({}).wordWeight;

/**
 * How well clusters agree with the subindustry of companies, which they never see.
 *
 * Protocol. Text of a company: one-liner, description and keywords, as a list export has them. Vectors: the product's
 * own model. k = 40; words weigh as much as in a new clusters cell. Each figure is the mean over five ways of numbering the
 * companies, for samples and starts hang on the ids. V-measure: Rosenberg and Hirschberg, 2007; adjusted Rand index:
 * Hubert and Arabie, 1985.
 *
 * The targets were set on twice as many labelled companies among 12,200; here are the 2,916 given, alone and in a list
 * filled up to 12,200 with made-up mixtures of them, of which the labelled ones are judged. CPU seconds are those of the
 * grouping itself, once the space of 64 + 64 dimensions stands; they count all threads, so a busy machine hardly shows.
 */
export async function measureClusters(): Promise<Figure[]> {
  if (!existsSync(file)) {
    console.log('  skipped: the labelled companies are not here');
    return [];
  }
  const given = await readCompanies(true);
  const described = await readCompanies(false);
  const filled = [...given, ...mixtures(given, wholeList - given.length)];
  const alone = agreementOf(given, usualWeight);
  const among = agreementOf(filled, usualWeight);
  const plain = agreementOf(described, usualWeight);
  return [
    atLeast('clusters, V-measure, k = 40', alone.v, 0.39),
    atLeast('clusters, adjusted Rand index, k = 40', alone.ari, 0.13),
    atLeast('clusters, V-measure at 12,200', among.v, 0.39),
    atLeast('clusters, adjusted Rand index at 12,200', among.ari, 0.13),
    shown('clusters, V-measure by meaning alone', agreementOf(given, 0).v),
    shown('clusters, V-measure by words alone', agreementOf(given, 1).v),
    shown('clusters, V-measure without keywords', plain.v),
    shown('clusters, adjusted Rand index without keywords', plain.ari),
    groupingSeconds(filled),
  ];
}

function shown(name: string, value: number): Figure {
  return { name, value, unit: '', target: null, ok: true };
}

function atLeast(name: string, value: number, target: number): Figure {
  return { name, value, unit: '', target, ok: value >= target };
}

async function readCompanies(withKeywords: boolean): Promise<Company[]> {
  const accounts: Account[] = JSON.parse(readFileSync(file, 'utf8'));
  const texts = accounts.map(({ oneLiner, description, tags }) =>
    [oneLiner, description, withKeywords && tags.join(', ')].filter(Boolean).join('\n'),
  );
  const vectors = await embedTexts(texts);
  return accounts.map(({ name, subindustry }, i) => ({
    name,
    text: texts[i]!,
    vector: vectors.slice(i * width, (i + 1) * width),
    label: subindustry,
  }));
}

/** Companies that don't exist: three parts of one and one part of another, in words and in meaning, with some noise. */
function mixtures(companies: readonly Company[], count: number): Company[] {
  const random = seeded(11);
  const draw = () => companies[Math.floor(random() * companies.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const [one, other] = [draw(), draw()];
    const otherWords = other.text.split(' ');
    const words = one.text.split(' ').map((word, at) => (random() < 0.25 ? (otherWords[at] ?? word) : word));
    const vector = one.vector.map(
      (value, at) => 0.75 * value + 0.25 * other.vector[at]! + 0.01 * normal(random),
    );
    normalise({ data: vector, width });
    return { name: `Filler ${i}`, text: words.join(' '), vector, label: undefined };
  });
}

function inputOf(companies: readonly Company[], ids: Int32Array, wordWeight: number): ClusterInput {
  const vectors = new Float32Array(companies.length * width);
  for (const [row, { vector }] of companies.entries()) vectors.set(vector, row * width);
  return {
    ids,
    vectors,
    model: 'own',
    texts: textColumn(companies.map(({ text }) => text)),
    companies: textColumn(companies.map(({ name }) => name)),
    k: 40,
    wordWeight,
    previous: undefined,
  };
}

function agreementOf(companies: readonly Company[], wordWeight: number): { v: number; ari: number } {
  const sum = { v: 0, ari: 0 };
  for (let numbering = 1; numbering <= numberings; numbering++) {
    const result = finish(
      clusterProspects(inputOf(companies, numbered(companies.length, seeded(numbering)), wordWeight)),
    );
    if (!result.ok) throw new Error(result.failure.sentence);
    const { assignment } = result.value.clustering;
    const judged = companies.flatMap(({ label }, at) =>
      label === undefined ? [] : [{ label, cluster: String(assignment[at]) }],
    );
    const { v, ari } = agreement(judged);
    sum.v += v / numberings;
    sum.ari += ari / numberings;
  }
  return sum;
}

/** The numbers 1 to `count`, shuffled. */
function numbered(count: number, random: Random): Int32Array {
  const ids = Int32Array.from({ length: count }, (_, i) => i + 1);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [ids[i], ids[j]] = [ids[j]!, ids[i]!];
  }
  return ids;
}

/** V-measure and adjusted Rand index of a clustering against labels. */
function agreement(judged: readonly { readonly label: string; readonly cluster: string }[]): {
  v: number;
  ari: number;
} {
  const labels = new Map<string, number>();
  const clusters = new Map<string, number>();
  const both = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { label, cluster } of judged) {
    add(labels, label);
    add(clusters, cluster);
    add(both, `${cluster} ${label}`);
  }
  const total = judged.length;
  const entropy = (counts: Map<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0);
  const pairs = (counts: Map<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const shared = entropy(labels) + entropy(clusters) - entropy(both);
  const expected = (pairs(labels) * pairs(clusters)) / ((total * (total - 1)) / 2);
  return {
    v: (2 * shared) / (entropy(labels) + entropy(clusters)),
    ari: (pairs(both) - expected) / ((pairs(labels) + pairs(clusters)) / 2 - expected),
  };
}

function groupingSeconds(companies: readonly Company[]): Figure {
  const input = inputOf(companies, numbered(companies.length, seeded(1)), usualWeight);
  const space = finish(buildSpace(input));
  const seconds = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    finish(group(space, input, undefined));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  const value = seconds.sort((a, b) => a - b)[1]!;
  return { name: 'clusters, CPU at 12,200 after PCA', value, unit: 's', target: 3, ok: value <= 3 };
}
