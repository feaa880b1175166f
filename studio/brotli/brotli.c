// What studio/brotli.mjs calls of Brotli. A caller takes memory for what goes in and what comes out.

#include <stdlib.h>

#include <brotli/decode.h>
#include <brotli/encode.h>

#define EXPORT(name) __attribute__((export_name(#name)))

EXPORT(take) void *take(size_t length) { return malloc(length); }

// The size that what is compressed has at most.
EXPORT(room) size_t room(size_t length) { return BrotliEncoderMaxCompressedSize(length); }

// As Python's package does when it is not told otherwise. Returns the length, or -1.
EXPORT(compress) long compress(int mode, const uint8_t *in, size_t length, uint8_t *out, size_t room) {
  BrotliEncoderState *state = BrotliEncoderCreateInstance(NULL, NULL, NULL);
  BrotliEncoderSetParameter(state, BROTLI_PARAM_MODE, mode);
  size_t left = room;
  BrotliEncoderCompressStream(state, BROTLI_OPERATION_FINISH, &length, &in, &left, &out, NULL);
  return BrotliEncoderIsFinished(state) ? (long)(room - left) : -1;
}

// Returns the length, or -1 for what is damaged, does not fit, or has more behind it.
EXPORT(decompress) long decompress(const uint8_t *in, size_t length, uint8_t *out, size_t room) {
  BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
  size_t left = room;
  BrotliDecoderResult result = BrotliDecoderDecompressStream(state, &length, &in, &left, &out, NULL);
  return result == BROTLI_DECODER_RESULT_SUCCESS && !length ? (long)(room - left) : -1;
}
