import { costOf, listPrices, type PriceTable, priceOf, providerNames } from '../draft/models';

/**
 * What an answer cost in US dollars, by the name of its model alone, for a draft remembers no provider; null where the
 * table has no such model. A draft without tokens, written by hand or from a template, cost nothing.
 */
export function answerCost(
  model: string,
  tokens: { readonly input: number; readonly output: number },
  prices: PriceTable = listPrices,
): number | null {
  if (tokens.input + tokens.output === 0) return 0;
  for (const provider of providerNames) {
    const price = priceOf({ provider, model }, prices);
    if (price) return costOf(tokens, price);
  }
  return null;
}
