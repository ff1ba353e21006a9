// A table, what was understood of it, and the sheet that is looked at.
import { computed, signal } from "@preact/signals";
import { desk, EngineClient, Faulty } from "../engine/client";
import type { Fault, Outcome, Setting, Sheet, Summary, TableRead, Told, Wishes } from "../engine/types";
import { t } from "../i18n";
import { change, download, fileName, following, renamed, say, sayFault, setting, tab, tellSetting, work } from "./state";
import type { Work } from "./store";
import { ZipFile } from "./zip";

export const table = signal<TableRead | null>(null);
export const at = signal(0);
export const sheet = signal<Sheet | null>(null);
export const sheetFresh = signal(false);
/** What a look at all rows found, by their place in the table. */
export const looked = signal<Outcome[] | null>(null);

/** What is being made, and how far it is. */
export const making = signal<{ what: "zip" | "pdf"; done: number; of: number } | null>(null);

/** Rows in the order in which they are looked at. */
export const doubtsFirst = signal(false);
export const order = computed<number[]>(() => {
  const found = looked.value;
  // What is no row but a note, such as a total, gets no sheet.
  const rows = (table.value?.rows ?? []).map((_, index) => index).filter((index) => found?.[index]?.status !== "left");
  if (!doubtsFirst.value || !found) return rows;
  const doubt = (index: number) => weight(found[index]);
  return rows.sort((a, b) => doubt(b) - doubt(a) || a - b);
});

/** All that is said of the sheet that is looked at: of some faults only a look at all rows knows, such
 * as of a recipient who is there twice. */
export const sheetFaults = computed<Fault[]>(() => {
  const own = sheet.value?.faults ?? [];
  const others = looked.value?.find((outcome) => outcome.row === sheet.value?.row)?.faults ?? [];
  const said = new Set(own.map((fault) => fault.code));
  return [...own, ...others.filter((fault) => !said.has(fault.code))];
});

/** How much an outcome wants to be looked at. */
export function weight(outcome: Outcome | undefined): number {
  if (!outcome) return 0;
  if (outcome.status === "failed") return 3;
  if (outcome.status === "left") return 1;
  return outcome.faults.length ? 2 : 0;
}

function wishes(sheets: Work["sheets"]): Wishes {
  return { sheet: sheets.sheet, hidden: sheets.hidden, common: sheets.common, design: sheets.design, pdf: true };
}

let readFor: { sheets: Work["sheets"]; setting: Setting } | null = null;

export function followSheets() {
  return following(
    () => {
      const now = work.value;
      if (!now || tab.value !== "sheets") return null;
      return { sheets: now.sheets, setting: setting.value, at: order.value[at.value] ?? 0 };
    },
    async (what) => {
      const changed = readFor?.sheets !== what.sheets || readFor.setting !== what.setting;
      sheetFresh.value = false;
      if (changed) {
        await tellSetting(what.setting);
        await read(what.sheets);
        readFor = { sheets: what.sheets, setting: what.setting };
        lookSoon();
      }
      const found = table.value?.rows?.length ? await desk.ask<Sheet | null>({ do: "sheet", at: what.at }) : null;
      const before = sheet.value;
      // A sheet that cannot be made leaves the last one in sight, shown to be old.
      sheet.value = found && !found.pages && changed ? { ...found, pages: before?.pages ?? 0, svg: before?.svg ?? [] } : found;
      sheetFresh.value = Boolean(found?.pages);
    },
  );
}

async function read(sheets: Work["sheets"]) {
  if (!sheets.table) {
    table.value = null;
    looked.value = null;
    return;
  }
  const { bytes, name } = sheets.table;
  table.value = await desk.ask<TableRead>({ do: "table", bytes, name, wishes: wishes(sheets) });
  if (at.value >= order.value.length) at.value = 0;
}

/** A second engine looks at all rows and makes the files, so that the first follows the keys. */
const hand = new EngineClient();
let lookTimer = 0;

function lookSoon() {
  clearTimeout(lookTimer);
  lookTimer = window.setTimeout(() => void look(), 700);
}

/** Brings another engine to where the first one is. */
async function prepared(engine: EngineClient, sheets: Work["sheets"], now: Setting): Promise<void> {
  if (!sheets.table) return;
  await engine.ask({ do: "set", setting: now });
  const { bytes, name } = sheets.table;
  await engine.ask<TableRead>({ do: "table", bytes, name, wishes: wishes(sheets) });
}

async function look() {
  const now = work.value;
  if (!now?.sheets.table || making.value) return;
  const { sheets } = now;
  hand.stop();
  const found: Outcome[] = [];
  try {
    await prepared(hand, sheets, setting.value);
    await hand.ask<Summary>({ do: "look", wishes: wishes(sheets) }, ({ outcome }) => outcome && found.push(outcome));
    if (work.value?.sheets === sheets) looked.value = found;
  } catch (fault) {
    // What keeps a table from being read is told where it is read.
    if (!(fault instanceof Faulty)) return;
  }
}

/** Pixels to an inch of the pictures that are sent to phones. */
const MESSENGER = 150;

/** Engines that share the rows of a long table, the second one among them. */
const crew = [hand, new EngineClient(), new EngineClient(), new EngineClient()];

/** From so many rows on another engine is worth its start. */
const ROWS_EACH = 150;

function crewFor(rows: number): EngineClient[] {
  const cores = navigator.hardwareConcurrency || 2;
  return crew.slice(0, Math.max(1, Math.min(cores, Math.floor(rows / ROWS_EACH))));
}

/** Makes all files; they come one by one, so that progress is true and stopping is at once. */
export async function make(what: "zip" | "pdf", also: { docx?: boolean; png?: boolean } = {}) {
  const now = work.value;
  if (!now || making.value) return;
  const { sheets } = now;
  const of = table.value?.rows?.length ?? 0;
  making.value = { what, done: 0, of };
  const total = { made: 0, failed: 0, left: 0 };
  const hear = ({ outcome }: Told) => {
    if (!outcome) return;
    total.made += outcome.status === "made" ? 1 : 0;
    total.failed += outcome.status === "failed" ? 1 : 0;
    total.left += outcome.status === "left" ? 1 : 0;
    if (making.value) making.value = { ...making.value, done: making.value.done + 1 };
  };
  try {
    clearTimeout(lookTimer);
    hand.stop();
    if (what === "pdf") {
      await prepared(hand, sheets, setting.value);
      const bytes = await hand.ask<Uint8Array>({ do: "merge" }, hear);
      download(fileName(now.name, "pdf"), bytes, "application/pdf");
    } else {
      const asked = { ...wishes(sheets), docx: also.docx, png: also.png ? MESSENGER : null };
      const parts = await Promise.all(shards(of, asked, sheets, hear));
      download(fileName(now.name, "zip"), inOrder(parts));
    }
    const { made, failed, left } = total;
    const lost = failed ? t(`; с ошибками и пропущены: ${failed}`, `; left out for their faults: ${failed}`) : "";
    say(t(`Готово: ${made} из ${of - left}${lost}`, `Done: ${made} of ${of - left}${lost}`), failed > 0);
  } catch (fault) {
    sayFault(fault);
  } finally {
    for (const one of crew) one.stop();
    making.value = null;
  }
}

type Files = NonNullable<Told["file"]>[];

/** Every engine makes each n-th row: for each of them, the files of its rows one after the other.
 * Names and bytes are those of the whole, whoever makes them. */
function shards(rows: number, asked: Wishes, sheets: Work["sheets"], hear: (told: Told) => void) {
  const all = crewFor(rows);
  return all.map(async (engine, at): Promise<Files[]> => {
    const done: Files[] = [];
    let files: Files = [];
    await prepared(engine, sheets, setting.value);
    const shard: [number, number] | undefined = all.length > 1 ? [at + 1, all.length] : undefined;
    await engine.ask<Summary>({ do: "make", wishes: { ...asked, shard } }, (told) => {
      if (told.file) files.push(told.file);
      // A row's files come before what is said of it.
      if (told.outcome) {
        done.push(files);
        files = [];
      }
      hear(told);
    });
    return done;
  });
}

/** The archive of all rows in the order of the table. */
function inOrder(parts: Files[][]): Blob {
  const zip = new ZipFile();
  const longest = Math.max(...parts.map((part) => part.length));
  for (let row = 0; row < longest; row += 1) {
    for (const part of parts) for (const { name, bytes } of part[row] ?? []) zip.add(name, bytes);
  }
  return zip.blob();
}

export function stop() {
  for (const one of crew) one.stop();
  making.value = null;
  say(t("Остановлено. Файлов не сделано.", "Stopped. No files were made."));
}

/** A work without a name gets the list's. */
export function takeTable(name: string, bytes: Uint8Array, title = name.replace(/\.[^.]*$/, "")) {
  at.value = 0;
  looked.value = null;
  change((old) => ({ ...renamed(old, title), sheets: { ...old.sheets, table: { name, bytes }, sheet: null } }));
  tab.value = "sheets";
}
