// Starts the program: Python in WebAssembly, with its modules from one file, and the campaign from another.
// The same in a browser (worker.mjs) and in Node (run.mjs): these two say how files are read.

import { brotli } from "./brotli.mjs";
import { loadPyodide } from "./pyodide/pyodide.mjs";
import { initWasm, Resvg } from "./resvg/index.mjs";

// A pack: the length of its index as a 32-bit number, the index (path → [begin, end], as JSON), the files.
function unpack(FS, pack) {
  const bytes = new Uint8Array(pack);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const folders = new Set();
  for (const [path, [begin, end]] of Object.entries(index)) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(folder)) FS.mkdirTree(`/${folder}`);
    folders.add(folder);
    FS.writeFile(`/${path}`, bytes.subarray(4 + length + begin, 4 + length + end), { canOwn: true });
  }
}

// What resvg draws of an SVG, in the size that it says: RGBA, multiplied by its opacity.
function pixels(svg) {
  const drawing = new Resvg(svg, { font: { loadSystemFonts: false } });
  const image = drawing.render();
  const drawn = image.pixels.slice();
  image.free();
  drawing.free();
  return drawn;
}

// home: where the files are, as an address or a path; read and readNow: one of them, later and at once.
// names: of the files that have their contents in their name. today: YYYY-MM-DD. reading: is told which file
// the program reads, "" when it is at none.
export async function start({ home, read, readNow, names, today, reading = () => {} }) {
  const [program, campaign] = [read(names.program), read(names.campaign)];
  const there = new Set();
  const [python] = await Promise.all([
    loadPyodide({
      indexURL: `${home}pyodide/`,
      stdLibURL: `${home}pyodide/empty.zip`,  // it is in the program
      lockFileContents: names.lock,
      packageBaseUrl: `${home}pyodide/`,
      env: { HOME: "/home", PYTHONPATH: "/app:/lib/python3.14", PYTHONDONTWRITEBYTECODE: "1", PYTHONNODEBUGRANGES: "1" },
      fsInit: async (FS) => unpack(FS, await program),
    }),
    initWasm(read("resvg/index_bg.wasm")),
  ]);
  python.registerJsModule("resvg_wasm", { pixels });
  python.registerJsModule("studio_host", {
    reading,
    // A part of the program that few members need is fetched when Python asks for it. Was there something to fetch?
    more(part) {
      if (there.has(part)) return false;
      unpack(python.FS, readNow(names[part]));
      there.add(part);
      return true;
    },
  });
  python.registerJsModule("brotli_wasm", brotli(() => python.FS.readFile("/app/wasm/brotli.wasm")));
  const { opened } = python.pyimport("microsite.studio.door");
  python.FS.writeFile("/campaign", new Uint8Array(await campaign), { canOwn: true });
  const door = opened("/campaign", today, names.day, names.ends);
  python.FS.unlink("/campaign");
  return { python, door };
}
