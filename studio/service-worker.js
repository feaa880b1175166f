// Two things: the studio works without a network after one visit, and the preview is answered by its page.
// What has its contents in its name is never asked for twice; everything else is asked first, kept for later.

const HOME = new URL(".", self.location).href, PREVIEW = `${HOME}voorbeeld/`, CACHE = "studio";
const FIXED = /-[0-9a-f]{12}\.[a-z]+$|\/(?:pyodide|resvg|avif|jpeg|resize)-[\d.]+\//;
// Only what the site brings may run in a preview of it, and nothing leaves it.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

const WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  event.waitUntil(event.data.keep ? keepOnly(event.data) : clients.claim());
});

// later: what stays when it was fetched, and is not fetched for it.
async function keepOnly({ keep, later }) {
  const cache = await caches.open(CACHE);
  const [wanted, known] = [keep, [...keep, ...later]].map((names) => new Set(names.map((name) => HOME + name)));
  // Another page may still need the version that it began with.
  const pages = (await clients.matchAll({ type: "window", includeUncontrolled: true })).filter(({ url }) => !url.startsWith(PREVIEW));
  if (pages.length < 2) for (const request of await cache.keys()) if (!known.has(request.url)) await cache.delete(request);
  for (const url of wanted) if (!(await cache.match(url))) await cache.add(url);
}

addEventListener("fetch", (event) => {
  const url = event.request.url.split(/[?#]/)[0];
  if (event.request.method !== "GET" || !url.startsWith(HOME)) return;
  event.respondWith(url.startsWith(PREVIEW) ? preview(url) : kept(event.request, url));
});

async function kept(request, url) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(url);
  if (known && FIXED.test(url)) return typed(known, url);
  try {
    const response = await fetch(request);
    if (response.status >= 500 && known) return typed(known, url);
    if (response.ok) await cache.put(url, response.clone()).catch(() => {});  // there is no room: it works all the same
    return typed(response, url);
  } catch (error) {
    if (known) return typed(known, url);
    throw error;
  }
}

// Many servers do not know these types, and browsers insist on them.
function typed(response, url) {
  const type = { wasm: "application/wasm", mjs: "text/javascript" }[url.split(".").pop()];
  if (!type || !response.ok) return response;
  return new Response(response.body, { headers: { "Content-Type": type, "Content-Security-Policy": WORKER } });
}

// voorbeeld/TAB/PATH: the page of that tab is asked for the file.
async function preview(url) {
  const [, tab, path] = url.slice(PREVIEW.length).match(/^([^/]*)\/(.*)$/) ?? [, "", ""];
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const answers = pages.filter((page) => !page.url.startsWith(PREVIEW)).map((page) => ask(page, tab, decodeURIComponent(path)));
  const found = await Promise.any(answers).catch(() => null);
  const headers = { "Content-Type": found?.type ?? "text/plain; charset=utf-8", "Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  return new Response(found?.body ?? "Deze pagina is er niet.", { status: found?.status ?? 404, headers });
}

function ask(page, tab, path) {
  return new Promise((resolve, reject) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => (data ? resolve(data) : reject());
    setTimeout(reject, 30_000);
    page.postMessage({ tab, path }, [channel.port2]);
  });
}
