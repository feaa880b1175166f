// A file with design tokens: it is put beside brand.yaml, and what the program took from it is shown.

import { draft } from "./draft.js";
import { $, changed, set } from "./fields.js";
import { swatch } from "./logo.js";
import { call } from "./program.js";

const LABELS = { colour: "Kleur", second_colour: "Tweede kleur", font: "Lettertype", logo_width: "Breedte van het logo" };
const NAME = "huisstijl.tokens.json";

$("tokens").addEventListener("change", async () => {
  const file = $("tokens").files[0];
  if (!file) return;
  const data = new Uint8Array(await file.arrayBuffer());
  if (draft.kept.tokens) delete draft.files[draft.kept.tokens];
  draft.files[NAME] = data;
  draft.kept.tokens = NAME;
  await call("put", NAME, data);
  for (const id of ["colour", "second_colour"]) set($(id), "");  // what is written there goes before the file
  changed();
});

$("tokens-gone").addEventListener("click", async () => {
  const path = draft.kept.tokens;
  delete draft.files[path];
  draft.kept.tokens = "";
  await call("remove", path);
  $("tokens").value = "";
  $("tokens-found").hidden = true;
  $("tokens").focus();
  changed();
});

// found: the values in the file, by key of brand.yaml.
export function tellTokens(found) {
  const named = draft.kept.tokens ?? "";
  $("tokens-found").hidden = !named;
  if (!named) return;
  $("tokens-more").open = true;
  $("tokens-name").textContent = named;
  const rows = Object.entries(found).map(([key, value]) => {
    const li = document.createElement("li"), own = $(key)?.value?.trim();
    if (key.endsWith("colour")) li.append(swatch(value));
    li.append(`${LABELS[key]}: ${value}${key === "logo_width" ? " pixels" : ""}`);
    if (own) li.append(` (niet gebruikt: je vulde zelf ${own} in)`);
    return li;
  });
  const nothing = document.createElement("li");
  nothing.textContent = "niets wat de site gebruikt";
  document.querySelector(".taken").replaceChildren(...(rows.length ? rows : [nothing]));
}
