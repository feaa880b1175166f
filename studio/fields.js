// The fields of the form: their values, and what the program says of each beside it.

import { draft } from "./draft.js";

export const $ = (id) => document.getElementById(id);
const fields = [...document.querySelectorAll("[data-key]")].filter((each) => each.type !== "file");

export const logo = () => draft.kept.logo ?? "";
export const values = () => ({ ...draft.kept, ...Object.fromEntries(fields.map((each) => [each.dataset.key, each.value])), logo: logo() });
export const complete = () => Boolean($("name").value.trim() && logo() && ($("colour").value.trim() || draft.kept.tokens));

export function fill(given) {
  draft.kept = given;
  for (const each of fields) set(each, given[each.dataset.key] ?? "");
}

export function set(field, value) {
  field.value = value;
  const picker = document.querySelector(`[data-for="${field.id}"]`);
  if (picker && /^#[0-9a-f]{6}$/i.test(value)) picker.value = value;
}

// A colour can be written and picked.
for (const each of fields) each.addEventListener("input", () => set(each, each.value));
for (const picker of document.querySelectorAll("[data-for]")) picker.addEventListener("input", () => { $(picker.dataset.for).value = picker.value; });

// The form was changed by a script: what a member types tells that by itself.
export const changed = () => $("form").dispatchEvent(new Event("input"));

export function tell(sentence) {
  $("state").textContent = sentence;
  $("state").hidden = !sentence;
}

// ── problems ──

// Returns the problems of which the form does not have the field.
export function showProblems(problems) {
  for (const each of document.querySelectorAll("[data-key]")) mend(each);
  return problems.filter((problem) => {
    const field = fieldOf(problem);
    if (field) beside(field, problem);
    return !field;
  });
}

// A problem of a key that the form has; of what is missing, the program says it in the words of the file.
function fieldOf({ key, message, place }) {
  const known = [...document.querySelectorAll("[data-key]")];
  const exact = known.find((each) => each.dataset.key === key);
  if (exact) return exact;
  if (/logo\.(?:svg|png)$/.test(place)) return $("logo");
  if (key.startsWith("contact") || /gebeld of gemaild|e-mail/.test(message)) return $("email");
  return undefined;
}

export function mend(field) {
  for (const each of document.querySelectorAll(`[id^="wrong-${field.id}-"]`)) each.remove();
  field.removeAttribute("aria-invalid");
  const before = field.dataset.describedby ?? (field.dataset.describedby = field.getAttribute("aria-describedby") ?? "");
  if (before) field.setAttribute("aria-describedby", before);
  else field.removeAttribute("aria-describedby");
}

export function beside(field, { message, hint }) {
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

export function item(place, message, hint) {
  const li = document.createElement("li");
  li.append([place, message].filter(Boolean).join(": "));
  if (hint) li.append(document.createElement("br"), hint);
  return li;
}
