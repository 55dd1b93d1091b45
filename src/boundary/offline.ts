/** Set while the page is being reloaded for isolation; still set afterwards, the browser can't be isolated this way. */
const reloadMark = 'touchstone.reloaded-for-isolation';
/** How long the first visit waits for the service worker before it goes on without threads, in milliseconds. */
const patience = 3000;
/** When to begin keeping files after the page has loaded, in milliseconds: what the page itself needs comes first. */
const keepAfter = 3000;

/**
 * Registers the site's service worker (`src/public/sw.js`): the site then works without a connection, and on a host that
 * sends no isolation headers the embedder gets its threads. To be awaited before anything else is opened, for on a first
 * visit to such a host the page is reloaded once, and the promise never settles. Does nothing during development or
 * where service workers are not to be had.
 */
export async function registerOffline(): Promise<void> {
  if (import.meta.env.DEV || !window.isSecureContext || !('serviceWorker' in navigator)) return;
  const site = new URL(import.meta.env.BASE_URL, document.baseURI);
  const registering = navigator.serviceWorker
    .register(new URL('sw.js', site), { scope: site.pathname, updateViaCache: 'none' })
    // Private windows and locked-down browsers refuse; the workbench works without.
    .catch(() => undefined);
  void registering.then((registration) => registration && keepFiles(registration));

  if (window.crossOriginIsolated) {
    markReload(false);
    return;
  }
  if (wasReloaded() || !(await registering)) return;
  const isActive = await Promise.race([
    navigator.serviceWorker.ready.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(resolve, patience, false)),
  ]);
  if (!isActive || !markReload(true)) return;
  window.location.reload();
  await new Promise(() => {});
}

/** Once the page has what it needs, has the newest service worker keep all files of its version, and so on for later ones. */
function keepFiles(registration: ServiceWorkerRegistration): void {
  const keep = () => (registration.waiting ?? registration.active)?.postMessage('keep');
  const keepOnceInstalled = () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') keep();
    });
  };
  const begin = () => {
    keep();
    keepOnceInstalled();
    registration.addEventListener('updatefound', keepOnceInstalled);
  };
  const beginSoon = () => setTimeout(begin, keepAfter);
  if (document.readyState === 'complete') beginSoon();
  else window.addEventListener('load', beginSoon, { once: true });
}

function wasReloaded(): boolean {
  try {
    return localStorage.getItem(reloadMark) !== null;
  } catch {
    // Without a memory there is no telling, and a page that reloads for ever is worse than one thread.
    return true;
  }
}

/** Answers whether the mark could be set or removed. */
function markReload(isReloading: boolean): boolean {
  try {
    if (isReloading) localStorage.setItem(reloadMark, new Date().toISOString());
    else localStorage.removeItem(reloadMark);
    return true;
  } catch {
    return false;
  }
}
