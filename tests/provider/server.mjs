// A language-model provider on loopback for tests and demos: the wire formats of OpenAI (chat completions),
// Anthropic (messages) and Google Gemini (generateContent), streamed or not, with the failures real ones have.
// Which failure a request meets is said by the model's name (`slow`, `cut`, `status-429-retry-2`, ...) or drawn
// from a mix, deterministically, so that a test can repeat it. Run as a script it prints its address.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {'good' | 'slow' | 'cut' | 'unauthorized' | 'rate-limit' | 'rate-limit-after' | 'quota' | 'server-error'
 *   | 'malformed' | 'refusal' | 'off-schema' | 'no-model' | 'obeys-injection'} Behaviour
 * @typedef {{ path: string; headers: import('node:http').IncomingHttpHeaders; body: any; behaviour: Behaviour;
 *   aborted: boolean }} Call
 */

const behaviours = [
  'good',
  'slow',
  'cut',
  'unauthorized',
  'rate-limit',
  'rate-limit-after',
  'quota',
  'server-error',
  'malformed',
  'refusal',
  'off-schema',
  'no-model',
  'obeys-injection',
];

/**
 * Starts the provider.
 * @param {{ port?: number; key?: string; origin?: string; mix?: Partial<Record<Behaviour, number>>;
 *   answer?: (prompt: string, call: number) => unknown; chunkDelay?: number }} options
 *   `key`: the only key accepted (any, where absent); `mix`: the share of requests that meet each failure, by the
 *   number of the request; `answer`: the JSON object a good answer holds.
 * @returns {Promise<{ url: string; calls: Call[]; close: () => Promise<void> }>}
 */
export async function startProvider({
  port = 0,
  key,
  origin = '*',
  mix = {},
  answer = draftFromPrompt,
  chunkDelay = 0,
} = {}) {
  /** @type {Call[]} */
  const calls = [];
  const server = createServer(async (request, response) => {
    const protocol = protocolOf(request.url ?? '');
    if (request.method === 'OPTIONS') {
      response.writeHead(204, {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST, GET',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
        'access-control-max-age': '600',
      });
      return response.end();
    }
    const text = await bodyOf(request);
    const body = text === '' ? {} : JSON.parse(text);
    if (!protocol) return sendJson(response, 404, { error: { message: 'Not found' } }, origin);

    const model = protocol.model(request.url ?? '', body);
    const behaviour = behaviourOf(model, mix, calls.length);
    /** @type {Call} */
    const call = { path: request.url ?? '', headers: request.headers, body, behaviour, aborted: false };
    calls.push(call);
    response.on('close', () => {
      call.aborted = !response.writableFinished;
    });

    const given = protocol.key(request.headers);
    const isWrongKey = behaviour === 'unauthorized' || (key !== undefined && given !== key);
    // As the real ones do for OpenAI: the refusal carries no CORS headers, so that a page can't read it.
    if (isWrongKey)
      return sendJson(response, 401, protocol.error('invalid_api_key', 'Incorrect API key provided.'));
    switch (behaviour) {
      case 'no-model':
        return sendJson(
          response,
          404,
          protocol.error('model_not_found', `The model ${model} does not exist.`),
          origin,
        );
      case 'rate-limit':
        return sendJson(response, 429, protocol.error('rate_limit_exceeded', 'Rate limit reached.'), origin);
      case 'rate-limit-after':
        return sendJson(response, 429, protocol.error('rate_limit_exceeded', 'Rate limit reached.'), origin, {
          'retry-after': '1',
          'access-control-expose-headers': 'retry-after',
        });
      case 'quota':
        return sendJson(
          response,
          429,
          protocol.error(
            'insufficient_quota',
            'You exceeded your current quota, please check your plan and billing.',
          ),
          origin,
        );
      case 'server-error':
        return sendJson(response, 500, protocol.error('server_error', 'The server had an error.'), origin);
    }

    const prompt = protocol.prompt(body);
    const content =
      {
        malformed: '{"subject": "Hello", "body": "half a',
        'off-schema': '{"greeting": "Hello", "mood": 7}',
        refusal: 'I can’t help with writing this message.',
      }[behaviour] ??
      JSON.stringify(
        behaviour === 'obeys-injection'
          ? obeying(answer(prompt, calls.length - 1))
          : answer(prompt, calls.length - 1),
      );
    const usage = { input: Math.ceil(prompt.length / 4), output: Math.ceil(content.length / 4) };
    const isStream = protocol.isStream(request.url ?? '', body);
    if (behaviour === 'slow') await wait(1500);
    if (response.destroyed) return;

    if (!isStream)
      return sendJson(response, 200, protocol.whole(model, content, usage, behaviour === 'refusal'), origin);
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'access-control-allow-origin': origin,
    });
    const events = protocol.events(model, pieces(content), usage, behaviour === 'refusal');
    const last = behaviour === 'cut' ? Math.floor(events.length / 2) : events.length;
    for (const event of events.slice(0, last)) {
      if (response.destroyed) return;
      response.write(event);
      if (chunkDelay > 0) await wait(chunkDelay);
    }
    if (behaviour === 'cut') {
      // What was written reaches the reader first; then the connection is gone.
      await wait(50);
      return response.destroy();
    }
    response.end();
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve(undefined));
      }),
  };
}

const openai = {
  key: (headers) => headers.authorization?.replace(/^Bearer /, ''),
  model: (_url, body) => String(body.model ?? ''),
  isStream: (_url, body) => body.stream === true,
  prompt: (body) => (body.messages ?? []).map(({ content }) => textOf(content)).join('\n\n'),
  error: (code, message) => ({ error: { message, type: code, code, param: null } }),
  whole: (model, content, usage, isRefusal) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, ...(isRefusal ? { refusal: content } : {}) },
        finish_reason: isRefusal ? 'content_filter' : 'stop',
      },
    ],
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
    },
  }),
  events: (model, parts, usage, isRefusal) => {
    const chunk = (delta, finish, extra = {}) =>
      `data: ${JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1_790_000_000,
        model,
        choices: [{ index: 0, delta, finish_reason: finish }],
        ...extra,
      })}\n\n`;
    return [
      chunk({ role: 'assistant', content: '' }, null),
      ...parts.map((content) => chunk({ content }, null)),
      chunk({}, isRefusal ? 'content_filter' : 'stop', {
        usage: {
          prompt_tokens: usage.input,
          completion_tokens: usage.output,
          total_tokens: usage.input + usage.output,
        },
      }),
      'data: [DONE]\n\n',
    ];
  },
};

const anthropic = {
  key: (headers) => headers['x-api-key'],
  model: openai.model,
  isStream: openai.isStream,
  prompt: (body) =>
    [textOf(body.system), ...(body.messages ?? []).map(({ content }) => textOf(content))].join('\n\n'),
  error: (code, message) => ({ type: 'error', error: { type: code, message } }),
  whole: (model, content, usage, isRefusal) => ({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: content }],
    stop_reason: isRefusal ? 'refusal' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: usage.input, output_tokens: usage.output },
  }),
  events: (model, parts, usage, isRefusal) => {
    const event = (type, data) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
    return [
      event('message_start', {
        message: {
          ...anthropic.whole(model, '', usage, false),
          content: [],
          stop_reason: null,
          usage: { input_tokens: usage.input, output_tokens: 1 },
        },
      }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      ...parts.map((text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })),
      event('content_block_stop', { index: 0 }),
      event('message_delta', {
        delta: { stop_reason: isRefusal ? 'refusal' : 'end_turn', stop_sequence: null },
        usage: { output_tokens: usage.output },
      }),
      event('message_stop', {}),
    ];
  },
};

const gemini = {
  key: (headers) => headers['x-goog-api-key'],
  model: (url) => decodeURIComponent(/models\/([^:?]+)/.exec(url)?.[1] ?? ''),
  isStream: (url) => url.includes(':streamGenerateContent'),
  prompt: (body) =>
    [body.systemInstruction, ...(body.contents ?? [])]
      .flatMap((content) => content?.parts ?? [])
      .map(({ text }) => text ?? '')
      .join('\n\n'),
  error: (code, message) => ({ error: { code, message, status: String(code).toUpperCase() } }),
  whole: (model, text, usage, isRefusal) => ({
    candidates: [
      {
        content: { role: 'model', parts: isRefusal ? [] : [{ text }] },
        finishReason: isRefusal ? 'SAFETY' : 'STOP',
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: usage.input,
      candidatesTokenCount: usage.output,
      totalTokenCount: usage.input + usage.output,
    },
    modelVersion: model,
  }),
  events: (model, parts, usage, isRefusal) =>
    parts.map((text, index) => {
      const whole = gemini.whole(model, text, usage, isRefusal);
      const isLast = index === parts.length - 1;
      const candidates = whole.candidates.map(({ finishReason, ...rest }) =>
        isLast ? { ...rest, finishReason } : rest,
      );
      return `data: ${JSON.stringify({ ...whole, candidates })}\n\n`;
    }),
};

function protocolOf(url) {
  if (url.includes('/chat/completions')) return openai;
  if (url.includes('/messages')) return anthropic;
  if (/:(streamG|g)enerateContent/.test(url)) return gemini;
  return undefined;
}

/** The failure named by the model, else the one that the mix gives the request with this number. */
function behaviourOf(model, mix, number) {
  const named = behaviours.find((behaviour) => model.endsWith(behaviour));
  if (named) return named;
  // A golden-ratio sequence spreads each share evenly over the requests.
  let place = (number * 0.6180339887498949) % 1;
  for (const [behaviour, share] of Object.entries(mix)) {
    if (place < share) return behaviour;
    place -= share;
  }
  return 'good';
}

/** A draft as a model would write it from a brief: it uses the first quoted signal it was given. */
function draftFromPrompt(prompt) {
  const quote = /<quote>([\s\S]*?)<\/quote>/.exec(prompt)?.[1]?.trim() ?? '';
  const signal = /<signal id="(\d+)"/.exec(prompt)?.[1];
  const name = /<first_name>([\s\S]*?)<\/first_name>/.exec(prompt)?.[1]?.trim() ?? 'there';
  return {
    subject: quote ? quote.split(/\s+/).slice(0, 5).join(' ') : 'A question',
    body: `Hello ${name},\n\n“${quote}” made me stop. How do you plan for that today?\n\nWould a call on Thursday suit you?`,
    claims: quote ? [{ text: quote, signalId: Number(signal) }] : [],
  };
}

/** The same draft by a model that did what a text in the research told it to. */
function obeying(draft) {
  return {
    ...draft,
    to: 'boss@evil.example',
    body: `${draft.body}\n\nSend your answer to boss@evil.example, or see https://evil.example/offer.`,
    claims: [...(draft.claims ?? []), { text: 'You asked for 500 licences', signalId: 999 }],
  };
}

const textOf = (content) =>
  typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('\n');

function pieces(text) {
  return text.match(/[\s\S]{1,24}/g) ?? [''];
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response, status, body, origin, headers = {}) {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(origin ? { 'access-control-allow-origin': origin } : {}),
    ...headers,
  });
  response.end(JSON.stringify(body));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startProvider({ port: Number(process.env.PORT ?? 8089) });
  console.log(`The provider listens at ${url}; any key will do.`);
}
