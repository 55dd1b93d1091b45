import { type Price, type PriceTable, priceOf, providerNames } from '../draft/models';

/**
 * The price of a model by its name alone, for a draft remembers no provider; null where the table has no such model.
 * A model of an endpoint of one's own stands in a table only where its cell writes with it, and so goes before others.
 */
export function priceOfModel(model: string, prices: PriceTable): Price | null {
  for (const provider of providerNames.toReversed()) {
    const price = priceOf({ provider, model }, prices);
    if (price) return price;
  }
  return null;
}
