// Compiles Python for the studio, with the Python that will run it: node compile.mjs STAGE
// STAGE/app are the modules. What comes of it goes to STAGE/made: each module compiled, in app/ and lib/.

import { readFileSync } from "node:fs";
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
// Where in a line something went wrong is a quarter of all bytes; the line itself stays.
const python = await loadPyodide({ indexURL: home, env: { PYTHONNODEBUGRANGES: "1" } });
python.mountNodeFS("/stage", stage);
python.runPython(readFileSync(new URL("compile.py", import.meta.url), "utf8"));
