import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { promisify } from 'node:util';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Builds the page in `page` (a folder with an index.html) as the site itself is built, into `folder`. */
export async function buildSite(page: string, folder: string): Promise<void> {
  const options = ['--config', resolve('vite.config.ts'), '--outDir', resolve(folder), '--emptyOutDir'];
  await promisify(execFile)(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', resolve(page), ...options],
    {
      // The test runner's own value would make it a development build.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
}

export interface StaticSite {
  /** Address of the site's root, with a slash at its end. */
  readonly url: string;
  /** Paths asked for so far. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Serves a folder as a plain host does: files and their types, `headers` on each, nothing else. */
export async function serveSite(
  folder: string,
  { under = '/', headers = {} }: { under?: string; headers?: Record<string, string> } = {},
): Promise<StaticSite> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    requests.push(pathname);
    const inside = normalize(decodeURIComponent(pathname.slice(under.length)));
    const path = join(folder, inside === '.' || inside.endsWith('/') ? join(inside, 'index.html') : inside);
    if (
      !pathname.startsWith(under) ||
      inside.startsWith('..') ||
      !existsSync(path) ||
      statSync(path).isDirectory()
    ) {
      response.writeHead(404).end('Not found');
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': 'max-age=600',
      ...headers,
    });
    response.end(readFileSync(path));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${under}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
