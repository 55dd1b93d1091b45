import onnxProto, { type onnx as Onnx } from 'onnx-proto';

const { onnx } = onnxProto;
const { DataType } = onnx.TensorProto;
const { AttributeType } = onnx.AttributeProto;

/** A weight matrix as it stands in memory, row-major; `rows` are inputs, `columns` outputs. */
export interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export type Precision = 'fp32' | 'int8';
type Attribute = number | readonly number[];

/** A model in the making: every method adds nodes and answers the name of what they make. */
export class OnnxGraph {
  readonly #nodes: Onnx.INodeProto[] = [];
  readonly #constants: Onnx.ITensorProto[] = [];

  constructor(readonly precision: Precision) {}

  /** One operator with one output. Integer attributes are numbers; a float attribute is `{ float }`. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute | { float: number }> = {},
  ) {
    return this.nodes(op, inputs, 1, attributes)[0]!;
  }

  /** One operator with several outputs. */
  nodes(
    op: string,
    inputs: readonly string[],
    outputCount: number,
    attributes: Record<string, Attribute | { float: number }> = {},
  ): string[] {
    const name = `${op}_${this.#nodes.length}`;
    const output = Array.from({ length: outputCount }, (_, index) => `${name}:${index}`);
    this.#nodes.push({
      name,
      opType: op,
      input: [...inputs],
      output,
      attribute: Object.entries(attributes).map(([key, value]) => {
        if (typeof value === 'number') return { name: key, type: AttributeType.INT, i: value };
        if ('float' in value) return { name: key, type: AttributeType.FLOAT, f: value.float };
        return { name: key, type: AttributeType.INTS, ints: [...value] };
      }),
    });
    return output;
  }

  /** Gives an output of the model its name. */
  output(name: string, from: string): void {
    this.#nodes.push({ name, opType: 'Identity', input: [from], output: [name] });
  }

  floats(values: Float32Array | readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant(DataType.FLOAT, Float32Array.from(values), shape);
  }

  ints(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant(DataType.INT64, BigInt64Array.from(values, BigInt), shape);
  }

  /** x · weight + bias over the last axis; in int8 both sides are quantised, the weight per output. */
  dense(x: string, weight: Matrix, bias: Float32Array): string {
    const shape = [weight.rows, weight.columns];
    const offset = this.floats(bias);
    if (this.precision === 'fp32')
      return this.node('Add', [this.node('MatMul', [x, this.floats(weight.values, shape)]), offset]);
    const { values, scales } = quantiseColumns(weight);
    // This very pattern is what ONNX Runtime fuses into one kernel.
    const [xs, xScale, xZero] = this.nodes('DynamicQuantizeLinear', [x], 3) as [string, string, string];
    const product = this.node('MatMulInteger', [xs, this.#constant(DataType.INT8, values, shape), xZero]);
    const scale = this.node('Mul', [xScale, this.floats(scales)]);
    const scaled = this.node('Mul', [this.node('Cast', [product], { to: DataType.FLOAT }), scale]);
    return this.node('Add', [scaled, offset]);
  }

  /** The rows of `table` that `ids` name; in int8 each row is stored with a scale of its own. */
  lookup(table: Matrix, ids: string): string {
    const shape = [table.rows, table.columns];
    if (this.precision === 'fp32') return this.node('Gather', [this.floats(table.values, shape), ids]);
    const { values, scales } = quantiseRows(table);
    const rows = this.node('Gather', [this.#constant(DataType.INT8, values, shape), ids]);
    const scale = this.node('Gather', [this.floats(scales, [table.rows, 1]), ids]);
    return this.node('Mul', [this.node('Cast', [rows], { to: DataType.FLOAT }), scale]);
  }

  /** The file: opset 17, inputs int64 and outputs float32, whose axes are sizes or names of free sizes. */
  encode(
    name: string,
    inputs: Record<string, readonly (number | string)[]>,
    outputs: Record<string, readonly (number | string)[]>,
  ): Uint8Array {
    const declare = (values: typeof inputs, elemType: number) =>
      Object.entries(values).map(([key, axes]) => ({
        name: key,
        type: {
          tensorType: {
            elemType,
            shape: {
              dim: axes.map((axis) => (typeof axis === 'string' ? { dimParam: axis } : { dimValue: axis })),
            },
          },
        },
      }));
    return onnx.ModelProto.encode({
      irVersion: onnx.Version.IR_VERSION,
      producerName: 'touchstone',
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        name,
        node: this.#nodes,
        initializer: this.#constants,
        input: declare(inputs, DataType.INT64),
        output: declare(outputs, DataType.FLOAT),
      },
    }).finish();
  }

  #constant(
    dataType: number,
    values: Float32Array | BigInt64Array | Int8Array,
    dims: readonly number[],
  ): string {
    const name = `constant_${this.#constants.length}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#constants.push({ name, dataType, dims: [...dims], rawData });
    return name;
  }
}

/** Symmetric int8: value = scale · integer, the scale of each column its greatest magnitude / 127. */
function quantiseColumns({ values, rows, columns }: Matrix): { values: Int8Array; scales: Float32Array } {
  return quantise(values, columns, rows, (index) => index % columns);
}

function quantiseRows({ values, rows, columns }: Matrix): { values: Int8Array; scales: Float32Array } {
  return quantise(values, rows, columns, (index) => Math.floor(index / columns));
}

function quantise(
  values: Float32Array,
  groups: number,
  groupSize: number,
  groupOf: (index: number) => number,
): { values: Int8Array; scales: Float32Array } {
  if (values.length !== groups * groupSize)
    throw new Error('the shape of a weight does not match its values');
  const scales = new Float32Array(groups);
  for (let index = 0; index < values.length; index++) {
    const group = groupOf(index);
    scales[group] = Math.max(scales[group]!, Math.abs(values[index]!) / 127);
  }
  return {
    values: Int8Array.from(values, (value, index) => Math.round(value / (scales[groupOf(index)]! || 1))),
    scales,
  };
}
