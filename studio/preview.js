// The site beside the form: pages below voorbeeld/ are asked from this page by the service worker.

import { $ } from "./fields.js";
import { call } from "./program.js";

const frame = $("preview"), stage = document.querySelector(".stage");
const tab = Math.random().toString(36).slice(2);  // randomUUID is not there without https
let shown = { home: "index.html" }, page = "home", scheme = "light";

const address = () => `voorbeeld/${tab}/${shown[page] ?? "index.html"}`;

// pages: the path of the page of each kind that can be looked at.
export async function look(pages) {
  const before = address();
  shown = { ...pages, home: "index.html" };
  if (!frame.hidden && address() === before) { reload(); return; }
  await navigator.serviceWorker.ready;
  frame.hidden = false;
  visit();
}

// While a page is being fetched, the one in the frame is that of before (at first: none), and a reload would
// be of that. So what was asked for is asked for again.
let coming = false, at = 0;

function visit() {
  coming = true;
  frame.src = address();
}

function reload() {
  const inside = frame.contentWindow;
  if (coming || !isOurs(inside)) { visit(); return; }
  coming = true;
  at = inside.scrollY;
  inside.location.reload();
}

// A page of an error of the browser itself may not be looked into.
function isOurs(inside) {
  try {
    return inside.location.pathname.includes(`/voorbeeld/${tab}/`);
  } catch {
    return false;
  }
}

frame.addEventListener("load", () => {
  if (!isOurs(frame.contentWindow)) return;
  coming = false;
  frame.contentWindow.scrollTo(0, at);
  at = 0;
});

navigator.serviceWorker?.addEventListener("message", async ({ data, ports: [port] }) => {
  if (data.tab !== tab) { port.postMessage(null); return; }
  const { path } = data, body = await call("file", path, scheme).catch(() => null);
  port.postMessage(body && body.length ? { body, type: typeOf(path), status: 200 } : { status: 404, type: "text/plain", body: "" });
});

const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml", png: "image/png", jpg: "image/jpeg", avif: "image/avif", woff2: "font/woff2", xml: "application/xml", json: "application/json", webmanifest: "application/manifest+json", csv: "text/csv", vcf: "text/vcard", ics: "text/calendar", txt: "text/plain" };
export const typeOf = (path) => `${TYPES[path.split(".").pop()] ?? "application/octet-stream"}; charset=utf-8`;

function press(button) {
  for (const each of button.parentElement.children) each.setAttribute("aria-pressed", String(each === button));
}

document.querySelector(".bar").addEventListener("click", ({ target }) => {
  const { page: to, screen, scheme: light } = target.dataset;
  if (!target.matches("button")) return;
  press(target);
  if (to) {
    page = to;
    if (!frame.hidden) visit();
  } else if (screen) {
    stage.dataset.screen = screen;
    fit();
  } else if (light) {
    scheme = light;
    if (!frame.hidden) reload();
  }
});

// A computer's screen is wider than the room for it: it is shown smaller.
function fit() {
  const wide = stage.dataset.screen === "desktop";
  const scale = wide ? Math.min(1, (stage.clientWidth - 20) / 1280) : 1;
  frame.style.transform = wide ? `scale(${scale})` : "";
  stage.style.height = wide && !frame.hidden ? `${860 * scale + 20}px` : "";
}
addEventListener("resize", fit);
