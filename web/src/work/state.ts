// What is being worked on, and what the engine last said of it.
import { computed, effect, signal } from "@preact/signals";
import first from "../../../templates/final-document/sample.yaml?raw";
import { Broken, desk, Ended, Faulty } from "../engine/client";
import type { Builtin, Composed, NamedFile, Setting } from "../engine/types";
import { t } from "../i18n";
import { messageOf } from "./fault";
import * as store from "./store";
import type { Kept, Work } from "./store";

export type Tab = "document" | "sheets" | "design";

export const tab = signal<Tab>("document");
export const work = signal<Work | null>(null);
export const works = signal<Work[]>([]);
export const builtins = signal<Builtin[]>([]);
/** Whether what is on the screen lies in the browser's database, too. */
export const saved = signal<"saved" | "saving" | "failed">("saved");
/** A word at the foot of the page, for what went well or wrong. */
export const notice = signal<{ text: string; bad: boolean } | null>(null);

/** The engine cannot be had: nothing but the texts will ever be shown. */
export const broken = signal(false);

let noticeTimer = 0;

export function say(text: string, bad = false) {
  notice.value = { text, bad };
  clearTimeout(noticeTimer);
  noticeTimer = window.setTimeout(() => (notice.value = null), bad ? 12000 : 5000);
}

/** Says what went wrong where something was to be made. */
export function sayFault(fault: unknown) {
  if (fault instanceof Faulty) say(fault.faults[0] ? messageOf(fault.faults[0]) : "", true);
  else if (fault instanceof Ended && fault.message === "stopped") return;
  else if (fault instanceof Broken) {
    broken.value = true;
  } else {
    say(t("Что-то сломалось внутри. Текст цел; попробуйте ещё раз.", "Something broke inside. Your text is safe; try again."), true);
  }
}

let keeping = 0;

/** Changes the work; it is kept a moment later. */
export function change(what: (work: Work) => Partial<Work>) {
  const now = work.value;
  if (!now) return;
  work.value = { ...now, ...what(now), changed: Date.now() };
  saved.value = "saving";
  clearTimeout(keeping);
  keeping = window.setTimeout(() => void keepNow(), 300);
}

/** Keeps the work at once: the page may be closing. */
export async function keepNow(): Promise<void> {
  clearTimeout(keeping);
  const now = work.value;
  if (!now || saved.value === "saved") return;
  try {
    await store.keep(now);
    saved.value = "saved";
    works.value = [now, ...works.value.filter((other) => other.id !== now.id)];
  } catch {
    saved.value = "failed";
  }
}

const NAMES = ["Моя первая работа", "My first work", "Новая работа", "New work"];

/** A work that nobody has named yet is called by what it has become, and so are its files. */
export function renamed(old: Work, name: string): Partial<Work> {
  return NAMES.includes(old.name) && name ? { name } : {};
}

export function blank(name: string, text: string): Work {
  return {
    id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
    name,
    changed: Date.now(),
    document: { text, file: "document.yaml", design: null },
    sheets: { table: null, sheet: null, hidden: false, common: "", design: null },
    design: null,
    pictures: [],
    names: "",
  };
}

export async function open(next: Work) {
  await keepNow();
  work.value = next;
  saved.value = "saving";
  await keepNow();
}

export async function remove(id: string) {
  await store.forget(id);
  works.value = works.value.filter((other) => other.id !== id);
}

/** The sample of a design of the library. */
export async function sample(name: string): Promise<string> {
  const files = await desk.ask<NamedFile[]>({ do: "filesOf", name });
  const found = files.find(([file]) => file === "sample.yaml");
  return found ? new TextDecoder().decode(found[1]) : "";
}

export async function begin() {
  const asked = desk.ask<Builtin[]>({ do: "builtins" });
  try {
    works.value = await store.all();
  } catch {
    saved.value = "failed";
  }
  const last = works.value[0];
  if (last) work.value = last;
  else await open(blank(t("Моя первая работа", "My first work"), first));
  builtins.value = await asked;
}

const named = (files: Kept[]): NamedFile[] => files.map(({ name, bytes }) => [name, bytes]);

/** What all workers must know before they make anything. */
export const setting = computed<Setting>(() => {
  const now = work.value;
  const own = now?.design;
  return {
    pictures: named(now?.pictures ?? []),
    designs: own ? [{ name: own.name, files: named(own.files) }] : [],
    names: now?.names ?? "",
  };
});

/** What the engine last said of the document; the pages are those of the last good one. */
export const composed = signal<Composed | null>(null);
/** Whether the pages are those of the text as it stands. */
export const fresh = signal(false);

/** Calls `job` whenever `watch` gives something new, never twice at once, and always for what is
 * newest: what was overtaken while the engine was busy is never made. */
export function following<T>(watch: () => T | null, job: (what: T) => Promise<void>): () => void {
  let next: { what: T } | null = null;
  let busy = false;
  const go = async () => {
    busy = true;
    while (next) {
      const { what }: { what: T } = next;
      next = null;
      await job(what).catch(sayFault);
    }
    busy = false;
  };
  return effect(() => {
    const what = watch();
    if (what === null) return;
    next = { what };
    // Not inside of the effect, which must not come to depend on what the job reads.
    if (!busy) queueMicrotask(() => void (busy || go()));
  });
}

let toldSetting: Setting | null = null;

/** Lets the engine know what has changed about it. */
export async function tellSetting(now: Setting) {
  // Pictures and designs are the same objects until they change.
  const same =
    toldSetting !== null &&
    toldSetting.names === now.names &&
    alike(toldSetting.pictures, now.pictures) &&
    toldSetting.designs.length === now.designs.length &&
    now.designs.every((design, at) => {
      const other = toldSetting?.designs[at];
      return other?.name === design.name && alike(other.files, design.files);
    });
  if (same) return;
  toldSetting = now;
  await desk.ask({ do: "set", setting: now });
}

function alike(a: NamedFile[], b: NamedFile[]): boolean {
  return a.length === b.length && a.every(([name, bytes], at) => name === b[at]?.[0] && bytes === b[at]?.[1]);
}

/** Follows the document with its pages. */
export function followDocument() {
  return following(
    () => {
      const now = work.value;
      if (!now || tab.value !== "document") return null;
      return { document: now.document, setting: setting.value };
    },
    async ({ document, setting }) => {
      fresh.value = false;
      const { text, file, design } = document;
      // The engine hears the one before the other; nobody waits for it to say that it has heard.
      const [, made] = await Promise.all([
        tellSetting(setting),
        desk.ask<Composed>({ do: "compose", text, name: file, design }),
      ]);
      const before = composed.value;
      // A text with an error has no pages: the last good ones stay, and are shown to be old.
      composed.value = made.pages ? made : { ...made, pages: before?.pages ?? 0, svg: before?.svg ?? [] };
      fresh.value = made.pages > 0;
    },
  );
}

/** Gives a file to the user. */
export function download(name: string, what: Blob | Uint8Array, type = "application/octet-stream") {
  const blob = what instanceof Blob ? what : new Blob([what as BlobPart], { type });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** A name that every system takes for a file. */
export function fileName(name: string, ending: string): string {
  const plain = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").trim().slice(0, 120);
  return `${plain || "itog"}.${ending}`;
}
