// Makes bytes of a text that the page carries, or says why that cannot be done.
import { decompress } from "fzstd";
import { unarmoured } from "./armour";

self.onmessage = ({ data }: MessageEvent<string>) => {
  try {
    const bytes = decompress(unarmoured(data));
    self.postMessage(bytes, { transfer: [bytes.buffer as ArrayBuffer] });
  } catch (fault) {
    self.postMessage(String(fault));
  }
};
