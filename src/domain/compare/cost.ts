import { type Price, type PriceTable, priceOf, providerNames } from '../draft/models';

/**
 * The price of a draft's model; null where it isn't known. A draft remembers no provider: a model at an address of the
 * rep's own is known by its variant's label ("good at localhost:1234, short"), others by their name alone. A model of
 * such an endpoint stands in a table only where its cell writes with it, and so goes before others.
 */
export function priceOfModel(model: string, label: string, prices: PriceTable): Price | null {
  const address = addressIn(label, model);
  const own = address && priceOf({ provider: 'compatible', model, baseUrl: `http://${address}` }, prices);
  if (own) return own;
  for (const provider of providerNames.toReversed()) {
    const price = priceOf({ provider, model }, prices);
    if (price) return price;
  }
  return null;
}

function addressIn(label: string, model: string): string | undefined {
  const named = `${model} at `;
  return label.startsWith(named) ? label.slice(named.length).split(', ')[0] : undefined;
}
