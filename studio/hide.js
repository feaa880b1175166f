// The national pages that a member leaves out.

import { draft } from "./draft.js";
import { $ } from "./fields.js";
import { tick } from "./stories.js";

const boxes = () => [...$("hide").querySelectorAll("input")];

// groups: each with a title and pages, which have a path and a title.
export function withPages(groups) {
  $("hide").replaceChildren(...groups.map(({ title, pages }) => {
    const group = document.createElement("fieldset"), legend = document.createElement("legend");
    legend.textContent = title;
    group.append(legend, ...pages.map((page) => tick(page.path, page.title)));
    return group;
  }));
}

// What the folder hides stays, in its order, also when the campaign does not have that page now.
export function hidden() {
  const chosen = boxes().filter((each) => each.checked).map((each) => each.value);
  const left = new Set(boxes().filter((each) => !each.checked).map((each) => each.value));
  return [...new Set([...[draft.kept.hide ?? []].flat().filter((path) => !left.has(path)), ...chosen])];
}

export function fillHidden() {
  const chosen = new Set([draft.kept.hide ?? []].flat());
  for (const each of boxes()) each.checked = chosen.has(each.value);
  count();
}

function count() {
  const left = boxes().filter((each) => each.checked).length;
  $("hidden-told").textContent = left ? `Jullie laten ${left === 1 ? "één landelijke pagina" : `${left} landelijke pagina’s`} weg.` : "Alle landelijke pagina’s staan op jullie site.";
}

$("hide").addEventListener("input", count);
