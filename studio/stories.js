// Stories of one's own: a list, and a form for the one that is being written. The program writes the files.

import { draft } from "./draft.js";
import { $, beside, changed, inWords, meanwhile, mend } from "./fields.js";
import * as pictures from "./pictures.js";
import { typeOf } from "./preview.js";

let open = null, themes = [], verdicts = new Map(), problems = [], blocked = false;

const here = $("story-here");
const inputs = () => [...here.querySelectorAll("[data-story]")].filter((each) => each.type !== "file");
const boxes = (field) => [...field.querySelectorAll("input")];
const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(new Date());
const titled = (story) => story.fields.title?.trim() || "Verhaal zonder titel";

// ── the values of the form ──

function valueOf(field) {
  if (field.matches("[data-list]")) return boxes(field).filter((each) => each.checked).map((each) => each.value);
  if (field.matches("fieldset")) return boxes(field).find((each) => each.checked)?.value ?? "";
  return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
}

function put(field, value) {
  if (field.matches("fieldset")) for (const each of boxes(field)) each.checked = [value].flat().includes(each.value);
  else if (field.type === "checkbox") field.checked = value === field.value;
  else field.value = value;
}

function take() {
  const before = open.fields[SEEN] ?? "";
  for (const field of inputs()) open.fields[field.dataset.story] = valueOf(field);
  if (open.fields[SEEN] !== before) open.read = asRead(open);
  reread(open);
  see();
}

// The person said yes to what she read, as it was: when that is another thing now, the day on which she read it goes,
// and with it the story from the site. It is there again when she read it anew, or when all is as it was.
const SEEN = "consent.final_text_seen_on";
const READ = ["title", "summary", "text", "quote.text", "quote.speaker", "image.src", ...["name", "pseudonym", "age", "job", "municipality", "organisation"].map((each) => `person.${each}`)];
const words = ({ fields }) => JSON.stringify(READ.map((key) => fields[key]?.trim() ?? ""));
const asRead = (story) => ({ words: words(story), day: story.fields[SEEN] ?? "" });
const isAsRead = (story) => words(story) === story.read.words;

function reread(story) {
  const day = isAsRead(story) ? story.read.day : "";
  story.fields[SEEN] = day;
  if (story === open && $("story-seen").value !== day) $("story-seen").value = day;
}

// What depends on other answers: the name in the questions, and what is asked only of some.
function see() {
  const { fields } = open;
  for (const each of here.querySelectorAll("[data-who]")) each.textContent = fields["person.name"]?.trim() || "deze persoon";
  $("story-title").textContent = titled(open);
  $("story-guardian").hidden = !fields["consent.minor"];
  $("story-changed").hidden = !open.read.day || isAsRead(open);
  $("story-withdrawn").hidden = fields["consent.status"] !== "withdrawn";
  here.querySelector(".consent").classList.toggle("optional", Boolean(fields.fictional));
  const path = fields["image.src"] && `${folder(open)}${fields["image.src"]}`, data = draft.files[path];
  $("story-picture-more").hidden = !fields["image.src"];
  if (data && $("story-picture-shown").dataset.path !== path) {
    $("story-picture-shown").src = URL.createObjectURL(new Blob([data], { type: typeOf(path) }));
    $("story-picture-shown").dataset.path = path;
  }
}

const folder = ({ path }) => (path ? path.slice(0, path.lastIndexOf("/") + 1) : "content/verhalen/");

// ── one story ──

function edit(story) {
  open = story;
  here.replaceChildren($("story-form").content.cloneNode(true));
  const ticks = here.querySelector(".ticks");
  ticks.replaceChildren(...themes.map(([id, title]) => tick(id, title)));
  ticks.parentElement.hidden = !themes.length;
  for (const field of inputs()) put(field, story.fields[field.dataset.story] ?? "");
  see();
  $("story-done").onclick = close;
  $("story-remove").onclick = () => ask(story);
  $("story-number").onclick = () => { $("story-ref").value = `V-${crypto.randomUUID().slice(0, 6)}`; take(); changed(); };
  $("story-picture").onchange = () => picture($("story-picture").files[0]);
  $("story-picture-gone").onclick = async () => {
    await unpicture(story);
    for (const key of Object.keys(story.fields)) if (key.startsWith("image.")) delete story.fields[key];
    reread(story);
    edit(story);
    $("story-picture").focus();
    changed();
  };
  for (const button of here.querySelectorAll("[data-mark]")) button.onclick = () => mark(button.dataset.mark);
  list();
  tellAll();
  $("story-title").focus();
  if (openPage()) document.querySelector("[data-page=story]").click();
}

export function tick(value, title) {
  const label = document.createElement("label"), box = document.createElement("input");
  box.type = "checkbox";
  box.value = value;
  label.append(box, ` ${title}`);
  return label;
}

function close() {
  const story = open;
  open = null;
  here.replaceChildren();
  list();
  (document.querySelector(`[data-edit="${draft.stories.indexOf(story)}"]`) ?? $("story-new")).focus();
}

// Puts a mark at the beginning of the line where the cursor is, on a line of its own.
function mark(sign) {
  const field = $("story-text"), { value, selectionStart: at } = field;
  const begin = value.lastIndexOf("\n", at - 1) + 1;
  const apart = begin > 1 && value.slice(begin - 2, begin) !== "\n\n" && sign !== "- " ? "\n" : "";
  field.setRangeText(apart + sign, begin, begin, "end");
  field.setSelectionRange(at + apart.length + sign.length, at + apart.length + sign.length);
  field.focus();
  take();
  changed();
}

async function picture(file) {
  if (!file) return;
  const story = open;
  mend($("story-picture"));
  try {
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const name = `${MADE}${[...sum.slice(0, 4)].map((each) => each.toString(16).padStart(2, "0")).join("")}`;
    const path = await meanwhile($("story-picture"), "Even geduld, de foto wordt klaargemaakt …", () => pictures.photo(file, `${folder(story)}${name}`));
    if (story.fields["image.src"] !== nameOf(path)) await unpicture(story);
    story.fields["image.src"] = nameOf(path);
    reread(story);
  } catch (error) {
    if (!(error instanceof pictures.Unreadable)) throw error;
    if (story === open) beside($("story-picture"), { message: error.message });
    return;
  }
  if (story === open) take();
  changed();
}

const MADE = "beeld-";  // what a picture is called here: no name of anybody
const nameOf = (path) => path.split("/").pop();

// Takes the picture of a story out of the folder, if it was put there here and is of no other story.
async function unpicture(story) {
  const name = story.fields["image.src"] ?? "", path = `${folder(story)}${name}`;
  const shared = draft.stories.some((other) => other !== story && other.fields["image.src"] === name);
  if (!name.startsWith(MADE) || shared || !draft.files[path]) return;
  await pictures.remove(path);
  await pictures.complete();
}

// ── the list ──

function list() {
  $("story-list").replaceChildren(...draft.stories.flatMap((story, i) => {
    if (story === open) return [];
    const li = document.createElement("li"), words = document.createElement("span"), button = document.createElement("button");
    words.append(strong(titled(story)), document.createElement("br"), standing(story));
    button.type = "button";
    button.className = "second";
    button.dataset.edit = i;
    button.setAttribute("aria-label", `Bewerk ‘${titled(story)}’`);
    button.textContent = "Bewerk";
    button.onclick = () => edit(story);
    li.append(words, button);
    return [li];
  }));
  $("story-new").hidden = open !== null;
}

function strong(words) {
  const made = document.createElement("strong");
  made.textContent = words;
  return made;
}

function standing(story) {
  const { lacks = [], page, refused = [] } = verdicts.get(story) ?? {};
  if (!story.path && lacks.length) return `Nog niet af: ${lacks.map(labelled).join(", ")}.`;
  if (refused.length) return "Staat niet op jullie site, om de toestemming.";
  if (problems.some((each) => each.story === story.path && each.severity === "error")) return "Staat niet op jullie site: er moet nog iets anders.";
  if (page) return "Staat op jullie site.";
  if (verdicts.has(story)) return blocked ? WAITS : "Staat niet op jullie site.";
  return "Zodra jullie site er is, zie je hier of het erop staat.";
}

const WAITS = "Staat op jullie site zodra de rest van het formulier klopt.";

const NAMED = { title: "titel", summary: "samenvatting", role: "wie vertelt", "person.name": "naam", text: "tekst" };
const labelled = (key) => NAMED[key] ?? key;

$("story-new").addEventListener("click", () => {
  const story = { path: "", fields: { date: today() } };
  story.read = asRead(story);
  draft.stories.push(story);
  edit(story);
  changed();
});
here.addEventListener("input", take);

// ── taking one away ──

let leaving;

function ask(story) {
  leaving = story;
  const ref = story.fields["consent.ref"]?.trim();
  $("remove-ref").textContent = ref ? `, met het nummer ${ref}` : "";
  if (story.path) $("remove").showModal();
  else remove();
}

async function remove() {
  await unpicture(leaving);
  draft.stories.splice(draft.stories.indexOf(leaving), 1);
  delete draft.files[leaving.path];
  close();
  changed();
}

$("remove-no").addEventListener("click", () => $("remove").close());
$("remove-yes").addEventListener("click", () => { $("remove").close(); remove(); });

// ── what the program says ──

// sent: the stories that the program was given, with its answer of each; shown: what it says of those by path.
// done: the site could be made.
export function tellStories(sent, written, shown, found, done) {
  blocked = !done;
  sent.forEach((story, i) => { story.path = written[i].path; });
  verdicts = new Map(sent.map((story, i) => [story, { ...written[i], ...shown[written[i].path] }]));
  problems = found;
  list();
  tellAll();
}

// A story that takes too long is not known to the program: that is told when it is being written.
export function tellLate(story) {
  if (open !== story) return;
  mend($("story-text"));
  beside($("story-text"), { message: "Deze tekst kost te veel tijd.", hint: "Zoek naar lange rijen haken, sterretjes of streepjes." });
}

function target(key) {
  return here.querySelector(`[data-about="${CSS.escape(key)}"]`) ?? here.querySelector(`[data-story="${CSS.escape(key)}"]`);
}

function tellAll() {
  if (open === null) return;
  for (const field of here.querySelectorAll("[data-story], [data-about]")) mend(field);
  const { lacks = [], doubts = [], page, refused = [] } = verdicts.get(open) ?? {};
  for (const key of doubts) beside(target(key), { message: "Dit lijkt een naam. Schrijf hier alleen het nummer van het papier.", severity: "warning" });
  for (const { key, message } of refused) beside(target(key) ?? target("consent"), { message: sentence(message) });
  const reasons = new Set(refused.map(({ message }) => message));
  for (const problem of problems.filter((each) => each.story === open.path && open.path)) {
    const { key, message, hint, severity } = problem, field = target(key) ?? $("story-title");
    if (reasons.has(message) || severity === "notice") continue;
    beside(field, inWords(field, { ...problem, hint: key.startsWith("consent") ? "" : hint }));
  }
  const said = page ? "Dit verhaal staat op jullie site." : standing(open);
  if ($("story-verdict").textContent !== said) $("story-verdict").textContent = said;
  $("story-verdict").classList.toggle("good", Boolean(page));
  for (const field of here.querySelectorAll("[data-lacks]")) field.removeAttribute("data-lacks");
  for (const key of open.path ? [] : lacks) target(key)?.setAttribute("data-lacks", "");
}

const sentence = (words) => words[0].toUpperCase() + words.slice(1);

// Sentences about what is in the form and not on the site.
export const notIn = () => draft.stories.filter((story) => !verdicts.get(story)?.page && standing(story) !== WAITS).map((story) => `‘${titled(story)}’: ${standing(story).replace(/^./, (first) => first.toLowerCase())}`);

// The address of the story that is being written, if it is on the site.
export const openPage = () => (open && verdicts.get(open)?.page) || "";

export function fillStories({ held, others }) {
  draft.stories = held;
  for (const story of held) story.read ??= asRead(story);
  open = null;
  verdicts = new Map();
  here.replaceChildren();
  list();
  $("story-files").hidden = !others.length;
  $("story-files").querySelector("ul").replaceChildren(...others.map((path) => {
    const li = document.createElement("li"), code = document.createElement("code");
    code.textContent = path;
    li.append(code);
    return li;
  }));
}

export function withThemes(given) {
  themes = given;
}
