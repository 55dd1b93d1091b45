import { type Matrix, OnnxGraph, type Precision } from './onnx-graph';

/** A weight of the original, by its name in the TensorFlow.js graph. */
export type Weights = (name: string) => { readonly values: Float32Array; readonly shape: readonly number[] };
/** The original's SentencePiece vocabulary: piece and log probability; the position is the id. */
export type Vocabulary = readonly (readonly [piece: string, score: number | null])[];

const maxTokens = 128;
const heads = 4;
const dimensions = 512;
const padding = -1e9;
const epsilon = 1e-6;

/**
 * Universal Sentence Encoder Lite as an ONNX model: two pre-norm Transformer layers over embedded tokens and sine
 * positions, their mean, and a tanh layer, brought to unit length. (Cer et al. 2018, arXiv:1803.11175.)
 *
 * In: `input_ids` and `attention_mask`, int64 [batch, tokens], tokens <= 128. Out: `sentence_embedding` [batch, 512],
 * and the same as `last_hidden_state` [batch, 1, 512], where transformers.js looks for it.
 */
export function encodeUseLite(weights: Weights, precision: Precision): Uint8Array {
  const graph = new OnnxGraph(precision);
  const scope = 'module_apply_default/Encoder_en/KonaTransformer/Encode';
  const kernels = 'module/Encoder_en/KonaTransformer/Encode';
  const vector = (name: string) => weights(name).values;
  const matrix = (name: string): Matrix => {
    const { values, shape } = weights(name);
    const [rows, columns] = shape.slice(-2) as [number, number];
    return { values, rows, columns };
  };

  const mask = graph.node('Cast', ['attention_mask'], { to: 1 });
  const hidden = graph.node('Sub', [graph.floats([1], []), mask]);
  const bias = graph.node('Unsqueeze', [
    graph.node('Mul', [hidden, graph.floats([padding], [])]),
    graph.ints([1, 2]),
  ]);

  // The original adds the embedding twice.
  const table = matrix('module/Embeddings_en');
  const doubled = { ...table, values: table.values.map((value) => 2 * value) };
  const rates = vector(`${scope}/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`);
  let x = graph.node('Add', [graph.lookup(doubled, 'input_ids'), positions(graph, rates)]);
  x = layer(x, 'Layer_0', table.columns);
  x = layer(x, 'Layer_1', dimensions);

  const weight = graph.node('Unsqueeze', [mask, graph.ints([2])]);
  const sum = graph.node('ReduceSum', [graph.node('Mul', [x, weight]), graph.ints([1])], { keepdims: 0 });
  const count = graph.node('ReduceSum', [mask, graph.ints([1])], { keepdims: 1 });
  const mean = graph.node('Div', [sum, graph.node('Max', [count, graph.floats([1], [])])]);
  const head = 'module/Encoder_en/hidden_layers/tanh_layer_0';
  const last = graph.node('Tanh', [graph.dense(mean, matrix(`${head}/weights`), vector(`${head}/bias`))]);
  const squared = graph.node('ReduceSum', [graph.node('Mul', [last, last]), graph.ints([1])], {
    keepdims: 1,
  });
  const length = graph.node('Sqrt', [graph.node('Max', [squared, graph.floats([1e-12], [])])]);
  const unit = graph.node('Div', [last, length]);
  graph.output('sentence_embedding', unit);
  graph.output('last_hidden_state', graph.node('Unsqueeze', [unit, graph.ints([1])]));
  return graph.encode(
    'use-lite-en',
    { input_ids: ['batch', 'tokens'], attention_mask: ['batch', 'tokens'] },
    { sentence_embedding: ['batch', dimensions], last_hidden_state: ['batch', 1, dimensions] },
  );

  function layer(input: string, name: string, width: number): string {
    const part = `${scope}/${name}/TransformerLayer`;
    const attended = attention(norm(input, `${part}/layer_prepostprocess`), name, width);
    // Where the width grows, the original brings the residual to it by a dense layer.
    const residual =
      width === dimensions
        ? input
        : graph.dense(
            input,
            matrix(`${part}/dense/kernel/ConcatPartitions/concat`),
            vector(`${part}/dense/bias/ConcatPartitions/concat`),
          );
    const between = graph.node('Add', [residual, attended]);
    const feed = `${scope}/TransformerStack/${name}/TransformerLayer/FFN`;
    const wide = graph.dense(
      norm(between, `${part}/FFN/layer_prepostprocess`),
      matrix(`${feed}/conv1/Tensordot/Reshape_1`),
      vector(`${part}/FFN/conv1/bias/ConcatPartitions/concat`),
    );
    const narrow = graph.dense(
      graph.node('Relu', [wide]),
      matrix(`${feed}/conv2/Tensordot/Reshape_1`),
      vector(`${part}/FFN/conv2/bias/ConcatPartitions/concat`),
    );
    return graph.node('Add', [between, narrow]);
  }

  function norm(input: string, name: string): string {
    const scale = graph.floats(vector(`${name}/layer_norm/layer_norm_scale/ConcatPartitions/concat`));
    const offset = graph.floats(vector(`${name}/layer_norm/layer_norm_bias/ConcatPartitions/concat`));
    return graph.node('LayerNormalization', [input, scale, offset], {
      axis: -1,
      epsilon: { float: epsilon },
    });
  }

  function attention(input: string, name: string, width: number): string {
    const own = `${name}/TransformerLayer/MultiheadAttention`;
    const projection = (part: string, x: string) =>
      graph.dense(
        x,
        matrix(`${kernels}/${own}/${part}/kernel/part_0`),
        vector(`${scope}/${own}/${part}/bias/ConcatPartitions/concat`),
      );
    const size = width / heads;
    const split = graph.nodes(
      'Split',
      [projection('qkv_transform_single', input), graph.ints([width, width, width])],
      3,
      {
        axis: 2,
      },
    );
    const [q, k, v] = split.map((each) => graph.node('Reshape', [each, graph.ints([0, 0, heads, size])])) as [
      string,
      string,
      string,
    ];
    const scaled = graph.node('Mul', [q, graph.floats([size ** -0.5], [])]);
    const scores = graph.node('MatMul', [
      graph.node('Transpose', [scaled], { perm: [0, 2, 1, 3] }),
      graph.node('Transpose', [k], { perm: [0, 2, 3, 1] }),
    ]);
    const shares = graph.node('Softmax', [graph.node('Add', [scores, bias])], { axis: -1 });
    const mixed = graph.node('MatMul', [shares, graph.node('Transpose', [v], { perm: [0, 2, 1, 3] })]);
    const joined = graph.node('Reshape', [
      graph.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
      graph.ints([0, 0, width]),
    ]);
    return projection('output_transform_single', joined);
  }
}

/** sin and cos of position x rate, side by side: [tokens, 2 x rates]. */
function positions(graph: OnnxGraph, rates: Float32Array): string {
  const count = graph.node('Gather', [graph.node('Shape', ['input_ids']), graph.ints([1], [])]);
  const range = graph.node('Range', [graph.ints([0], []), count, graph.ints([1], [])]);
  const column = graph.node('Unsqueeze', [graph.node('Cast', [range], { to: 1 }), graph.ints([1])]);
  const angles = graph.node('Mul', [column, graph.floats(rates, [1, rates.length])]);
  return graph.node('Concat', [graph.node('Sin', [angles]), graph.node('Cos', [angles])], { axis: 1 });
}

/** `config.json`, `tokenizer.json` and `tokenizer_config.json` of the model folder, as transformers.js reads them. */
export function describeUseLite(vocabulary: Vocabulary): Record<string, unknown> {
  // Ids 1 to 5 are the original's control pieces. With a space in their names no text matches them: spaces become "▁".
  const pieces = vocabulary.map(([piece, score], id) => [
    id >= 1 && id <= 5 ? `<control ${id}>` : piece,
    score ?? 0,
  ]);
  return {
    'config.json': {
      architectures: ['USELite'],
      // Any encoder that takes ids and a mask; transformers.js warns about types it doesn't know.
      model_type: 'distilbert',
      dim: dimensions,
      hidden_size: dimensions,
      n_heads: heads,
      n_layers: 2,
      max_position_embeddings: maxTokens,
      vocab_size: vocabulary.length,
    },
    'tokenizer.json': {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'NFKC' },
          // The original knows the space alone; other white space would be unknown to it, so it is made one.
          { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
          { type: 'Strip', strip_left: true, strip_right: true },
          { type: 'Prepend', prepend: '▁' },
          { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
        ],
      },
      pre_tokenizer: null,
      post_processor: null,
      decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false },
      model: { type: 'Unigram', unk_id: 0, vocab: pieces },
    },
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizer',
      model_max_length: maxTokens,
      unk_token: pieces[0]?.[0],
      pad_token: pieces[1]?.[0],
      clean_up_tokenization_spaces: false,
    },
  };
}
