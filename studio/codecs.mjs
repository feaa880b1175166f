// Encodes pictures, of pixels in RGBA. Each codec is fetched when it is first needed.
// The same in a browser (encoder.mjs) and in Node (the tests); read: a file of the studio by its name, as bytes.

const JPEG = {
  baseline: false, arithmetic: false, progressive: true, optimize_coding: true, smoothing: 0, color_space: 3, quant_table: 3,
  trellis_multipass: false, trellis_opt_zero: false, trellis_opt_table: false, trellis_loops: 1,
  auto_subsample: true, chroma_subsample: 2, separate_chroma_quality: false, chroma_quality: 75,
};
const AVIF = {
  qualityAlpha: -1, denoiseLevel: 0, tileColsLog2: 0, tileRowsLog2: 0, speed: 6, subsample: 1, chromaDeltaQ: false,
  sharpness: 0, tune: 0, enableSharpYUV: false, bitDepth: 8, lossless: false,
};
const LANCZOS = 3;

export function codecs(read) {
  const loaded = {};
  const load = (name, how) => (loaded[name] ??= how().catch((error) => {
    delete loaded[name];  // such as without a network: the next picture tries again
    throw error;
  }));

  async function begin({ default: start }, wasm) {
    const code = await WebAssembly.compile(await read(wasm));
    return start({
      noInitialRun: true,
      instantiateWasm(imports, done) {
        const instance = new WebAssembly.Instance(code, imports);
        done(instance);
        return instance.exports;
      },
    });
  }

  const jpeg = () => load("jpeg", async () => begin(await import("./jpeg/mozjpeg_enc.js"), "jpeg/mozjpeg_enc.wasm"));
  const avif = () => load("avif", async () => begin(await import("./avif/avif_enc.js"), "avif/avif_enc.wasm"));
  const resize = () => load("resize", async () => {
    const module = await import("./resize/squoosh_resize.js");
    await module.default(await read("resize/squoosh_resize_bg.wasm"));
    return module.resize;
  });

  // A file of this kind (jpeg or avif), size and quality.
  return async ({ data, width, height }, wanted) => {
    let pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    if (wanted.width !== width || wanted.height !== height) {
      const small = (await resize())(pixels, width, height, wanted.width, wanted.height, LANCZOS, true, false);
      pixels = new Uint8Array(small.buffer, small.byteOffset, small.byteLength);
    }
    const codec = await (wanted.kind === "jpeg" ? jpeg() : avif());
    const options = { ...(wanted.kind === "jpeg" ? JPEG : AVIF), quality: wanted.quality };
    return codec.encode(pixels, wanted.width, wanted.height, options).slice();
  };
}
