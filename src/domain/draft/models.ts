export const providerNames = ['openai', 'anthropic', 'google', 'openrouter', 'compatible'] as const;
export type ProviderName = (typeof providerNames)[number];

/** Which model of whom. Holds no key, so it may be stored, printed and exported. */
export interface ModelChoice {
  readonly provider: ProviderName;
  readonly model: string;
  /** Address of the endpoint; only `compatible` needs one, for the others it replaces the provider's own. */
  readonly baseUrl?: string | undefined;
}

/** Whether a choice can be asked at all. */
export function isWhole({ provider, model, baseUrl }: ModelChoice): boolean {
  return model.trim() !== '' && (provider !== 'compatible' || (baseUrl ?? '').trim() !== '');
}

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** Prices by `provider/model`; a name covers the dated versions that begin with it. */
export interface PriceTable {
  /** ISO day on which the prices were read. */
  readonly asOf: string;
  readonly perMillion: Readonly<Record<string, Price>>;
}

/** List prices for short prompts, as published on that day; the rep corrects them in the cell. */
export const listPrices: PriceTable = {
  asOf: '2026-11-05',
  perMillion: {
    'openai/gpt-5-mini': { input: 0.25, output: 2 },
    'openai/gpt-5.4': { input: 2.5, output: 15 },
    'openai/gpt-5.4-mini': { input: 0.75, output: 4.5 },
    'openai/gpt-5.4-nano': { input: 0.2, output: 1.25 },
    'anthropic/claude-haiku-4-5': { input: 1, output: 5 },
    'anthropic/claude-sonnet-4-6': { input: 3, output: 15 },
    'anthropic/claude-sonnet-5': { input: 2, output: 10 },
    'google/gemini-3.5-flash': { input: 1.5, output: 9 },
    'google/gemini-3.7-flash': { input: 0.75, output: 3.75 },
  },
};

/** What a model costs by a table; null where the table doesn't say. A model on this machine costs nothing. */
export function priceOf(choice: ModelChoice, { perMillion }: PriceTable): Price | null {
  // OpenRouter names a model by its maker, as the table does.
  const name =
    choice.provider === 'openrouter' ? choice.model : `${choice.provider}/${choice.model}`.toLowerCase();
  const known = Object.keys(perMillion)
    .filter((key) => name === key || name.startsWith(`${key}-`) || name.startsWith(`${key}:`))
    .sort((a, b) => b.length - a.length)[0];
  if (known !== undefined) return perMillion[known] ?? null;
  return choice.provider === 'compatible' && isOnThisMachine(choice.baseUrl ?? '')
    ? { input: 0, output: 0 }
    : null;
}

function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** In US dollars. */
export function costOf(tokens: Tokens, price: Price): number {
  return (tokens.input * price.input + tokens.output * price.output) / 1_000_000;
}

/**
 * Roughly how many tokens a text is: four characters each, or one and a third a word, whichever is more. Tokenisers
 * differ; this is for a preview, the bill comes from the provider.
 */
export function estimateTokens(text: string): number {
  const words = text.split(/\s+/).filter(Boolean).length;
  return Math.ceil(Math.max(text.length / 4, words * 1.33));
}
