// The page: each change of the form goes to the program, and what it says goes beside the fields.

import { draft, forget, recall, remember } from "./draft.js";
import { $, changed, complete, fill, item, showProblems, tell, values } from "./fields.js";
import { downloads, openings } from "./folder.js";
import { seeLogo } from "./logo.js";
import { look } from "./preview.js";
import * as pictures from "./pictures.js";
import { begin, call, Late, within } from "./program.js";

let names, timer, planning = false, again = false, done = false;

const start = () => begin(names, () => tell("De studio kan hier niet werken. Probeer het in een nieuwe Chrome, Edge, Firefox of Safari."));

async function plan() {
  if (planning) { again = true; return; }
  if (!complete()) { remember(values()); return; }
  planning = true;
  try {
    const answer = await within("plan", values());
    draft.files["brand.yaml"] = await call("settings");
    show(answer);
    remember(values());
  } catch (error) {
    if (error instanceof Late) {
      start().then(() => call("open", draft.files));
      tell("Een van jullie teksten kost te veel tijd. Haal die uit de map, en open de map opnieuw.");
    } else tell(`Er ging iets mis in de studio: ${error.message.trim().split("\n").pop()}`);
  }
  planning = false;
  if (again) { again = false; plan(); }
}

function show({ done: good, problems, advice, pages }) {
  const rest = showProblems(problems.filter((each) => each.severity !== "notice"));
  $("problems").hidden = !rest.length;
  $("problems").querySelector("ul").replaceChildren(...rest.map(({ place, message, hint }) => item(place.replace("brands/huisstijl/", ""), message, hint)));
  $("advice").replaceChildren(...advice.filter(({ key }) => /colour|tokens/.test(key)).map(({ message, hint }) => item("", message, hint)));
  done = good || done;
  $("download").disabled = !good;
  $("nothing").hidden = done;
  if (!done) $("nothing").textContent = "Zodra alles in het formulier klopt, verschijnt hier jullie site.";
  tell("");
  $("older").hidden = good || !done;
  if (good) look(pages);
}

$("form").addEventListener("submit", (event) => event.preventDefault());
$("form").addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(plan, 250);
});
$("clear").addEventListener("click", async () => {
  if (!confirm("Alles wat je hier invulde gaat weg. Doorgaan?")) return;
  await forget();
  location.reload();
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

async function main() {
  if (!window.isSecureContext || !navigator.serviceWorker || !window.WebAssembly) {
    tell("De studio werkt op een adres dat met https begint, in een nieuwe Chrome, Edge, Firefox of Safari (niet in een privévenster van Firefox).");
    return;
  }
  await navigator.serviceWorker.register("service-worker.js");
  await controlled();
  names = await (await fetch("names.json", { cache: "no-store" })).json();
  const { refusal } = await start();
  if (refusal) { tell(refusal); return; }
  openings(async () => { await seeLogo(); changed(); });
  downloads(names.slug);
  document.body.dataset.ready = "";
  document.querySelector(".brand").textContent = `Studio van ${names.title}`;
  tell("");
  const before = await recall();
  if (before) {
    draft.files = before.files;
    fill({ ...(await call("open", draft.files)), ...before.fields });
    await pictures.complete();
    await seeLogo();
    changed();
  }
  (await navigator.serviceWorker.ready).active.postMessage({ keep: names.keep, later: names.later });
}

main().catch((error) => tell(`De studio kon niet beginnen: ${error.message}. Ververs de pagina.`));
