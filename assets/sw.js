// Keeps the published files, so that the planner opens without a network; what is loaded only when it is asked for,
// from then on. `cargo xtask build` fills in the two lists.
'use strict';
const PREFIX = `hosting-planner ${registration.scope} `;
const CACHE = PREFIX + '__VERSION__';
const FILES = ["__FILES__"];
const PATIENCE = 2000;

addEventListener('install', (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

// Never skips waiting by itself: pages of two versions would share one worker. The page asks for it.
addEventListener('message', (event) => {
  if (event.data === 'activate') skipWaiting();
});

addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
      }
      await clients.claim();
    })(),
  );
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) return;
  event.respondWith(request.mode === 'navigate' ? page(request) : file(request));
});

// The page from the network while that answers soon: it names its files by content, so old and new cannot mix.
async function page(request) {
  const kept = async () => (await caches.open(CACHE)).match('./');
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return response;
    return (await kept()) ?? response;
  } catch {
    return (await kept()) ?? Response.error();
  }
}

async function file(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
