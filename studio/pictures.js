// Pictures: decoded by the browser, upright and in sRGB, and put in the folder as bare pixels with the copies
// that a site needs. Of the file that was dropped nothing is kept.

import { draft } from "./draft.js";
import { call } from "./program.js";

const PHOTO = 2000, LOGO = 720, BEST = 92;  // the longest sides, in pixels; the quality of what copies are made of

// A picture that cannot be read or encoded here; its message is for a member.
export class Unreadable extends Error {}
const NOT_READ = "Deze browser kan dit bestand niet lezen. Bewaar het als JPEG of PNG, en kies het opnieuw.";
const NOT_MADE = "Deze foto kon niet worden klaargemaakt. Bij de eerste foto is internet nodig. Probeer het dan opnieuw.";

// One after the other: what is encoded for one photo is not taken away by what tidies up after another.
let busy = Promise.resolve();
function inTurn(work) {
  const done = busy.then(work);
  busy = done.catch(() => {});
  return done;
}

// Resolves when all that was dropped is in the folder, and who dropped it has said so to the form.
export async function settled() {
  await busy;
  await new Promise((resolve) => { setTimeout(resolve); });
}

// Puts a photo in the folder, at this path without a suffix; returns the path with one. A drawing (SVG) stays as it is.
export async function photo(file, stem) {
  if (isDrawing(file)) return drawing(file, stem);
  const path = `${stem}.jpg`;
  await inTurn(() => take(file, path));
  return path;
}

// Puts a logo in the folder; returns its path.
export const logo = (file) => inTurn(async () => {
  if (isDrawing(file)) return drawing(file, "logo");
  await take(file, "logo.png");
  return "logo.png";
});

// Makes all pictures in the folder ready for a site, and takes away copies of what is not there any more.
// What cannot be made ready stays as it is: the program says so, with its place.
export const complete = () => inTurn(async () => {
  for (const path of (await call("pictures")).unready) await take(new Blob([draft.files[path]]), path).catch(stays);
  const { missing, unused } = await call("pictures");
  for (const path of unused) await remove(path);
  for (const [path, copies] of Object.entries(missing)) await makeCopies(draft.files[path], copies).catch(stays);
});

function stays(error) {
  if (!(error instanceof Unreadable)) throw error;
}

// What is beside brand.yaml is a logo, and may be transparent. A photo comes after its copies: it is never without.
async function take(file, path) {
  if (!path.startsWith("content/")) {
    const { data, width, height } = await pixels(file, LOGO);
    return put(path, await call("bareLogo", data, width, height));
  }
  const image = await pixels(file, PHOTO, "white");
  const data = await encode(image, { width: image.width, height: image.height, kind: "jpeg", quality: BEST });
  await makeCopies(data, await call("copies", data));
  return put(path, data);
}

async function makeCopies(data, copies) {
  const image = await pixels(new Blob([data]), PHOTO, "white");
  for (const copy of copies) await put(copy.path, await encode(image, copy));
}

async function put(path, data) {
  draft.files[path] = data;
  await call("put", path, data);
}

// Takes a file out of the folder.
export async function remove(path) {
  delete draft.files[path];
  await call("remove", path);
}

const isDrawing = (file) => /\.svg$/i.test(file.name);

async function drawing(file, stem) {
  await put(`${stem}.svg`, new Uint8Array(await file.arrayBuffer()));
  return `${stem}.svg`;
}

async function pixels(file, most, ground) {
  const image = await createImageBitmap(file).catch(() => {
    throw new Unreadable(NOT_READ);
  });
  const scale = Math.min(1, most / Math.max(image.width, image.height));
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (ground) {
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  image.close();
  return { data: context.getImageData(0, 0, width, height).data, width, height };
}

// ── the encoder: a worker that begins with the first picture ──

let worker, count = 0;
const waiting = new Map();

function encode(image, wanted) {
  worker ??= begin();
  return new Promise((resolve, reject) => {
    const id = count++;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, image, wanted });
  });
}

function begin() {
  const encoder = new Worker("encoder.mjs", { type: "module" });
  encoder.onmessage = ({ data: { id, data, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(data);
    else reject(new Unreadable(NOT_MADE));
  };
  encoder.onerror = () => {  // such as when encoder.mjs could not be fetched: the next picture tries again
    for (const { reject } of waiting.values()) reject(new Unreadable(NOT_MADE));
    waiting.clear();
    worker = undefined;
  };
  return encoder;
}
