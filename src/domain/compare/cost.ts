import { listPrices, type Price, type PriceTable, priceOf, providerNames } from '../draft/models';

/**
 * The price of a model by its name alone, for a draft remembers no provider; null where the table has no such model.
 */
export function priceOfModel(model: string, prices: PriceTable = listPrices): Price | null {
  for (const provider of providerNames) {
    const price = priceOf({ provider, model }, prices);
    if (price) return price;
  }
  return null;
}
