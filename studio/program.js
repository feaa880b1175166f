// The program, in worker.mjs: a call is answered later. What hangs is ended, with the worker, and a new one begins.

let worker, begun, count = 0;
let ready = new Promise((resolve) => { begun = resolve; });  // what is called before it began, waits for that
const waiting = new Map();

const SECONDS = { text: 5, anything: 120 };  // of work: at one file of a member, or at all else

// A call that was ended. file: what the program was reading, "" when it was at no file.
export class Late extends Error {
  constructor(file) {
    super(file ? `${file} kost te veel tijd` : "dit duurde te lang");
    this.file = file;
  }
}

export const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(new Date());

// Starts the program with the files of a folder; what it may not be used for is in the answer. broken: is
// called when it cannot run here at all. late: is called with a Late, and starts it again.
export function begin(names, files, { broken, late }) {
  let timer;
  const stop = (file) => {
    const ended = new Late(file), [running, ...others] = waiting.values();
    worker.terminate();
    waiting.clear();
    ready = late(ended);
    running?.reject(ended);
    for (const { name, args, resolve, reject } of others) call(name, ...args).then(resolve, reject);
  };
  worker = new Worker("worker.mjs", { type: "module" });
  worker.onmessage = ({ data: { id, answer, error, at } }) => {
    clearTimeout(timer);
    if (at !== undefined) {
      timer = setTimeout(stop, 1000 * (at ? SECONDS.text : SECONDS.anything), at);
      return;
    }
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  };
  worker.onerror = broken;
  ready = ask("begin", names, today()).then(async (answer) => {
    if (!answer.refusal && Object.keys(files).length) await ask("open", files);
    return answer;
  });
  begun(ready);
  return ready;
}

export const call = async (name, ...args) => { await ready; return ask(name, ...args); };

function ask(name, ...args) {
  return new Promise((resolve, reject) => {
    const id = count++;
    waiting.set(id, { name, args, resolve, reject });
    worker.postMessage({ id, call: name, args });
  });
}
