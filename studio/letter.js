// A font of the house style: it is put beside brand.yaml.

import { draft } from "./draft.js";
import { $, changed, offered, refuse } from "./fields.js";
import { call } from "./program.js";

const FONT = /\.(?:woff2?|ttf|otf)$/i, OWN = /^lettertype\.(?:woff2?|ttf|otf)$/;

$("font").addEventListener("change", async () => {
  const [file] = $("font").files;
  if (!file) return;
  offered($("font"));
  if (!FONT.test(file.name)) {
    refuse($("font"), file, "Dit is geen lettertype. Kies een bestand dat eindigt op .woff2, .woff, .ttf of .otf.");
    return;
  }
  await put(`lettertype${file.name.match(FONT)[0].toLowerCase()}`, new Uint8Array(await file.arrayBuffer()));
});

$("font-gone").addEventListener("click", async () => {
  $("font").value = "";
  await put("");
  $("font").focus();
});

// name: "" is none. A bold one is of the font that goes.
async function put(name, data) {
  for (const path of Object.keys(draft.files).filter((each) => OWN.test(each) && each !== name)) {
    delete draft.files[path];
    await call("remove", path);
  }
  if (name) {
    draft.files[name] = data;
    await call("put", name, data);
  }
  draft.kept.font = name;
  draft.kept.font_bold = "";
  seeFont();
  changed();
}

export function seeFont() {
  $("font-found").hidden = !draft.kept.font;
  $("font-name").textContent = draft.kept.font ?? "";
}
