// Where everything is kept: the browser's own database, on this computer.

/** A file of the user's: a picture, a table, a template. */
export type Kept = { name: string; bytes: Uint8Array };

export type Work = {
  id: string;
  name: string;
  changed: number;
  /** The document: its text and, if it is not the usual one, its design. */
  document: { text: string; file: string; design: string | null };
  sheets: {
    table: Kept | null;
    sheet: string | null;
    hidden: boolean;
    common: string;
    design: string | null;
  };
  /** A design of one's own, by name. */
  design: { name: string; base: string; files: Kept[] } | null;
  /** What the data name: logo, signatures, stamp. */
  pictures: Kept[];
  /** The user's dictionary, `names.yaml`. */
  names: string;
};

const DB = "itog";
const STORE = "works";

let opened: Promise<IDBDatabase> | undefined;

function db(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DB, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function all(): Promise<Work[]> {
  const works = await done<Work[]>((await db()).transaction(STORE).objectStore(STORE).getAll());
  return works.sort((a, b) => b.changed - a.changed);
}

export async function keep(work: Work): Promise<void> {
  const transaction = (await db()).transaction(STORE, "readwrite");
  await done(transaction.objectStore(STORE).put(work));
}

export async function forget(id: string): Promise<void> {
  const transaction = (await db()).transaction(STORE, "readwrite");
  await done(transaction.objectStore(STORE).delete(id));
}

type Packed<T> = T extends Uint8Array
  ? { base64: string }
  : T extends object
    ? { [K in keyof T]: Packed<T[K]> }
    : T;

const MARK = "itog-work";

/** A work as one file that can be carried to another computer. */
export function toFile(work: Work): Blob {
  const text = JSON.stringify({ [MARK]: 1, ...work }, (_, value: unknown) =>
    value instanceof Uint8Array ? { base64: base64(value) } : value,
  );
  return new Blob([text], { type: "application/json" });
}

/** The work of such a file, or null if it is not one. */
export function fromFile(text: string): Work | null {
  try {
    const read = JSON.parse(text, (_, value: unknown) =>
      isPacked(value) ? bytes(value.base64) : value,
    ) as Work & { [MARK]?: number };
    if (read[MARK] !== 1) return null;
    delete read[MARK];
    return read;
  } catch {
    return null;
  }
}

function isPacked(value: unknown): value is Packed<Uint8Array> {
  return typeof value === "object" && value !== null && typeof (value as { base64?: unknown }).base64 === "string";
}

export function base64(data: Uint8Array): string {
  let text = "";
  // In pieces, since a call takes only so many arguments.
  for (let at = 0; at < data.length; at += 0x8000) {
    text += String.fromCharCode(...data.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
