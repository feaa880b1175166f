// Compiles Python for the studio, with the Python that will run it: node compile.mjs STAGE
// STAGE/app and STAGE/native are the modules, STAGE/try.py uses them as members do. What comes of it goes to
// STAGE/made: each module compiled, in app/ and lib/, and used.json, the names of those that were needed.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

process.on("uncaughtException", (error) => {  // whole, it would show the line of one megabyte that Python is
  console.error(error.message ?? error);
  process.exit(1);
});

const [stage, modules] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const home = dirname(require.resolve("pyodide"));
const { loadPyodide } = await import(pathToFileURL(`${home}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: home });
python.mountNodeFS("/stage", stage);
python.runPython(readFileSync(new URL("compile.py", import.meta.url), "utf8"));
