// The page: each change of the form goes to the program, and what it says goes beside the fields.

import { draft, forget, recall, remember } from "./draft.js";
import { $, anything, changed, complete, fill, item, lacking, showProblems, tell, values } from "./fields.js";
import { downloadable, downloads, openings } from "./folder.js";
import { fillHidden, hidden, withPages } from "./hide.js";
import { seeFont } from "./letter.js";
import { seeLogo } from "./logo.js";
import * as pictures from "./pictures.js";
import { look } from "./preview.js";
import { begin, call, Late } from "./program.js";
import { fillStories, notIn, openPage, tellLate, tellStories, withThemes } from "./stories.js";
import { tellTokens } from "./tokens.js";
import { outdated, renewed, version } from "./version.js";

let timer, begun = false, waits = false, planning = false, again = false, done = false;

const written = () => ({ ...values(), hide: hidden() });
const start = async () => begin(await version(), readable(), { late, broken: () => tell("De studio kan hier niet werken. Probeer het in een nieuwe Chrome, Edge, Firefox of Safari.") });

async function plan() {
  waits = false;
  if (planning) { again = true; return; }
  planning = true;
  await remember(written());
  try {
    if (!begun) return;
    await outdated();
    expect();
    if (!complete()) { downloadable(false); todo([]); return; }
    await allowed();
    const sent = draft.stories.filter((story) => !stopped.has(story));
    const answer = await call("plan", written(), sent.map(({ path, fields }) => ({ path, fields })));
    const late = unread(), made = answer.done && !late.length;
    tellStories(sent, answer.written, answer.stories, answer.problems, made);
    Object.assign(draft.files, answer.files);
    for (const { path } of sent.filter((story) => !draft.stories.includes(story))) delete draft.files[path];
    show({ ...answer, done: made, problems: [...late, ...answer.problems] });
    for (const what of stopped.keys()) tellLate(what);
    remember(written());
  } catch (error) {
    downloadable(false);
    if (!(error instanceof Late)) {
      await renewed();
      tell(`Er ging iets mis in de studio: ${error.message.trim().split("\n").pop()}`);
    }
  } finally {
    planning = false;
    if (again) { again = false; plan(); }
  }
}

// ── what takes too long ──

// What the program could not read in time, as it was: files by path, and stories. It is not given them until they are others.
const stopped = new Map();
const asItIs = (what) => (typeof what === "string" ? draft.files[what] : draft.stories.includes(what) && JSON.stringify(what.fields));
const pathOf = (what) => (typeof what === "string" ? what : what.path);

function readable() {
  const not = new Set([...stopped.keys()].map(pathOf));
  return Object.fromEntries(Object.entries(draft.files).filter(([path]) => !not.has(path)));
}

async function late({ file }) {
  const story = draft.stories.find(({ path }) => path === file);
  const what = story ?? (file && (draft.files[file] ? file : draft.stories.find(({ path }) => !path)));  // one that is new has no path yet
  if (what) stopped.set(what, asItIs(what));
  tell("Dit duurt te lang. De studio begint opnieuw …");
  downloadable(false);
  await start();
  if (what) setTimeout(plan);
  else tell("De studio begon opnieuw, omdat iets te lang duurde. Verander wat je het laatst invulde.");
}

// What is another one now is given to the program again, with all that the file says besides.
async function allowed() {
  for (const [what, before] of stopped) {
    if (asItIs(what) === before) continue;
    stopped.delete(what);
    const path = pathOf(what);
    if (draft.files[path]) await call("put", path, draft.files[path]);
  }
}

const unread = () => [...stopped.keys()].map((what) => ({ place: pathOf(what), key: "", severity: "error", message: "het lezen van deze tekst duurt te lang, en is daarom gestopt", hint: "Haal weg wat je er het laatst in zette, of verdeel het over meer teksten." }));

// ── what the program says ──

// What is said where the site will be, as long as there is none.
const EMPTY = $("nothing").textContent;
const expect = () => { $("nothing").textContent = complete() ? "Jullie site wordt gemaakt. Even geduld …" : EMPTY; };

function show({ done: good, problems, advice, pages, tokens }) {
  const serious = problems.filter((each) => each.severity !== "notice" && !each.story);
  const rest = showProblems(serious), listed = (severity) => rest.filter((each) => each.severity === severity)
    .map(({ place, message, hint }) => item(place.replace("brands/huisstijl/", ""), message, hint));
  $("advice").replaceChildren(...advice.filter(({ key }) => /colour|tokens/.test(key)).map(({ message, hint }) => item("", message, hint)));
  tellTokens(tokens);
  done = good || done;
  downloadable(good);
  $("nothing").hidden = done;
  if (!done) $("nothing").textContent = "Zodra alles in het formulier klopt, verschijnt hier jullie site.";
  tell("");
  $("older").hidden = good || !done;
  todo(listed("error"));
  $("not-in").replaceChildren(...notIn().map((words) => item("", words)), ...listed("warning"));
  if (good) look({ ...pages, story: openPage() || pages.story });
}

// What keeps the site from being made, each with a link to its field, and what has none.
function todo(rest) {
  const wrong = [...document.querySelectorAll(".wrong:not([data-severity=warning])")].map((told) => ({ told, field: document.querySelector(`[aria-describedby~="${told.id}"]`) }));
  const links = [
    ...lacking().map(([field, words]) => linked(field, words)),
    ...wrong.filter(({ field }) => field && !field.closest(".consent")).map(({ told, field }) => linked(field, told.firstChild.textContent)),
  ];
  const items = [...links, ...rest];
  $("todo").hidden = !items.length;
  $("todo").querySelector("ul").replaceChildren(...items);
  const said = items.length ? `${items.length === 1 ? "Eén ding" : `${items.length} dingen`} in het formulier ${items.length === 1 ? "moet" : "moeten"} nog anders.` : "Jullie site is bijgewerkt.";
  if ($("told").textContent !== said) $("told").textContent = said;
}

function linked(field, words) {
  const li = document.createElement("li"), link = document.createElement("button");
  link.type = "button";
  link.className = "link";
  link.textContent = words;
  link.onclick = () => (field.matches("input, textarea") ? field : field.querySelector("input") ?? field).focus();
  li.append(link);
  return li;
}

async function filled({ fields, stories }) {
  fill(fields);
  fillHidden();
  fillStories(stories);
  expect();
  tell("Foto’s en logo worden klaargemaakt …");
  await pictures.complete();
  tell("");
  await seeLogo();
  seeFont();
  changed();
}

$("form").addEventListener("submit", (event) => event.preventDefault());
$("form").addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(plan, 250);
  waits = true;
});

// Resolves when the site is that of all that was typed, dropped and taken away.
async function settled() {
  await pictures.settled();
  clearTimeout(timer);
  if (waits) plan();
  while (planning) await new Promise((resolve) => { setTimeout(resolve, 50); });
}

$("clear").addEventListener("click", async () => {
  if (!confirm("Alles wat je hier invulde gaat weg. Doorgaan?")) return;
  await forget();
  location.reload();
});

// On a phone there is room for one of the two: the form, or the site.
$("jump").addEventListener("click", () => {
  const looking = document.body.toggleAttribute("data-looking");
  $("jump").textContent = looking ? "Terug naar het formulier" : "Bekijk jullie site";
  if (looking) scrollTo(0, 0);
});

// ── beginning ──

// Resolves when what this page fetches goes by the service worker, which is not so after a forced reload.
async function controlled() {
  const { active } = await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return;
  await new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
    active.postMessage({});
  });
}

const NEEDS = "De studio werkt op een adres dat met https begint, in een nieuwe Chrome, Edge, Firefox of Safari die gegevens van deze site mag bewaren (niet in een privévenster van Firefox).";

// The form, but for the way to throw all of it away.
function inert(now) {
  for (const part of document.querySelectorAll("#form > :not(.existing)")) part.inert = now;
}

async function main() {
  if (!window.isSecureContext || !navigator.serviceWorker || !window.WebAssembly) {
    tell(NEEDS);
    return;
  }
  try {
    await navigator.serviceWorker.register("service-worker.js");
  } catch (error) {
    tell(error instanceof TypeError ? `De studio kon niet worden opgehaald (${error.message}).` : NEEDS);
    return;
  }
  const before = await recall();
  if (before) {
    inert(true);  // what is typed now would be lost
    tell("Even geduld, jullie gegevens worden opgehaald …");
    $("nothing").textContent = "";
  }
  await controlled();
  const names = await version();
  const { refusal } = await start().catch(async (error) => { await renewed(); throw error; });
  if (refusal) { tell(refusal); return; }
  const { pages, themes } = await call("offered");
  withPages(pages);
  withThemes(themes);
  openings(filled);
  downloads(names.slug, settled);
  document.body.dataset.ready = "";
  document.querySelector(".brand").textContent = `Studio van ${names.title}`;
  begun = true;
  if (before) {
    draft.files = before.files;
    const { fields, stories } = await call("open", draft.files);
    inert(false);
    await filled({ fields: { ...fields, ...before.fields }, stories: { ...stories, held: before.stories ?? stories.held } });
  } else {
    tell("");
    if (anything()) changed();
  }
  (await navigator.serviceWorker.ready).active.postMessage({ keep: names.keep, later: names.later });
}

main().catch((error) => tell(`De studio kon niet beginnen: ${error.message}. Ververs de pagina.`));
