// Makes sites with the studio, in Node: node run.mjs STUDIO BRAND… TO [--date YYYY-MM-DD]
// STUDIO is the folder that `make studio` made, BRAND that of a member; its site goes to TO/<id>/.

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

process.on("uncaughtException", (error) => {  // whole, it would show the line of one megabyte that Python is
  console.error(error.message ?? error);
  process.exit(1);
});

const { values, positionals } = parseArgs({ allowPositionals: true, options: { date: { type: "string" }, zip: { type: "boolean" } } });
const [home, ...folders] = positionals.map((each) => resolve(each));
const to = folders.pop();
const { start } = await import(pathToFileURL(`${home}/engine.mjs`));
const readNow = (name) => readFileSync(`${home}/${name}`);
const began = process.cpuUsage();
const spent = () => (process.cpuUsage(began).user + process.cpuUsage(began).system) / 1e6;
const names = JSON.parse(readNow("names.json"));
const { python, door } = await start({ home: `${home}/`, read: async (name) => readNow(name), readNow, names, today: values.date });
const ready = spent();
if (door.refusal) throw new Error(door.refusal);

function files(folder, path = "") {
  return readdirSync(join(folder, path)).flatMap((name) => {
    const inside = path ? `${path}/${name}` : name;
    return statSync(join(folder, inside)).isDirectory() ? files(folder, inside) : [inside];
  });
}

for (const folder of folders) {
  const id = basename(folder);
  for (const path of files(folder)) {
    const file = `/brands/${id}/${path}`;
    python.FS.mkdirTree(dirname(file));
    python.FS.writeFile(file, readFileSync(join(folder, path)));
  }
  const { done, problems } = JSON.parse(door.plan(id));
  const planned = spent();
  for (const { place, severity, message } of problems) console.error(`${place}: ${severity}: ${message}`);
  if (!done) process.exitCode = 1;
  door.file("index.html").destroy();
  const first = spent();
  const zip = door.pack(id, "");
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, `${id}.zip`), zip.toJs());
  zip.destroy();
  const heap = python._module.HEAP8.length;
  console.log(JSON.stringify({ id, ready, planned, first, all: spent(), heap }));
}
