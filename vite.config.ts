import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, chromiumPath } from './tests/chromium.mjs';

/** Threads of the embedder need a cross-origin isolated page; static hosts get the same from `src/public/sw.js`. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless',
};

const executablePath = chromiumPath();

const canShowBrowser =
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/** Lists the files of the built site for `src/public/sw.js`, which keeps them for use without a connection. */
function listFilesForOffline(): Plugin {
  let site = '';
  return {
    name: 'list-files-for-offline',
    apply: 'build',
    configResolved(config) {
      site = resolve(config.root, config.build.outDir);
    },
    writeBundle() {
      const left = /(^|\/)(index\.html|sw\.js|sw-files\.js|origin\.json|LICENSE)$|\.map$/;
      const files = readdirSync(site, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(site.length + 1)
            .split(sep)
            .join('/'),
        )
        .filter((path) => !left.test(path))
        .sort();
      writeFileSync(join(site, 'sw-files.js'), `self.siteFiles = ${JSON.stringify(files, null, 1)};\n`);
    },
  };
}

/** Whom the page may talk to: itself, and the providers of language models that a rep can choose. */
const connections = [
  "'self'",
  'https://api.openai.com',
  'https://api.anthropic.com',
  'https://generativelanguage.googleapis.com',
  'https://openrouter.ai',
  'https://api.mistral.ai',
  'https://api.groq.com',
  'https://api.together.xyz',
  'https://api.deepseek.com',
  'https://api.x.ai',
  // Models on the rep's own machine.
  'http://localhost:*',
  'http://127.0.0.1:*',
];

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  `connect-src ${connections.join(' ')}`,
].join('; ');

/** The built page says itself what it may do, for a static host sends no headers. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** Leaves out two files of PGlite's: the database worker brings the one in a smaller form and never needs the other. */
function leaveOutUnusedParts(): Plugin {
  return {
    name: 'leave-out-unused-parts',
    apply: 'build',
    generateBundle(_, bundle) {
      const unused = /^assets\/(pglite-[^/]+\.data|initdb-[^/]+\.wasm)$/;
      for (const file of Object.keys(bundle)) if (unused.test(file)) delete bundle[file];
    },
  };
}

export default defineConfig({
  // Relative addresses, so that dist/ works under any sub-path.
  base: './',
  publicDir: resolve('src/public'),
  plugins: [solid(), contentSecurityPolicy(), leaveOutUnusedParts(), listFilesForOffline()],
  resolve: {
    // Without this alias Vite emits a second, 27 MB build of ONNX Runtime that nothing here uses.
    alias: { 'onnxruntime-web/webgpu': resolve('node_modules/onnxruntime-web/dist/ort.wasm.min.mjs') },
  },
  optimizeDeps: {
    exclude: ['@electric-sql/pglite'],
    // Loaded when first needed: found only then, they would reload the page of whoever works on it, or tests it.
    include: [
      '@huggingface/transformers',
      'postal-mime',
      'ai',
      '@ai-sdk/openai',
      '@ai-sdk/anthropic',
      '@ai-sdk/google',
      '@ai-sdk/openai-compatible',
    ],
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 1000 },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', headers: isolation },
  preview: { host: '127.0.0.1', port: 4173, headers: isolation, open: canShowBrowser },
  test: {
    // Else the Solid plugin asks for jsdom, and the run fails for want of it.
    environment: 'node',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/{domain,notebook,workers,cells,boundary,seeds}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumFlags },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
