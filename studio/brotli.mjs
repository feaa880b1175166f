// Brotli as Python's package has it, for web fonts: the same library, see scripts/studio/compile_brotli.py.
// code: gives the bytes of the WebAssembly. Each call has a memory of its own, which goes with it.

export function brotli(code) {
  let module;

  function begin(data) {
    module ??= new WebAssembly.Module(code());
    const { exports } = new WebAssembly.Instance(module, { wasi_snapshot_preview1: { proc_exit() { throw new Error("brotli"); } } });
    exports._initialize();
    const bytes = data.toJs(), given = take(exports, bytes.length);
    new Uint8Array(exports.memory.buffer).set(bytes, given);
    return { library: exports, given, length: bytes.length };
  }

  // Of a size that comes from a file there may be no memory.
  function take(library, length) {
    const at = library.take(Math.max(length, 1));
    if (!at) throw new Error("brotli");
    return at;
  }

  const made = ({ memory }, at, length) => (length < 0 ? undefined : new Uint8Array(memory.buffer, at, length).slice());

  return {
    compress(data, mode) {
      const { library, given, length } = begin(data);
      const most = library.room(length), at = take(library, most);
      return made(library, at, library.compress(mode, given, length, at, most));
    },
    // Nothing for what is damaged, or larger than so many bytes.
    decompress(data, most) {
      const { library, given, length } = begin(data);
      const at = take(library, most);
      return made(library, at, library.decompress(given, length, at, most));
    },
  };
}
