// Makes the engine of the text that the page carries, in a worker that ends when it is done: the page
// is free to answer meanwhile, and what unpacking leaves behind, twice the engine's size, goes at once.
import { decompress } from "fzstd";
import { unarmoured } from "./armour";

self.onmessage = async (event: MessageEvent<string>) => {
  try {
    self.postMessage({ module: await WebAssembly.compile(decompress(unarmoured(event.data)) as BufferSource) });
  } catch (fault) {
    self.postMessage({ dead: String(fault) });
  }
};
