// The logo, and the colours in it.

import { draft } from "./draft.js";
import { $, changed, logo, meanwhile, offered, refuse, set } from "./fields.js";
import * as pictures from "./pictures.js";
import { typeOf } from "./preview.js";
import { call } from "./program.js";

let turn = 0;  // what is said is of the file that was offered last

async function takeLogo(file) {
  if (!file) return;
  offered($("logo"));
  const mine = ++turn;
  try {
    const path = await meanwhile($("logo"), "Even geduld, het logo wordt klaargemaakt …", () => pictures.logo(file));
    const before = logo();
    draft.kept.logo = path;
    if (/^logo\.(?:svg|png)$/.test(before) && before !== logo()) await pictures.remove(before);
  } catch (error) {
    if (!(error instanceof pictures.Unreadable)) throw error;
    if (mine === turn) refuse($("logo"), file, error.message);
    return;
  }
  await seeLogo();
  changed();
}

export async function seeLogo() {
  const data = draft.files[logo()];
  $("logo-shown").hidden = !data;
  $("found").hidden = true;
  if (!data) return;
  $("logo-shown").src = URL.createObjectURL(new Blob([data], { type: typeOf(logo()) }));
  const found = await call("colours", logo());
  document.querySelector(".swatches").replaceChildren(...found.map((colour) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(swatch(colour), colour);
    button.onclick = () => { set($("colour"), colour); changed(); };
    return button;
  }));
  $("found").hidden = !found.length;
  if (found.length && !$("colour").value && !draft.kept.tokens) set($("colour"), found[0]);
}

export function swatch(colour) {
  const sample = document.createElementNS("http:" + "//www.w3.org/2000/svg", "svg");
  sample.style.background = colour;
  sample.setAttribute("aria-hidden", "true");
  return sample;
}

$("logo").addEventListener("change", () => takeLogo($("logo").files[0]));
for (const kind of ["dragover", "dragleave", "drop"]) {
  $("drop").addEventListener(kind, (event) => {
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragover");
    if (kind === "drop") takeLogo(event.dataTransfer.files[0]);
  });
}
