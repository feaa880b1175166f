// The fields of the form: their values, and what the program says of each beside it.

import { draft } from "./draft.js";

export const $ = (id) => document.getElementById(id);
const fields = [...document.querySelectorAll("[data-key]")].filter((each) => each.matches("input:not([type=file]), textarea"));

export const logo = () => draft.kept.logo ?? "";
export const values = () => ({ ...draft.kept, ...Object.fromEntries(fields.map((each) => [each.dataset.key, each.value])), logo: logo() });

// What no site can do without and is not there: each field with what to say of it.
export const lacking = () => [
  [$("name"), "Vul de naam in.", $("name").value.trim()],
  [$("logo"), "Kies een logo.", logo()],
  [$("colour"), "Kies een kleur.", $("colour").value.trim() || draft.kept.tokens],
].filter(([, , there]) => !there);
export const complete = () => !lacking().length;

// Is there anything that would be lost?
export const anything = () => Boolean(draft.stories.length || Object.keys(draft.files).length || Object.values(values()).some((each) => each.length));

export function fill(given) {
  draft.kept = given;
  refused.clear();
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
  for (const [field, problem] of refused) beside(field, problem);
  return problems.filter((problem) => {
    const field = fieldOf(problem);
    if (field) beside(field, inWords(field, { ...problem, line: 0 }));
    return !field;
  });
}

// A problem of a key that the form has; of what is missing, the program says it in the words of the file.
function fieldOf({ key, message }) {
  const name = key.startsWith("hide.") ? "hide" : key;
  const exact = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === name);
  if (exact) return exact;
  if (key.startsWith("contact") || /gebeld of gemaild|e-mail/.test(message)) return $("email");
  return undefined;
}

export function mend(field) {
  for (const each of field.getAttribute("aria-describedby")?.split(" ") ?? []) if (each.startsWith("wrong-")) $(each)?.remove();
  field.removeAttribute("aria-invalid");
  const before = field.dataset.describedby ?? (field.dataset.describedby = field.getAttribute("aria-describedby") ?? "");
  if (before) field.setAttribute("aria-describedby", before);
  else field.removeAttribute("aria-describedby");
}

// What is not there, too long or no colour: the program says it in the words of a file, the form in its own.
const MISSING = { "consent.ref": "Vul het nummer in.", "image.credit": "Vul in wie het maakte.", "image.alt": "Vul in wat er te zien is." };

export function inWords(field, { key, line = 0, column = 0, message, hint = "", severity, ails = "" }) {
  if (ails === "missing") return { message: MISSING[key] ?? (field.type === "date" ? "Vul de dag in." : field.matches("fieldset") ? "Kies een antwoord." : "Vul dit in."), severity };
  if (ails === "long") return line ? { message: `Regel ${line} is te lang.`, hint, severity } : { message: "Dit is te lang.", hint: "Maak het korter.", severity };
  if (/colour$/.test(key) && severity === "error") return { message: "Dit is geen kleur.", hint: "Kies een kleur met het vakje ernaast, of schrijf een hekje met zes tekens, zoals #1a5fb4.", severity };
  const at = line ? `Regel ${line}${column ? `, teken ${column}` : ""}: ` : "";
  return { message: at + message, hint, severity };
}

// Files that were offered and not taken, by field: what is said of one stays until another is offered.
const refused = new Map();

export function refuse(field, file, message) {
  refused.set(field, { message: `${file.name} is niet gebruikt.`, hint: message, severity: "warning" });
  mend(field);
  beside(field, refused.get(field));
  field.value = "";
}

export function offered(field) {
  refused.delete(field);
  mend(field);
}

// Says beside a field that something is being done, for as long as that takes.
export async function meanwhile(field, words, work) {
  const told = document.createElement("p");
  told.className = "help";
  told.setAttribute("role", "status");
  behind(field).after(told);
  told.textContent = words;
  try {
    return await work();
  } finally {
    told.remove();
  }
}

const behind = (field) => field.closest(".drop, .colours > div")?.lastElementChild ?? field;

let count = 0;

export function beside(field, { message, hint, severity = "error" }) {
  const told = document.createElement("p");
  told.className = "wrong";
  told.dataset.severity = severity;
  told.id = `wrong-${count++}`;
  told.textContent = message;
  if (hint) {
    const how = document.createElement("span");
    how.textContent = hint;
    told.append(how);
  }
  const isGroup = !field.matches("input, textarea");
  if (isGroup) field.append(told);
  else behind(field).after(told);
  if (!isGroup && severity === "error") field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), told.id].filter(Boolean).join(" "));
  const around = field.closest("details");
  if (around) around.open = true;
  return told;
}

export function item(place, message, hint) {
  const li = document.createElement("li");
  li.append([place, message].filter(Boolean).join(": "));
  if (hint) li.append(document.createElement("br"), hint);
  return li;
}
