import { expect, test } from 'vitest';
import { priceOfModel } from '../../../src/domain/compare/cost';
import { listPrices } from '../../../src/domain/draft/models';

test('a model has its price by its name alone, its dated versions too', () => {
  const price = listPrices.perMillion['openai/gpt-5-mini'];
  expect(priceOfModel('gpt-5-mini', listPrices)).toEqual(price);
  expect(priceOfModel('gpt-5-mini-2026-01-01', listPrices)).toEqual(price);
  expect(priceOfModel('anthropic/claude-sonnet-5', listPrices)).toEqual({ input: 2, output: 10 });
  expect(priceOfModel('pasted', listPrices)).toBeNull();
});

test('a model of an endpoint of one’s own costs what its cell says, whoever else has one of that name', () => {
  const prices = {
    ...listPrices,
    perMillion: { ...listPrices.perMillion, 'compatible/gpt-5-mini': { input: 0, output: 0 } },
  };
  expect(priceOfModel('gpt-5-mini', prices)).toEqual({ input: 0, output: 0 });
});
