import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../../src/domain/cluster/corpus';
import { type Keyphrase, keyphrases } from '../../../src/domain/cluster/keyphrases';
import { finish } from '../../../src/domain/cluster/work';
import { column } from './themes';

function corpusOf(texts: readonly string[], except: readonly string[] = []) {
  const rows = Uint32Array.from(texts.keys());
  return finish(readCorpus(column(texts), rows, () => new Set(except)));
}

/** Phrases of each cluster; the texts are given by cluster. */
function phrasesOf(clusters: readonly (readonly string[])[], weights?: readonly number[]): Keyphrase[][] {
  const texts = clusters.flat();
  const clusterOf = Int32Array.from(clusters.flatMap((own, cluster) => own.map(() => cluster)));
  const weight = Float64Array.from(texts, (_, i) => weights?.[i] ?? 1);
  return finish(keyphrases(corpusOf(texts), { clusters: clusters.length, clusterOf, weight }));
}

const wines = [
  'We grow grapes and wine.',
  'Wine and cheese, wine tours.',
  'Natural wine; grapes from Jura',
  'A wine bar',
];
const banks = ['Bank loans for shops', 'Lending to shops', 'A lender with fair loans', 'Shop loan broker'];

describe('keyphrases', () => {
  it('are p ln(p / q), with the shares shown', () => {
    const [first] = phrasesOf([wines, banks]);
    expect(first![0]).toEqual({ phrase: 'wine', inside: 1, outside: 0 });
    expect(first!.map(({ phrase }) => phrase)).toContain('grapes');
  });

  it('never share a stem', () => {
    const [, second] = phrasesOf([wines, banks]);
    const found = second!.map(({ phrase }) => phrase).join(' ');
    expect(found).toMatch(/loan/);
    expect(found.match(/loan/g)!.length).toBe(1);
    expect(found.match(/lend/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  it('prefer the pair where the words go together', () => {
    const chains = [
      'Supply chain audits',
      'Audits of the supply chain',
      'Green supply chain',
      'Supply chain maps',
    ];
    const others = ['Chain stores', 'Key chain art', 'Supply of milk', 'Chain saws'];
    expect(phrasesOf([chains, others])[0]![0]!.phrase).toBe('supply chain');
  });

  it('leave out what every company says, and words that say nothing', () => {
    const boast = (word: string) => `We are the leading platform and help teams with solutions for ${word}`;
    const [first] = phrasesOf([
      ['bees', 'hives', 'bees', 'hives', 'bees'].map(boast),
      ['tyres', 'wheels', 'tyres', 'wheels', 'tyres'].map(boast),
    ]);
    expect(first!.map(({ phrase }) => phrase).sort()).toEqual(['bees', 'hives']);
  });

  it('are not one text’s own words, unless it is alone', () => {
    const [first, second] = phrasesOf([[...wines, 'Quetzal feathers and wine'], ['Zeppelin repair']]);
    expect(first!.some(({ phrase }) => /quetzal/i.test(phrase))).toBe(false);
    expect(second![0]!.phrase).toMatch(/zeppelin|repair/i);
  });

  it('count by weight', () => {
    const own = ['apples', 'apples', 'apples', 'apples', 'pears', 'pears', 'pears'];
    const [first] = phrasesOf([own, banks], [0.25, 0.25, 0.25, 0.25, 1, 1, 1, 1, 1, 1, 1]);
    expect(first!.map(({ phrase }) => phrase)).toEqual(['pears']);
  });

  it('name one cluster of all by what is common', () => {
    expect(phrasesOf([wines])[0]![0]!.phrase).toBe('wine');
  });
});

describe('the corpus', () => {
  it('merges forms of a word and writes it as most texts do', () => {
    const { words, labels, tokens } = corpusOf([
      'API',
      'an api',
      'the APIs',
      'API for Payments',
      'payment',
      'payments',
    ]);
    const api = words.indexOf('api');
    expect(labels[api]).toBe('API');
    expect(labels[words.indexOf('payment')]).toBe('payments');
    expect(words).not.toContain('payments');
    expect(tokens.filter((token) => token === api).length).toBe(4);
  });

  it('keeps apart what only looks like a plural', () => {
    const { words } = corpusOf([
      'new '.repeat(60),
      'news',
      'sales '.repeat(9),
      'sale',
      'business',
      'analytics',
    ]);
    for (const word of ['new', 'news', 'sales', 'sale', 'business', 'analytics'])
      expect(words).toContain(word);
  });

  it('ends a phrase at a mark, and where a word was passed over', () => {
    const { words, tokens } = corpusOf(['red wine, blue Orbix cheese'], ['orbix']);
    expect(Array.from(tokens, (token) => words[token] ?? '|')).toEqual([
      'red',
      'wine',
      '|',
      'blue',
      '|',
      'cheese',
    ]);
  });

  it('cuts scripts without spaces into words', () => {
    const { words } = corpusOf(['我们提供支付服务', '支付服务']);
    expect(words).toContain('支付');
  });
});
