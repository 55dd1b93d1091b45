import type { LanguageModel } from 'ai';
import type { z } from 'zod';
import type { ModelChoice, ProviderName } from '../domain/draft/models';
import { cancelled, type Failure, fail, type Result, succeed } from '../domain/result';

export interface LlmRequest<T> {
  readonly choice: ModelChoice;
  /** Read for each attempt and never kept; empty where the endpoint wants none. */
  readonly key: string;
  readonly system: string;
  readonly prompt: string;
  /** Strict schemas want `.nullable()` where a field may be missing, not `.optional()`. */
  readonly schema: z.ZodType<T>;
  readonly maxTokens: number;
  readonly temperature?: number;
}

export interface LlmAnswer<T> {
  readonly value: T;
  readonly tokens: { readonly input: number; readonly output: number };
  /** From the first attempt's start to the last byte. */
  readonly milliseconds: number;
  readonly attempts: number;
}

export interface LlmJob {
  readonly signal: AbortSignal;
  /** The answer as far as it has come, not yet checked against the schema. */
  readonly partial?: (value: unknown) => void;
  /** Says why the next attempt waits, and how long (milliseconds). */
  readonly waiting?: (sentence: string, milliseconds: number) => void;
}

const baseUrls: Record<ProviderName, string> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta',
  openrouter: 'https://openrouter.ai/api/v1',
  compatible: '',
};

/** The origin that a choice talks to, to be shown before anything is sent; undefined where the address is no URL. */
export function originOf(choice: ModelChoice): string | undefined {
  const address = choice.baseUrl || baseUrls[choice.provider];
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

const attempts = 4;

/**
 * Asks a model for one object of the schema, streaming. Tries again after a rate limit, a server's error, a cut stream
 * or a lost network, honouring Retry-After where the page may read it; not where another try can't help.
 */
export async function ask<T>(request: LlmRequest<T>, job: LlmJob): Promise<Result<LlmAnswer<T>>> {
  const since = performance.now();
  const origin = originOf(request.choice);
  if (!origin)
    return fail(
      'llm-address',
      'The address of the endpoint is no web address. Write it like http://localhost:11434/v1.',
    );
  for (let attempt = 1; ; attempt++) {
    if (job.signal.aborted) return cancelled;
    const outcome = await attemptOnce(request, job);
    if (job.signal.aborted) return cancelled;
    if (outcome.ok)
      return succeed({ ...outcome.value, milliseconds: performance.now() - since, attempts: attempt });
    const { failure, retryAfter } = outcome;
    if (retryAfter === undefined || attempt === attempts) return { ok: false, failure };
    job.waiting?.(failure.sentence, retryAfter);
    await pause(retryAfter === 0 ? backoff(attempt) : retryAfter, job.signal);
  }
}

type Attempt<T> =
  | { readonly ok: true; readonly value: Pick<LlmAnswer<T>, 'value' | 'tokens'> }
  /** `retryAfter` in milliseconds: 0 leaves the wait to us, undefined says that another try won't help. */
  | { readonly ok: false; readonly failure: Failure; readonly retryAfter?: number };

async function attemptOnce<T>(request: LlmRequest<T>, job: LlmJob): Promise<Attempt<T>> {
  const { streamText, Output, parsePartialJson } = await import('ai');
  let text = '';
  let problem: unknown;
  let tokens = { input: 0, output: 0 };
  let reason = 'stop';
  try {
    const { fullStream } = streamText({
      model: await languageModel(request.choice, request.key),
      output: Output.object({ schema: request.schema }),
      system: request.system,
      prompt: request.prompt,
      maxOutputTokens: request.maxTokens,
      ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
      abortSignal: job.signal,
      maxRetries: 0,
      // Errors arrive in the stream below; without this they are printed as well, with the request in them.
      onError: () => {},
    });
    for await (const part of fullStream) {
      if (part.type === 'error') problem = part.error;
      if (part.type === 'text-delta') {
        text += part.text;
        if (job.partial) job.partial((await parsePartialJson(text)).value);
      }
      if (part.type === 'finish') {
        tokens = { input: part.totalUsage.inputTokens ?? 0, output: part.totalUsage.outputTokens ?? 0 };
        reason = part.finishReason;
      }
    }
  } catch (error) {
    problem = error;
  }
  if (problem !== undefined) return explain(problem, request.choice, text !== '');
  if (reason === 'content-filter')
    return refusal('The model declined to write this. Change the brief, or write this one by hand.');
  if (reason === 'length')
    return refusal(
      'The answer was longer than the limit and was cut off. Raise the limit or shorten the brief.',
    );
  const parsed = parseAnswer(text, request.schema);
  if (parsed.ok) return { ok: true, value: { value: parsed.value, tokens } };
  return { ok: false, failure: parsed.failure, retryAfter: 0 };
}

const refusal = (sentence: string): Attempt<never> => ({
  ok: false,
  failure: { code: 'llm-refused', sentence },
});

function parseAnswer<T>(text: string, schema: z.ZodType<T>): Result<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const looksLikeRefusal = text !== '' && !text.trimStart().startsWith('{');
    return looksLikeRefusal
      ? fail(
          'llm-refused',
          'The model answered in prose instead of writing the draft, which usually means that it declined.',
        )
      : fail('llm-broken', 'The answer broke off or is not what was asked for, so it was not used.');
  }
  const checked = schema.safeParse(json);
  if (checked.success) return succeed(checked.data);
  const where = checked.error.issues[0]?.path.join('.') || 'the whole';
  return fail(
    'llm-off-schema',
    `The answer does not have the form asked for (${where}), so it was not used.`,
  );
}

/** The model of the AI SDK for a choice. The libraries are loaded when first needed. */
async function languageModel(choice: ModelChoice, key: string): Promise<LanguageModel> {
  const baseURL = choice.baseUrl || baseUrls[choice.provider];
  const common = { baseURL, apiKey: key, fetch: carefulFetch };
  switch (choice.provider) {
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      return createOpenAI(common).chat(choice.model);
    }
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return createAnthropic({
        ...common,
        headers: { 'anthropic-dangerous-direct-browser-access': 'true' },
      })(choice.model);
    }
    case 'google': {
      const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
      return createGoogleGenerativeAI(common)(choice.model);
    }
    default: {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      return createOpenAICompatible({
        ...common,
        name: choice.provider,
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(choice.model);
    }
  }
}

/** Sends the key to its provider and nothing else: no cookies, no referrer, no redirect; headers that preflights refuse dropped. */
const carefulFetch: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.delete('user-agent');
  return fetch(input, {
    ...init,
    headers,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    cache: 'no-store',
  });
};

/** What an error of the provider, or of the way to it, means to the rep, and whether another try can help. */
async function explain(error: unknown, choice: ModelChoice, hadBegun: boolean): Promise<Attempt<never>> {
  const { APICallError } = await import('ai');
  const origin = originOf(choice) ?? 'the endpoint';
  const isCall = APICallError.isInstance(error);
  if (hadBegun || (isCall && error.statusCode === 200))
    return {
      ok: false,
      failure: { code: 'llm-cut', sentence: `The answer of ${origin} broke off in the middle.` },
      retryAfter: 0,
    };
  if (!isCall || error.statusCode === undefined) {
    return {
      ok: false,
      failure: { code: 'llm-unreachable', sentence: unreachable(choice, origin) },
      ...(isOffline() || choice.provider === 'compatible' ? {} : { retryAfter: 0 }),
    };
  }
  const said = `${error.responseBody ?? ''} ${error.message}`.toLowerCase();
  const status = error.statusCode;
  const stop = (code: string, sentence: string): Attempt<never> => ({
    ok: false,
    failure: { code, sentence },
  });
  if (status === 401 || status === 403)
    return stop(
      'llm-key',
      `${origin} refused the key (${status}). Check that it is whole, still valid, and allowed to use this model.`,
    );
  if (status === 404)
    return stop('llm-no-model', `${origin} knows no model called “${choice.model}”. Check its name.`);
  if (status === 413 || /too large|context length|maximum context/.test(said))
    return stop(
      'llm-too-long',
      'The brief is longer than this model can read. Shorten it, or choose another model.',
    );
  if (status === 402 || /quota|billing|credit|insufficient/.test(said))
    return stop(
      'llm-quota',
      `The account at ${origin} has no quota or credit left. Add some there; what is done already is kept.`,
    );
  if (status === 429)
    return {
      ok: false,
      failure: { code: 'llm-rate-limit', sentence: `${origin} asks to slow down.` },
      retryAfter: retryAfterOf(error.responseHeaders),
    };
  if (status >= 500)
    return {
      ok: false,
      failure: { code: 'llm-server', sentence: `${origin} had an error of its own (${status}).` },
      retryAfter: retryAfterOf(error.responseHeaders),
    };
  return stop(
    'llm-request',
    `${origin} did not accept the request (${status}): ${error.message.slice(0, 200)}`,
  );
}

const isOffline = () => typeof navigator !== 'undefined' && navigator.onLine === false;

/** A page can't see why a request failed before its answer; these are the causes worth checking, likeliest first. */
function unreachable(choice: ModelChoice, origin: string): string {
  if (isOffline()) return 'There is no network. Drafting needs one; all else works without.';
  if (choice.provider === 'openai')
    return `${origin} can't be reached, or it refused the key: it answers a wrong key in a way that a page can't read. Check the key first, then the network.`;
  if (choice.provider === 'compatible') {
    const site = typeof location === 'undefined' ? 'this site' : location.origin;
    const { hostname } = new URL(origin);
    if (!isLoopback(hostname))
      return `${origin} can't be reached from here, or it refused the key in a way that a page can't read. This site talks to models on this machine and to the providers it names; for another one, host it yourself with that address in its policy.`;
    return `Nothing that allows this page answers at ${origin}. If Ollama runs there, start it with OLLAMA_ORIGINS=${site} ollama serve; LM Studio, llama.cpp and vLLM each have a setting for CORS. Where the endpoint wants a key, check that too.`;
  }
  return `${origin} can't be reached, or the connection broke off. Check the network and any blocker of this browser.`;
}

const isLoopback = (hostname: string) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/** Milliseconds until the next try, from Retry-After (seconds or a date), at most a minute; 0 where it is not to be seen. */
function retryAfterOf(headers: Record<string, string> | undefined): number {
  const value = headers?.['retry-after'];
  if (!value) return 0;
  const seconds = Number(value);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Math.min(60_000, Math.max(0, milliseconds || 0));
}

/** Doubling waits with full jitter, so that many drafts don't come back at once. */
function backoff(attempt: number): number {
  return (0.5 + Math.random() / 2) * 1000 * 2 ** (attempt - 1);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
}
