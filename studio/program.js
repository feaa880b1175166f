// The program, in worker.mjs: a call is answered later. One that hangs is ended, with the worker.

let worker, ready, usual = 0, count = 0;
const waiting = new Map();

export class Late extends Error {}

// Starts the program; what it may not be used for is in the answer. onbroken: it cannot run here at all.
export function begin(names, onbroken) {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(new Date());
  worker = new Worker("worker.mjs", { type: "module" });
  worker.onmessage = ({ data: { id, answer, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  };
  worker.onerror = onbroken;
  return (ready = ask("begin", names, today));
}

export const call = async (name, ...args) => { await ready; return ask(name, ...args); };

function ask(name, ...args) {
  return new Promise((resolve, reject) => {
    const id = count++;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, call: name, args });
  });
}

// The next call that may hang gets a minute: it makes what is made once.
let slow = false;
export const patient = () => { slow = true; };

// A call that may hang, as a text can be made so. After five seconds, or ten times what is usual, it is Late.
export async function within(name, ...args) {
  const began = performance.now(), isSlow = slow, limit = usual && !slow ? Math.max(5000, 10 * usual) : 60_000;
  slow = false;
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Late()), limit); });
  try {
    const answer = await Promise.race([call(name, ...args), late]);
    if (!isSlow) usual ||= performance.now() - began;
    return answer;
  } catch (error) {
    if (error instanceof Late) {
      worker.terminate();
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
