// A table, what was understood of it, and the sheet that is looked at.
import { computed, signal } from "@preact/signals";
import { desk, EngineClient, Faulty } from "../engine/client";
import type { Outcome, Setting, Sheet, Summary, TableRead, Told, Wishes } from "../engine/types";
import { t } from "../i18n";
import { change, download, fileName, following, say, sayFault, setting, tab, tellSetting, work } from "./state";
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
  const rows = (table.value?.rows ?? []).map((_, index) => index);
  const found = looked.value;
  if (!doubtsFirst.value || !found) return rows;
  const doubt = (index: number) => weight(found[index]);
  return rows.sort((a, b) => doubt(b) - doubt(a) || a - b);
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
  if (at.value >= (table.value.rows?.length ?? 0)) at.value = 0;
}

/** A second engine looks at all rows and makes the files, so that the first follows the keys. */
const hand = new EngineClient();
let lookTimer = 0;

function lookSoon() {
  clearTimeout(lookTimer);
  lookTimer = window.setTimeout(() => void look(), 700);
}

/** Brings the second engine to where the first one is. */
async function prepared(sheets: Work["sheets"], now: Setting): Promise<number> {
  if (!sheets.table) return 0;
  await hand.ask({ do: "set", setting: now });
  const { bytes, name } = sheets.table;
  const read = await hand.ask<TableRead>({ do: "table", bytes, name, wishes: wishes(sheets) });
  return read.rows?.length ?? 0;
}

async function look() {
  const now = work.value;
  if (!now?.sheets.table || making.value) return;
  const { sheets } = now;
  hand.stop();
  const found: Outcome[] = [];
  try {
    await prepared(sheets, setting.value);
    await hand.ask<Summary>({ do: "look", wishes: wishes(sheets) }, ({ outcome }) => outcome && found.push(outcome));
    if (work.value?.sheets === sheets) looked.value = found;
  } catch (fault) {
    // What keeps a table from being read is told where it is read.
    if (!(fault instanceof Faulty)) return;
  }
}

/** Pixels to an inch of the pictures that are sent to phones. */
const MESSENGER = 150;

/** Makes all files; they come one by one, so that progress is true and stopping is at once. */
export async function make(what: "zip" | "pdf", also: { docx?: boolean; png?: boolean } = {}) {
  const now = work.value;
  if (!now || making.value) return;
  const { sheets } = now;
  const of = table.value?.rows?.length ?? 0;
  making.value = { what, done: 0, of };
  const zip = new ZipFile();
  let [made, failed] = [0, 0];
  const hear = ({ outcome, file }: Told) => {
    if (file) zip.add(file.name, file.bytes);
    if (!outcome) return;
    made += outcome.status === "made" ? 1 : 0;
    failed += outcome.status === "failed" ? 1 : 0;
    if (making.value) making.value = { ...making.value, done: making.value.done + 1 };
  };
  try {
    hand.stop();
    await prepared(sheets, setting.value);
    if (what === "pdf") {
      const bytes = await hand.ask<Uint8Array>({ do: "merge" }, hear);
      download(fileName(now.name, "pdf"), bytes, "application/pdf");
    } else {
      await hand.ask<Summary>({ do: "make", wishes: { ...wishes(sheets), docx: also.docx, png: also.png ? MESSENGER : null } }, hear);
      download(fileName(now.name, "zip"), zip.blob());
    }
    const lost = failed ? t(`; с ошибками и пропущены: ${failed}`, `; left out for their faults: ${failed}`) : "";
    say(t(`Готово: ${made} из ${of}${lost}`, `Done: ${made} of ${of}${lost}`), failed > 0);
  } catch (fault) {
    sayFault(fault);
  } finally {
    making.value = null;
  }
}

export function stop() {
  hand.stop();
  making.value = null;
  say(t("Остановлено. Файлов не сделано.", "Stopped. No files were made."));
}

export function takeTable(name: string, bytes: Uint8Array) {
  at.value = 0;
  looked.value = null;
  change((old) => ({ sheets: { ...old.sheets, table: { name, bytes }, sheet: null } }));
  tab.value = "sheets";
}
