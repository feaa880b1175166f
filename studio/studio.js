// The page: the form, the preview beside it, and what is kept in this browser. The site is made by worker.mjs.

const $ = (id) => document.getElementById(id);
const fields = [...document.querySelectorAll("[data-key]")].filter((each) => each.type !== "file");
const frame = $("preview"), stage = document.querySelector(".stage");
const tab = crypto.randomUUID();
const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(new Date());

let names, worker, ready, files = {}, shown = { home: "index.html" }, page = "home", done = false, usual = 0;

// ── the worker ──

const waiting = new Map();
let count = 0;

function begin() {
  worker = new Worker("worker.mjs", { type: "module" });
  worker.onmessage = ({ data: { id, answer, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  };
  worker.onerror = () => tell("De studio kan hier niet werken. Probeer het in een nieuwe Chrome, Edge, Firefox of Safari.");
  ready = call("begin", names, today);
  return ready;
}

function call(name, ...args) {
  return new Promise((resolve, reject) => {
    const id = count++;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, call: name, args });
  });
}

function tell(sentence) {
  $("state").textContent = sentence;
  $("state").hidden = !sentence;
}

// What takes this long hangs: a text can be made so. The worker is ended, and a new one begins.
function within(answer) {
  const limit = Math.max(5000, 10 * usual);
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Late()), usual ? limit : 60_000); });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

class Late extends Error {}

// ── the form ──

const values = () => ({ ...kept, ...Object.fromEntries(fields.map((each) => [each.dataset.key, each.value])), logo: logo() });
const logo = () => Object.keys(files).find((path) => /^logo\.svg$/.test(path)) ?? kept.logo ?? "";
const complete = () => fields.find((each) => each.id === "name").value.trim() && logo() && ($("colour").value.trim() || kept.tokens);
let kept = {};  // values of brand.yaml that came with a folder

let timer, planning = false, again = false;

function changed() {
  clearTimeout(timer);
  timer = setTimeout(plan, 250);
}

async function plan() {
  if (planning) { again = true; return; }
  if (!complete()) { remember(); return; }
  planning = true;
  const began = performance.now();
  try {
    await ready;
    const answer = await within(call("plan", values()));
    usual ||= performance.now() - began;
    files["brand.yaml"] = await call("settings");
    show(answer);
    remember();
  } catch (error) {
    if (error instanceof Late) {
      worker.terminate();
      waiting.clear();
      begin().then(() => call("open", files));
      tell("Een van jullie teksten kost te veel tijd. Haal die uit de map, en open de map opnieuw.");
    } else tell(`Er ging iets mis in de studio: ${error.message.trim().split("\n").pop()}`);
  }
  planning = false;
  if (again) { again = false; plan(); }
}

function show({ done: good, problems, advice, pages }) {
  for (const each of document.querySelectorAll(".wrong")) each.remove();
  for (const each of document.querySelectorAll("[data-key]")) {
    each.removeAttribute("aria-invalid");
    const before = each.dataset.describedby ?? (each.dataset.describedby = each.getAttribute("aria-describedby") ?? "");
    if (before) each.setAttribute("aria-describedby", before);
    else each.removeAttribute("aria-describedby");
  }
  const rest = [];
  for (const problem of problems.filter((each) => each.severity !== "notice")) {
    const field = fieldOf(problem);
    if (field) beside(field, problem);
    else rest.push(problem);
  }
  $("problems").hidden = !rest.length;
  $("problems").querySelector("ul").replaceChildren(...rest.map(({ place, message, hint }) => item(place.replace("brands/huisstijl/", ""), message, hint)));
  $("advice").replaceChildren(...advice.filter(({ key }) => /colour|tokens/.test(key)).map(({ message, hint }) => item("", message, hint)));
  if (good) shown = { ...pages, home: "index.html" };
  done = good || done;
  $("download").disabled = !good;
  $("nothing").hidden = done;
  if (!done) $("nothing").textContent = "Zodra alles in het formulier klopt, verschijnt hier jullie site.";
  tell("");
  $("older").hidden = good || !done;
  if (good) look();
}

// A problem of a key that the form has; of what is missing, the program says it in the words of the file.
function fieldOf({ key, message, place }) {
  const known = [...document.querySelectorAll("[data-key]")];
  const exact = known.find((each) => each.dataset.key === key);
  if (exact) return exact;
  if (place.endsWith("logo.svg")) return $("logo");
  if (key.startsWith("contact") || /gebeld of gemaild|e-mail/.test(message)) return $("email");
  return undefined;
}

function beside(field, { message, hint }) {
  const told = document.createElement("p");
  told.className = "wrong";
  told.id = `wrong-${field.id}-${document.querySelectorAll(".wrong").length}`;
  told.textContent = message;
  if (hint) {
    const how = document.createElement("span");
    how.textContent = hint;
    told.append(how);
  }
  const after = field.parentElement.classList.contains("drop") || field.closest(".colours") ? field.parentElement.lastElementChild : field;
  after.after(told);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), told.id].filter(Boolean).join(" "));
  const around = field.closest("details");
  if (around) around.open = true;
}

function item(place, message, hint) {
  const li = document.createElement("li");
  li.append([place, message].filter(Boolean).join(": "));
  if (hint) li.append(document.createElement("br"), hint);
  return li;
}

// ── logo and colours ──

async function takeLogo(file) {
  if (!file) return;
  for (const each of document.querySelectorAll(".drop .wrong")) each.remove();
  if (!/\.svg$/i.test(file.name)) {
    beside($("logo"), { message: "Dit is geen SVG-bestand.", hint: "Vraag wie het logo maakte om de SVG, of vraag het campagneteam om jullie site." });
    return;
  }
  const data = new Uint8Array(await file.arrayBuffer());
  files["logo.svg"] = data;
  kept.logo = "logo.svg";
  await ready;
  await call("put", "logo.svg", data);
  await seeLogo();
  changed();
}

async function seeLogo() {
  const data = files[logo()];
  if (!data) return;
  $("logo-shown").src = URL.createObjectURL(new Blob([data], { type: "image/svg+xml" }));
  $("logo-shown").hidden = false;
  await ready;
  const found = await call("colours", new TextDecoder().decode(data));
  const group = document.querySelector(".swatches");
  group.replaceChildren(...found.map((colour) => {
    const button = document.createElement("button");
    const sample = document.createElementNS("http:" + "//www.w3.org/2000/svg", "svg");
    sample.style.background = colour;
    button.type = "button";
    button.append(sample, colour);
    button.onclick = () => { set($("colour"), colour); changed(); };
    return button;
  }));
  $("found").hidden = !found.length;
  if (found.length && !$("colour").value) set($("colour"), found[0]);
}

function set(field, value) {
  field.value = value;
  const picker = document.querySelector(`[data-for="${field.id}"]`);
  if (picker && /^#[0-9a-f]{6}$/i.test(value)) picker.value = value;
}

// ── an existing folder or ZIP ──

async function open(found) {
  const root = Object.keys(found).filter((path) => path.split("/").pop() === "brand.yaml").sort((a, b) => a.length - b.length)[0];
  if (root === undefined) { tell("Daar zit geen brand.yaml in. Kies de map huisstijl, of de ZIP van de studio."); return; }
  const folder = root.slice(0, -"brand.yaml".length);
  files = Object.fromEntries(Object.entries(found).filter(([path]) => path.startsWith(folder)).map(([path, data]) => [path.slice(folder.length), data]));
  await ready;
  fill(await call("open", files));
  await seeLogo();
  tell("");
  plan();
}

function fill(given) {
  kept = given;
  for (const each of fields) set(each, given[each.dataset.key] ?? "");
}

// ── the preview ──

async function look() {
  const address = `voorbeeld/${tab}/${shown[page] ?? "index.html"}`;
  if (frame.hidden) {
    await navigator.serviceWorker.ready;
    frame.hidden = false;
    frame.src = address;
  } else reload();
}

function reload() {
  const inside = frame.contentWindow, at = inside.scrollY;
  frame.onload = () => inside.scrollTo(0, at);
  inside.location.reload();
}

navigator.serviceWorker?.addEventListener("message", async ({ data, ports: [port] }) => {
  if (data.tab !== tab) { port.postMessage(null); return; }
  const { path } = data, body = await call("file", path, scheme).catch(() => null);
  port.postMessage(body && body.length ? { body, type: typeOf(path), status: 200 } : { status: 404, type: "text/plain", body: "" });
});

const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml", png: "image/png", jpg: "image/jpeg", avif: "image/avif", woff2: "font/woff2", xml: "application/xml", json: "application/json", webmanifest: "application/manifest+json", csv: "text/csv", vcf: "text/vcard", ics: "text/calendar", txt: "text/plain" };
const typeOf = (path) => `${TYPES[path.split(".").pop()] ?? "application/octet-stream"}; charset=utf-8`;

let scheme = "light";

function press(button) {
  for (const each of button.parentElement.children) each.setAttribute("aria-pressed", String(each === button));
}

document.querySelector(".bar").addEventListener("click", ({ target }) => {
  const { page: to, screen, scheme: light } = target.dataset;
  if (!target.matches("button")) return;
  press(target);
  if (to) {
    page = to;
    if (!frame.hidden) frame.src = `voorbeeld/${tab}/${shown[page] ?? "index.html"}`;
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

// ── what is kept in this browser ──

function store(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("studio", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("draft");
    opening.onerror = reject;
    opening.onsuccess = () => {
      const asked = work(opening.result.transaction("draft", mode).objectStore("draft"));
      asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
      asked.onerror = reject;
    };
  });
}

const remember = () => store("readwrite", (drafts) => drafts.put({ files, fields: values() }, "now")).catch(() => {});

$("clear").addEventListener("click", async () => {
  if (!confirm("Alles wat je hier invulde gaat weg. Doorgaan?")) return;
  await store("readwrite", (drafts) => drafts.clear()).catch(() => {});
  location.reload();
});

// ── beginning ──

$("form").addEventListener("submit", (event) => event.preventDefault());
for (const each of fields) each.addEventListener("input", () => { set(each, each.value); changed(); });
for (const picker of document.querySelectorAll("[data-for]")) picker.addEventListener("input", () => { $(picker.dataset.for).value = picker.value; changed(); });
$("logo").addEventListener("change", () => takeLogo($("logo").files[0]));
for (const kind of ["dragover", "dragleave", "drop"]) {
  $("drop").addEventListener(kind, (event) => {
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragover");
    if (kind === "drop") takeLogo(event.dataTransfer.files[0]);
  });
}
$("folder").addEventListener("change", async () => {
  const chosen = [...$("folder").files].map(async (file) => [file.webkitRelativePath, new Uint8Array(await file.arrayBuffer())]);
  await open(Object.fromEntries(await Promise.all(chosen)));
});
$("zip").addEventListener("change", async () => {
  const data = new Uint8Array(await $("zip").files[0].arrayBuffer());
  await ready;
  await open(await call("unzip", data).catch(() => ({})));
});
$("download").addEventListener("click", async () => {
  $("download").disabled = true;
  $("downloaded").textContent = "Even geduld …";
  try {
    const zip = await call("pack");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([zip], { type: "application/zip" }));
    link.download = `${names.slug}-${$("name").value.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}.zip`;
    link.click();
    $("downloaded").textContent = `${link.download} is gemaakt (${(zip.length / 1e6).toFixed(1).replace(".", ",")} MB).`;
  } catch (error) {
    $("downloaded").textContent = `Dat lukte niet: ${error.message.trim().split("\n").pop()}`;
  }
  $("download").disabled = false;
});

// Resolves when what this page fetches goes by the service worker, which is not so after a forced reload.
async function controlled() {
  const { active } = await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return;
  await new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
    active.postMessage({});
  });
}

async function main() {
  if (!window.isSecureContext || !navigator.serviceWorker || !window.WebAssembly) {
    tell("De studio werkt op een adres dat met https begint, in een nieuwe Chrome, Edge, Firefox of Safari (niet in een privévenster van Firefox).");
    return;
  }
  await navigator.serviceWorker.register("service-worker.js");
  await controlled();
  names = await (await fetch("names.json", { cache: "no-store" })).json();
  const { refusal } = await begin();
  if (refusal) { tell(refusal); return; }
  document.body.dataset.ready = "";
  document.querySelector(".brand").textContent = `Studio van ${names.title}`;
  tell("");
  const draft = await store("readonly", (drafts) => drafts.get("now")).catch(() => undefined);
  if (draft) {
    files = draft.files;
    fill({ ...(await call("open", files)), ...draft.fields });
    await seeLogo();
    plan();
  }
  (await navigator.serviceWorker.ready).active.postMessage({ keep: names.keep });
}

main().catch((error) => tell(`De studio kon niet beginnen: ${error.message}. Ververs de pagina.`));
