// Makes bytes of a text that the page carries.
import { decompress } from "fzstd";
import { unarmoured } from "./armour";

self.onmessage = ({ data }: MessageEvent<string>) => {
  const bytes = decompress(unarmoured(data));
  self.postMessage(bytes, { transfer: [bytes.buffer as ArrayBuffer] });
};
