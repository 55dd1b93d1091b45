import { expect, test } from 'vitest';
import { priceOfModel } from '../../../src/domain/compare/cost';
import { listPrices, priceOf } from '../../../src/domain/draft/models';
import { expandVariants } from '../../../src/domain/draft/variant';

const free = { input: 0, output: 0 };

test('a model has its price by its name alone, its dated versions too', () => {
  const price = listPrices.perMillion['openai/gpt-5-mini'];
  expect(priceOfModel('gpt-5-mini', 'gpt-5-mini, short', listPrices)).toEqual(price);
  expect(priceOfModel('gpt-5-mini-2026-01-01', '', listPrices)).toEqual(price);
  expect(priceOfModel('anthropic/claude-sonnet-5', '', listPrices)).toEqual({ input: 2, output: 10 });
  expect(priceOfModel('pasted', '', listPrices)).toBeNull();
});

test('a model of an endpoint of one’s own costs what its cell says, whoever else has one of that name', () => {
  const prices = {
    ...listPrices,
    perMillion: { ...listPrices.perMillion, 'compatible/gpt-5-mini': free },
  };
  expect(priceOfModel('gpt-5-mini', 'gpt-5-mini at lab.example', prices)).toEqual(free);
  expect(priceOfModel('gpt-5-mini', '', prices)).toEqual(free);
});

test('a model on this machine costs nothing, whatever cell it was made in', () => {
  expect(priceOfModel('llama', 'llama at localhost:11434, short', listPrices)).toEqual(free);
  expect(priceOfModel('llama', 'llama at 127.0.0.1:8089', listPrices)).toEqual(free);
  expect(priceOfModel('llama', 'llama at lab.example', listPrices)).toBeNull();
  expect(priceOfModel('llama', 'llama', listPrices)).toBeNull();
});

test('the label is the one that variants are given', () => {
  const writer = { provider: 'compatible' as const, model: 'llama', baseUrl: 'http://localhost:11434/v1' };
  const [variant] = expandVariants({
    prompts: [{ name: 'short', instructions: '' }],
    writers: [writer],
    voices: [],
    hooks: ['strongest'],
  });
  expect(priceOfModel('llama', variant!.label, listPrices)).toEqual(priceOf(writer, listPrices));
});
