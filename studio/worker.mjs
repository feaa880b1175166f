// The program, apart from the page: a message {id, call, args} is answered with {id, answer} or {id, error}.

import { start } from "./engine.mjs";

const HOME = new URL(".", import.meta.url).href, FOLDER = "/brands/huisstijl", ID = "huisstijl";
let engine;

async function read(name) {
  const response = await fetch(HOME + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.arrayBuffer();
}

// The page is told which text the program reads, or that it works at all else: it ends what hangs, and a slow network is no reason to.
let file = "";
const at = (path) => postMessage({ at: path });
const reading = (name) => at(file = name.endsWith(".md") ? name.replace(/^brands\/huisstijl\//, "") : "");

function readNow(name) {
  const request = new XMLHttpRequest();
  request.open("GET", HOME + name, false);
  request.responseType = "arraybuffer";
  at("");
  request.send();
  at(file);
  if (request.status !== 200) throw new Error(`${name}: ${request.status}`);
  return request.response;
}

function remove(FS, path) {
  if (FS.isDir(FS.stat(path).mode)) {
    for (const name of FS.readdir(path)) if (name !== "." && name !== "..") remove(FS, `${path}/${name}`);
    FS.rmdir(path);
  } else FS.unlink(path);
}

function bytes(proxy) {
  const data = proxy.toJs();
  proxy.destroy();
  return data;
}

function objects(proxy) {
  const found = proxy.toJs({ dict_converter: Object.fromEntries });
  proxy.destroy();
  return found;
}

// What the program answers to bytes, which it reads from a file.
function given(data, ask) {
  engine.python.FS.writeFile("/given", data);
  try {
    return ask("/given");
  } finally {
    engine.python.FS.unlink("/given");
  }
}

const calls = {
  async begin(names, today) {
    engine = await start({ home: HOME, read, readNow, names, today, reading });
    engine.python.FS.mkdirTree(FOLDER);
    return { refusal: engine.door.refusal };
  },
  // What the form offers of the campaign.
  offered: () => ({ pages: JSON.parse(engine.door.national()), themes: JSON.parse(engine.door.themes()) }),
  // The whole folder: path → bytes. Returns the values of the form, and the stories.
  open(files) {
    const { FS } = engine.python;
    if (FS.analyzePath(FOLDER).exists) remove(FS, FOLDER);
    FS.mkdirTree(FOLDER);
    for (const [path, data] of Object.entries(files)) {
      const file = `${FOLDER}/${path}`;
      FS.mkdirTree(file.slice(0, file.lastIndexOf("/")));
      FS.writeFile(file, data);
    }
    return { fields: JSON.parse(engine.door.read(ID)), stories: JSON.parse(engine.door.stories(ID)) };
  },
  put(path, data) {
    const file = `${FOLDER}/${path}`;
    engine.python.FS.mkdirTree(file.slice(0, file.lastIndexOf("/")));
    engine.python.FS.writeFile(file, data);
  },
  remove(path) {
    const file = `${FOLDER}/${path}`;
    if (engine.python.FS.analyzePath(file).exists) engine.python.FS.unlink(file);
  },
  pictures: () => JSON.parse(engine.door.pictures(ID)),
  copies: (photo) => given(photo, (path) => JSON.parse(engine.door.copies(path))),
  bareLogo: (pixels, width, height) => given(pixels, (path) => bytes(engine.door.bare_logo(path, width, height))),
  // Writes the settings and the stories, [{path, fields}]; also returns the files that this wrote.
  plan(fields, stories) {
    engine.door.write(ID, JSON.stringify(fields));
    const written = JSON.parse(engine.door.write_stories(ID, JSON.stringify(stories)));
    const paths = ["brand.yaml", ...written.map(({ path }) => path).filter(Boolean)];
    const files = Object.fromEntries(paths.map((path) => [path, engine.python.FS.readFile(`${FOLDER}/${path}`)]));
    return { ...JSON.parse(engine.door.plan(ID)), written, files };
  },
  file: (path, scheme) => bytes(engine.door.file(path, scheme)),
  pack: () => bytes(engine.door.pack(ID, "")),
  colours: (logo) => JSON.parse(engine.door.colours(ID, logo)),
  // What is opened, before it replaces anything: {files, refusal}.
  unzip: (data) => given(data, (path) => objects(engine.door.unpacked(path))),
  folder(found) {
    const files = engine.python.toPy(found);
    try {
      return objects(engine.door.folder(files));
    } finally {
      files.destroy();
    }
  },
};

onmessage = async ({ data: { id, call, args } }) => {
  if (call !== "begin") reading("");
  try {
    postMessage({ id, answer: await calls[call](...args) });
  } catch (error) {
    postMessage({ id, error: String(error.message ?? error) });
  }
};
