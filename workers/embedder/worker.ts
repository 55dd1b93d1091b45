// Wires the embedder to its worker: where the runtime's files are, how many threads.
import { env } from '@huggingface/transformers';
import { expose, type ProxyMethods, releaseProxy, transfer } from 'comlink';
import wasmFactory from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { EmbedderApi } from './api';
import { createEmbedder } from './embedder';
import { loadModel } from './model';

const cores = navigator.hardwareConcurrency || 1;
const runtime = env.backends.onnx.wasm;
if (!runtime) throw new Error('transformers.js came without its WebAssembly runtime');
// Left alone, the library fetches these two files from another site.
runtime.wasmPaths = {
  mjs: new URL(wasmFactory, import.meta.url).href,
  wasm: new URL(wasmBinary, import.meta.url).href,
};
// Half the cores, for a core often counts twice, but two where there are two: there the second one was seen to help.
runtime.numThreads = crossOriginIsolated
  ? Math.min(cores, Math.max(2, Math.min(6, Math.ceil(cores / 2))))
  : 1;

const embedder = createEmbedder((model, site) => loadModel(model, new URL('models/', site).pathname));
const api: EmbedderApi = {
  async embed(request, report) {
    try {
      const result = await embedder.embed(request, report);
      return result.ok ? transfer(result, [result.value.vectors.buffer]) : result;
    } finally {
      (report as Partial<ProxyMethods>)[releaseProxy]?.();
    }
  },
};
expose(api);
