// Bytes as text inside of a page: four bytes are five characters of 85, where base64 needs five and
// a third. It is Ascii85's arithmetic (Adobe's PostScript reference, section 3.13.3) with letters
// of its own: `<` could end the script element that holds them.

const FIRST = 40;
const LESS_THAN = 60;
/** Stands for the `<` in the row of letters: the one after the last of them. */
const INSTEAD = FIRST + 85;

/** The text for `bytes`, filled up with zeros to whole fours; the count of bytes stands in front. */
export function armoured(bytes: Uint8Array): string {
  const letters = new Uint8Array(Math.ceil(bytes.length / 4) * 5);
  for (let from = 0, to = 0; from < bytes.length; from += 4, to += 5) {
    let four = 0;
    for (let at = from; at < from + 4; at++) four = four * 256 + (bytes[at] ?? 0);
    for (let at = to + 4; at >= to; at--) {
      const code = FIRST + (four % 85);
      letters[at] = code === LESS_THAN ? INSTEAD : code;
      four = Math.floor(four / 85);
    }
  }
  return `${bytes.length} ${new TextDecoder().decode(letters)}`;
}

/** The bytes that `text` was made of. */
export function unarmoured(text: string): Uint8Array {
  const start = text.indexOf(" ") + 1;
  const length = Number(text.slice(0, start));
  const bytes = new Uint8Array(Math.ceil(length / 4) * 4);
  const view = new DataView(bytes.buffer);
  for (let from = start, to = 0; to < length; from += 5, to += 4) {
    let four = 0;
    for (let at = from; at < from + 5; at++) {
      const code = text.charCodeAt(at);
      four = four * 85 + (code === INSTEAD ? LESS_THAN : code) - FIRST;
    }
    view.setUint32(to, four);
  }
  return bytes.subarray(0, length);
}
