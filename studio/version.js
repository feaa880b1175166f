// Which studio this is. One that was replaced while somebody worked in it begins again, with the draft.

import { today } from "./program.js";

let names;

async function newest() {
  const response = await fetch("names.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`names.json: ${response.status}`);
  return response.json();
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// The names of the files of the newest version. Never answers when that is another one than the page has: the page is loaded again.
export async function version() {
  const found = await newest();
  if (names && !same(found, names)) return again();
  return (names = found);
}

// What to do about an error: files of a version that was replaced may be gone.
export async function renewed() {
  const found = await newest().catch(() => names);
  if (!same(found, names)) await again();
}

// A page that stood open for days asks for the campaign of today, or is told that there is none.
export const outdated = () => (today() < names.ends ? undefined : again());

function again() {
  location.reload();
  return new Promise(() => {});
}
