import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ask } from '../../src/boundary/llm';
import type { ModelChoice, ProviderName } from '../../src/domain/draft/models';
import { startProvider } from '../provider/server.mjs';

type Provider = Awaited<ReturnType<typeof startProvider>>;

const draft = z.object({
  subject: z.string(),
  body: z.string(),
  claims: z.array(z.object({ text: z.string(), signalId: z.number().nullable() })),
});

const paths: Partial<Record<ProviderName, string>> = {
  openai: '/v1',
  compatible: '/v1',
  openrouter: '/api/v1',
  anthropic: '/v1',
  google: '/v1beta',
};

let provider: Provider | undefined;
afterEach(async () => {
  await provider?.close();
  provider = undefined;
});

async function start(options: Parameters<typeof startProvider>[0] = {}): Promise<Provider> {
  provider = await startProvider(options);
  return provider;
}

function choice(at: Provider, name: ProviderName, model: string): ModelChoice {
  return { provider: name, model, baseUrl: `${at.url}${paths[name]}` };
}

const request = (of: ModelChoice, key = 'a-key') => ({
  choice: of,
  key,
  system: 'Write one mail.',
  prompt: '<first_name>Ruth</first_name><signal id="7"><quote>We open a twelfth depot</quote></signal>',
  schema: draft,
  maxTokens: 500,
});

const job = () => ({ signal: new AbortController().signal });

describe('each protocol', () => {
  for (const name of Object.keys(paths) as ProviderName[])
    test(`${name} answers an object of the schema, with its tokens`, async () => {
      const at = await start({ key: 'the-right-one', chunkDelay: 5 });
      const partials: unknown[] = [];
      const answer = await ask(request(choice(at, name, 'any-model'), 'the-right-one'), {
        ...job(),
        partial: (value) => partials.push(value),
      });
      expect(answer).toMatchObject({ ok: true, value: { attempts: 1 } });
      if (!answer.ok) return;
      expect(answer.value.value.body).toContain('We open a twelfth depot');
      expect(answer.value.value.claims).toEqual([{ text: 'We open a twelfth depot', signalId: 7 }]);
      expect(answer.value.tokens.input).toBeGreaterThan(10);
      expect(answer.value.tokens.output).toBeGreaterThan(10);
      expect(partials.length).toBeGreaterThan(0);
    });
});

describe('failures end in a sentence', () => {
  const cases: [behaviour: string, code: string, calls: number][] = [
    ['unauthorized', 'llm-key', 1],
    ['quota', 'llm-quota', 1],
    ['no-model', 'llm-no-model', 1],
    ['refusal', 'llm-refused', 1],
    ['malformed', 'llm-broken', 4],
    ['off-schema', 'llm-off-schema', 4],
    ['cut', 'llm-cut', 4],
    ['server-error', 'llm-server', 4],
    ['rate-limit-after', 'llm-rate-limit', 4],
  ];
  for (const [behaviour, code, calls] of cases)
    for (const name of ['openai', 'anthropic', 'google'] as const)
      test.concurrent(`${name}: ${behaviour}`, async () => {
        const at = await startProvider();
        const answer = await ask(request(choice(at, name, `model-${behaviour}`)), job());
        await at.close();
        expect(answer).toMatchObject({ ok: false, failure: { code } });
        expect(at.calls).toHaveLength(calls);
      });
});

test('a failure that passes is tried again and succeeds', async () => {
  const at = await start({ mix: { 'server-error': 0.5 } });
  const waits: number[] = [];
  const answer = await ask(request(choice(at, 'compatible', 'any')), {
    ...job(),
    waiting: (_, milliseconds) => waits.push(milliseconds),
  });
  expect(answer).toMatchObject({ ok: true, value: { attempts: 2 } });
  expect(waits).toHaveLength(1);
});

test('stopping reaches the server', async () => {
  const at = await start({ chunkDelay: 50 });
  const stop = new AbortController();
  const answer = ask(request(choice(at, 'openai', 'any')), {
    signal: stop.signal,
    partial: () => stop.abort(),
  });
  expect(await answer).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  await expect.poll(() => at.calls[0]?.aborted).toBe(true);
});

test('the key travels in its header alone', async () => {
  const canary = 'canary-2c1f77d0';
  const headers = { openai: 'authorization', anthropic: 'x-api-key', google: 'x-goog-api-key' } as const;
  for (const [name, header] of Object.entries(headers)) {
    const at = await startProvider({ key: canary });
    const good = await ask(request(choice(at, name as ProviderName, 'any'), canary), job());
    const bad = await ask(request(choice(at, name as ProviderName, 'any-unauthorized'), canary), job());
    await at.close();
    expect(at.calls).toHaveLength(2);
    for (const call of at.calls) {
      const { [header]: carrier, ...others } = call.headers;
      expect(carrier).toContain(canary);
      expect(JSON.stringify([call.path, call.body, others])).not.toContain(canary);
      expect(Object.keys(others).filter((key) => key.startsWith('x-stainless'))).toEqual([]);
    }
    expect(JSON.stringify([good, bad])).not.toContain(canary);
  }
});
