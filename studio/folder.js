// The member's folder: an existing one is opened, and the ZIP is downloaded.

import { draft } from "./draft.js";
import { $, tell } from "./fields.js";
import { call } from "./program.js";
import { outdated } from "./version.js";

// Takes a folder, path → bytes, with brand.yaml somewhere in it. Returns whether there was one.
async function open(found) {
  const root = Object.keys(found).filter((path) => path.split("/").pop() === "brand.yaml").sort((a, b) => a.length - b.length)[0];
  if (root === undefined) { tell("Daar zit geen brand.yaml in. Kies de map huisstijl, of de ZIP van de studio."); return false; }
  const folder = root.slice(0, -"brand.yaml".length);
  draft.files = Object.fromEntries(Object.entries(found).filter(([path]) => path.startsWith(folder)).map(([path, data]) => [path.slice(folder.length), data]));
  tell("");
  return true;
}

// onopen: a folder was taken.
export function openings(onopen) {
  $("folder").addEventListener("change", async () => {
    const chosen = [...$("folder").files].map(async (file) => [file.webkitRelativePath, new Uint8Array(await file.arrayBuffer())]);
    if (await open(Object.fromEntries(await Promise.all(chosen)))) await onopen();
  });
  $("zip").addEventListener("change", async () => {
    const data = new Uint8Array(await $("zip").files[0].arrayBuffer());
    if (await open(await call("unzip", data).catch(() => ({})))) await onopen();
  });
}

// slug: of the campaign, for the name of the ZIP. settled: waits for what is not in the site yet.
export function downloads(slug, settled) {
  $("download").addEventListener("click", async () => {
    $("downloaded").textContent = "Even geduld …";
    await settled();
    if ($("download").disabled) { $("downloaded").textContent = ""; return; }
    $("download").disabled = true;
    try {
      await outdated();
      const zip = await call("pack"), link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([zip], { type: "application/zip" }));
      link.download = `${slug}-${$("name").value.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}.zip`;
      link.click();
      $("downloaded").textContent = `${link.download} is gemaakt (${(zip.length / 1e6).toFixed(1).replace(".", ",")} MB).`;
    } catch (error) {
      $("downloaded").textContent = `Dat lukte niet: ${error.message.trim().split("\n").pop()}`;
    }
    $("download").disabled = false;
  });
}
