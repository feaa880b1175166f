// The member's folder: an existing one is opened, and the ZIP is downloaded.

import { draft } from "./draft.js";
import { $, anything, tell } from "./fields.js";
import { call } from "./program.js";
import { outdated } from "./version.js";

const NOT_READ = "de studio kan het niet lezen";

// onopen: a folder was taken, with its fields and stories. Until then all stays as it is.
export function openings(onopen) {
  const opening = (input, read) => input.addEventListener("change", async () => {
    const chosen = [...input.files];
    if (!chosen.length) return;
    $("refused").textContent = "";
    tell("Even geduld, het wordt geopend …");
    const { files, refusal } = await read(chosen).catch(() => ({ refusal: NOT_READ }));
    tell("");
    const name = chosen[0].webkitRelativePath.split("/")[0] || chosen[0].name;
    const refuse = (why) => { $("refused").textContent = `${name} is niet geopend: ${why}. Wat er stond, staat er nog.`; };
    input.value = "";  // the same one may be chosen again
    if (refusal) { refuse(refusal); return; }
    if (anything() && !confirm("Wat je opent, komt in de plaats van alles wat er nu staat. Doorgaan?")) return;
    const opened = await call("open", files).catch(() => null);
    if (!opened) { refuse(NOT_READ); await call("open", draft.files); return; }
    draft.files = files;
    await onopen(opened);
  });
  const bytes = async (file) => new Uint8Array(await file.arrayBuffer());
  opening($("zip"), async ([file]) => call("unzip", await bytes(file)));
  opening($("folder"), async (chosen) => call("folder", Object.fromEntries(await Promise.all(chosen.map(async (file) => [file.webkitRelativePath, await bytes(file)])))));
}

// The button for the ZIP: it can be used when the site is that of the form, and no ZIP is being made.
let good = false, making = false;
const see = () => { $("download").disabled = !good || making; };
export function downloadable(now) { good = now; see(); }

// slug: of the campaign, for the name of the ZIP. settled: waits for what is not in the site yet.
export function downloads(slug, settled) {
  $("download").addEventListener("click", async () => {
    $("downloaded").textContent = "Even geduld …";
    await settled();
    if (!good || making) { $("downloaded").textContent = ""; return; }
    making = true;
    see();
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
    making = false;
    see();
  });
}
