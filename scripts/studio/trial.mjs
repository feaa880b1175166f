// Uses the studio as members do, and notes what of Python that needs: node trial.mjs STUDIO BRAND FONT TO
// BRAND is a folder with a brand. It writes TO/used.json, the paths in the pack of all modules that were used,
// and of those that were with a font too, and TO/code/, the compiled templates.

import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

process.on("uncaughtException", (error) => {  // whole, it would show the line of one megabyte that Python is
  console.error(error.message ?? error);
  process.exit(1);
});

const [home, brand, font, to] = process.argv.slice(2);
const { start } = await import(pathToFileURL(`${home}/engine.mjs`));
const readNow = (name) => readFileSync(`${home}/${name}`);
const names = JSON.parse(readNow("names.json"));
const { python, door } = await start({ home: `${home}/`, read: async (name) => readNow(name), readNow, names, today: names.day });
const { FS } = python;

function put(id, path, data) {
  const file = `/brands/${id}/${path}`;
  FS.mkdirTree(dirname(file));
  FS.writeFile(file, data);
}

const files = readdirSync(brand).filter((name) => statSync(join(brand, name)).isFile());
for (const name of files) for (const id of ["first", "second", "third"]) put(id, name, readFileSync(join(brand, name)));
// A text and a figure of one's own, and what goes wrong.
put("second", "content/nieuws/een-bericht.md", "---\ntitle: Een bericht\nsummary: Kort.\ndate: 2026-01-02\n---\n\n## Kop\n\nEen *woord*, een [link](/contact.md), een <b>tag</b> en[^1] een\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[^1]: noot.\n");
put("third", "brand.yaml", "name: x\nlogo: weg.svg\ncolor: lime-ish\ncontact: {phone: 010-1, email: nee}\nplan: {start: 2027-01-11}\nfont: bestaat-niet\n");
put("third", "content/nieuws/fout.md", "---\ntitel: Fout\n---\n[x](bestaat-niet.md)\n");
for (const id of ["first", "second", "third"]) door.plan(id);
door.plan("second");
door.pack("second", "").destroy();

const used = () => JSON.parse(python.runPython(`
import json, sys
files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
json.dumps(sorted(file.lstrip("/") for file in files))
`));
const always = used();
const settings = FS.readFile("/brands/first/brand.yaml", { encoding: "utf8" }).replace(/^font:.*\n?/m, "");
put("first", "brand.yaml", `${settings}\nfont: ${basename(font)}\n`);
put("first", basename(font), readFileSync(font));
if (!JSON.parse(door.plan("first")).done) throw new Error("the font is not taken");
writeFileSync(join(to, "used.json"), JSON.stringify([always, used()]));

// What was compiled of the templates, and which of them each refers to.
function copy(folder) {
  for (const name of FS.readdir(folder).filter((each) => each !== "." && each !== "..")) {
    const path = `${folder}/${name}`, file = join(to, "code", path);
    if (FS.isDir(FS.stat(path).mode)) copy(path);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, FS.readFile(path));
    }
  }
}
copy("/app/code");
