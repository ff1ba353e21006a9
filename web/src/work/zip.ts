// A ZIP archive whose files are stored as they are: PDF and DOCX are compressed already. It is
// written as its files come, so that no copy of the whole is ever in the engine's memory.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (TABLE[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Bit 11 of the general flags: names are UTF-8 (APPNOTE 4.4.4). */
const UTF8 = 0x0800;
/** 1 January 1980, the first day that the format knows: the same files make the same archive. */
const DAY = 0x0021;

export class ZipFile {
  private parts: Uint8Array[] = [];
  private entries: { name: Uint8Array; crc: number; size: number; at: number }[] = [];
  private at = 0;

  get files(): number {
    return this.entries.length;
  }

  add(path: string, bytes: Uint8Array): void {
    const name = new TextEncoder().encode(path);
    const entry = { name, crc: crc32(bytes), size: bytes.length, at: this.at };
    this.entries.push(entry);
    this.push(header(0x04034b50, [], entry, []), name, bytes);
  }

  blob(): Blob {
    const start = this.at;
    for (const entry of this.entries) {
      // Version made by; then no comment, disk 0, no attributes, and where the file begins.
      const tail: [number, 2 | 4][] = [[0, 2], [0, 2], [0, 2], [0, 4], [entry.at, 4]];
      this.push(header(0x02014b50, [[20, 2]], entry, tail), entry.name);
    }
    const [count, size] = [this.entries.length, this.at - start];
    const end: [number, 2 | 4][] = [[0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [start, 4], [0, 2]];
    this.push(fields(end));
    return new Blob(this.parts as BlobPart[], { type: "application/zip" });
  }

  private push(...parts: Uint8Array[]) {
    for (const part of parts) {
      this.parts.push(part);
      this.at += part.length;
    }
  }
}

function header(
  mark: number,
  before: [number, 2 | 4][],
  entry: { name: Uint8Array; crc: number; size: number },
  after: [number, 2 | 4][],
): Uint8Array {
  const { name, crc, size } = entry;
  const common: [number, 2 | 4][] = [
    [20, 2], [UTF8, 2], [0, 2], [0, 2], [DAY, 2], [crc, 4], [size, 4], [size, 4], [name.length, 2], [0, 2],
  ];
  return fields([[mark, 4], ...before, ...common, ...after]);
}

function fields(all: [number, 2 | 4][]): Uint8Array {
  const size = all.reduce((sum, [, width]) => sum + width, 0);
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  for (const [value, width] of all) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return new Uint8Array(view.buffer);
}
