// The site's service worker. It does two things a plain static host can't:
// it isolates the page, so that the embedder may use threads, and it keeps the site for use without a connection.
// It touches nothing but GET requests for files of the site itself.

/* The build writes this file: `self.siteFiles`, the addresses of all files the site is made of, relative to it. */
importScripts('sw-files.js');

const scope = self.registration.scope;
const cacheName = `touchstone ${scope}`;
/** Files that change their name when their content changes. All others are asked for anew whenever there is a connection. */
const lasting = ['assets/', 'models/'].map((folder) => new URL(folder, scope).href);
const files = self.siteFiles.map((path) => new URL(path, scope).href);
/** How long a page may take to come before the kept one is shown, in milliseconds. */
const patience = 4000;

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  if (event.data === 'keep') event.waitUntil(keepOnce());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  // Parts of files can't be kept, and Chromium's developer tools ask in a way that must not be passed on.
  if (request.headers.has('range') || (request.cache === 'only-if-cached' && request.mode !== 'same-origin'))
    return;
  event.respondWith(answer(event));
});

async function answer(event) {
  const { request } = event;
  if (request.mode === 'navigate') return isolated(await freshPage(request));
  const isScript = request.destination === 'worker' || request.destination === 'sharedworker';
  const response = await file(event);
  // Only what owns a global scope needs the headers; all else keeps its original response, and its compiled code.
  return isScript ? isolated(response) : response;
}

/** The page as the host has it; the kept one where the host can't be reached or takes too long. */
async function freshPage(request) {
  const kept = await (await caches.open(cacheName)).match(scope);
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, patience, kept));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

async function file(event) {
  const { request } = event;
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request, { ignoreVary: true });
  if (!lasting.some((folder) => request.url.startsWith(folder))) {
    return fetch(request).catch((error) => {
      if (kept) return kept;
      throw error;
    });
  }
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) event.waitUntil(put(cache, request.url, response.clone()));
  return response;
}

/** The response with the headers that isolate its page or worker, where the host sends none. */
function isolated(response) {
  // What a redirect leads to comes here again.
  if (response.type === 'opaqueredirect' || response.type === 'error') return response;
  const headers = new Headers(response.headers);
  if (!headers.has('Cross-Origin-Opener-Policy')) headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  if (!headers.has('Cross-Origin-Embedder-Policy'))
    headers.set('Cross-Origin-Embedder-Policy', 'credentialless');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

let keeping;

function keepOnce() {
  keeping ??= keep().finally(() => {
    keeping = undefined;
  });
  return keeping;
}

/**
 * Keeps every file, and the page last: what is kept is one version of the site, whole, or the last one that was. Where
 * it breaks off, the next visit goes on.
 */
async function keep() {
  const cache = await caches.open(cacheName);
  for (const url of files) {
    const isLasting = lasting.some((folder) => url.startsWith(folder));
    if (isLasting && (await cache.match(url, { ignoreVary: true }))) continue;
    const response = await fetch(url, { priority: 'low', cache: isLasting ? 'default' : 'no-cache' }).catch(
      () => undefined,
    );
    if (!response?.ok || !(await put(cache, url, response))) return;
  }
  const page = await fetch(scope, { cache: 'no-cache' }).catch(() => undefined);
  if (!page?.ok || !(await isOurs(page.clone())) || !(await put(cache, scope, page))) return;
  // While another version waits, its tabs may still need what only they use.
  if (self.registration.waiting || self.registration.installing) return;
  for (const { url } of await cache.keys())
    if (url !== scope && !files.includes(url)) await cache.delete(url);
}

/** Whether a page is of this version: the host may have put up a newer one meanwhile. */
async function isOurs(page) {
  const references = (await page.text()).match(/(?<=["'./])assets\/[^"']+/g) ?? [];
  return references.every((path) => files.includes(new URL(path, scope).href));
}

/** Whether there was room. */
function put(cache, url, response) {
  return cache.put(url, response).then(
    () => true,
    () => false,
  );
}
