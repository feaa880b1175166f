// Encodes pictures, apart from the page and the program: a message {id, image, wanted} is answered with {id, data}.

import { codecs } from "./codecs.mjs";

const encode = codecs(async (name) => {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.arrayBuffer();
});

onmessage = async ({ data: { id, image, wanted } }) => {
  try {
    postMessage({ id, data: await encode(image, wanted) });
  } catch (error) {
    postMessage({ id, error: String(error.message ?? error) });
  }
};
