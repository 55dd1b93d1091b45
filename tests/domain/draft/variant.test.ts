import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hookChoices } from '../../../src/domain/draft/brief';
import { type ModelChoice, providerNames } from '../../../src/domain/draft/models';
import { expandVariants, mostVariants, type VariantAxes } from '../../../src/domain/draft/variant';

const axes: VariantAxes = {
  prompts: [{ name: '', instructions: '' }],
  writers: [null],
  voices: [],
  hooks: ['strongest'],
};
const small: ModelChoice = { provider: 'openai', model: 'small' };
const labels = (part: Partial<VariantAxes>) => expandVariants({ ...axes, ...part }).map(({ label }) => label);

/** Axes as the cell makes them: prompts beyond the first have names, and no two writers or prompts have one name. */
const someAxes: fc.Arbitrary<VariantAxes> = fc.record({
  prompts: fc
    .uniqueArray(fc.record({ name: fc.constantFrom('', 'short', 'warm'), instructions: fc.constant('x') }), {
      minLength: 1,
      maxLength: 2,
      selector: ({ name }) => name,
    })
    .filter(([, ...others]) => others.every(({ name }) => name !== '')),
  writers: fc.uniqueArray(
    fc.constantFrom<ModelChoice | null>(null, small, { provider: 'google', model: 'g' }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  voices: fc.uniqueArray(fc.constantFrom('none', 'personal'), { maxLength: 2 }),
  hooks: fc.uniqueArray(fc.constantFrom(...hookChoices), { minLength: 1, maxLength: 1 }),
});

describe('a variant is named', () => {
  test('by its writer always, and by what is not as usual', () => {
    expect(labels({})).toEqual(['template']);
    expect(labels({ writers: [null, small], voices: ['none', 'personal', 'brand'] })).toEqual([
      'template',
      'small, no voice',
      'small',
      'small, brand voice',
    ]);
    expect(
      labels({
        writers: [small],
        prompts: [
          ...axes.prompts,
          { name: '', instructions: 'Be short.' },
          { name: 'warm', instructions: '' },
        ],
        hooks: ['strongest', 'second'],
      }),
    ).toEqual([
      'small',
      'small, second hook',
      'small, prompt 2',
      'small, prompt 2, second hook',
      'small, warm',
      'small, warm, second hook',
    ]);
  });

  test('with the provider or the address where the model alone would not tell', () => {
    const at = (baseUrl: string): ModelChoice => ({ provider: 'compatible', model: 'llama', baseUrl });
    expect(
      labels({
        writers: [
          small,
          { provider: 'openrouter', model: 'small' },
          at('http://localhost:11434/v1'),
          at('http://localhost:1234/v1/'),
          at('https://localhost:1234/v1'),
        ],
      }),
    ).toEqual([
      'small',
      'small (openrouter)',
      'llama at localhost:11434',
      'llama at localhost:1234',
      'llama at localhost:1234 (2)',
    ]);
  });

  test('the same whatever other variants there are', () => {
    const ways = ({ writers, prompts, voices, hooks }: VariantAxes) =>
      expandVariants({ writers, prompts, voices, hooks }).map((one) => JSON.stringify(one));
    fc.assert(
      fc.property(someAxes, someAxes, (some, more) => {
        const union = <T>(one: readonly T[], other: readonly T[]) => [
          ...new Map([...one, ...other].map((each) => [JSON.stringify(each), each])).values(),
        ];
        const both = {
          // A prompt without a name is the first one.
          prompts: union(some.prompts, more.prompts).sort(
            (a, b) => Number(a.name !== '') - Number(b.name !== ''),
          ),
          writers: union(some.writers, more.writers),
          voices: some.voices.length === 0 ? [] : union(some.voices, more.voices),
          hooks: union(some.hooks, more.hooks),
        };
        const all = ways(both);
        fc.pre(all.length < mostVariants);
        expect(all).toEqual(expect.arrayContaining(ways(some)));
      }),
    );
  });
});

test('names never repeat, no two writers share one, and there are never too many', () => {
  const name = fc.constantFrom('', 'a', 'b');
  fc.assert(
    fc.property(
      fc.array(fc.record({ name, instructions: name }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.record({ provider: fc.constantFrom(...providerNames), model: name }), {
        minLength: 1,
        maxLength: 4,
      }),
      (prompts, writers) => {
        const all = expandVariants({
          prompts,
          writers,
          voices: ['none', 'brand'],
          hooks: ['strongest', 'second'],
        });
        expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
        expect(all.length).toBeGreaterThan(0);
        expect(all.length).toBeLessThanOrEqual(mostVariants);
        const wanted = new Set([writers, prompts].flatMap((ones) => ones.map((one) => JSON.stringify(one))));
        fc.pre(new Set(writers.map((one) => JSON.stringify(one))).size * 4 * prompts.length <= mostVariants);
        const made = new Set(all.flatMap((one) => [JSON.stringify(one.writer), JSON.stringify(one.prompt)]));
        expect(made).toEqual(wanted);
      },
    ),
  );
});
