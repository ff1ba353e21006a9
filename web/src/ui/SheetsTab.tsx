// Certificates of a table: the list, what they share, how they look; the sheets one by one.
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { isMap } from "yaml";
import common from "../../../examples/data/common.yaml?raw";
import people from "../../../examples/data/people.csv?raw";
import { desk } from "../engine/client";
import { count, lang, t } from "../i18n";
import { completion } from "../work/complete";
import { dictionaryRemedies, remedies } from "../work/remedy";
import { word } from "../work/schema";
import {
  at, doubtsFirst, looked, make, making, order, sheet, sheetFaults, sheetFresh, stop, table, takeTable, weight,
} from "../work/sheets";
import { builtins, change, download, work } from "../work/state";
import { peopleForm } from "../work/workbook";
import { nodeAt, seen, said, without, withValue } from "../work/yaml";
import { CodeEditor } from "./CodeEditor";
import { Faults } from "./Faults";
import { Form, Tool } from "./Form";
import { Cards, Dialog, named } from "./Gallery";
import { Icon } from "./icons";
import { Picture } from "./Picture";
import { Preview } from "./Preview";
import { Split } from "./Split";

const mode = signal<"form" | "text">("form");
const designs = signal(false);
const pasting = signal(false);

/** What nearly every certificate says, asked for even where nothing is written yet. */
const ALWAYS = ["kind", "for", "event", "date", "place", "issuer", "signatures"];
/** What has a place of its own on this page, or comes from the table. */
const EXCEPT = ["design", "columns", "recipient"];

const put = (text: string) => change((old) => ({ sheets: { ...old.sheets, common: text } }));

export function SheetsTab() {
  const now = work.value;
  if (!now) return null;
  const { sheets } = now;
  const faults = table.value?.faults ?? [];
  return (
    <Split
      label={t("Ширина правки", "Width of the editor")}
      left={
        <section class="editor" aria-label={t("Правка", "Editor")}>
          <div class="edit steps">
            <Step number={1} title={t("Список", "The list")}><List /></Step>
            <Step
              number={2}
              title={t("Общее для всех", "What all share")}
              aside={
                <div class="segments" role="group" aria-label={t("Как править", "How to edit")}>
                  <button type="button" aria-pressed={mode.value === "form"} onClick={() => (mode.value = "form")}>{t("Форма", "Form")}</button>
                  <button type="button" aria-pressed={mode.value === "text"} onClick={() => (mode.value = "text")}>{t("Текст", "Text")}</button>
                </div>
              }
            >
              {mode.value === "form" ? (
                <Form kind="common" text={sheets.common} faults={faults} onChange={put} always={ALWAYS} except={EXCEPT} onText={() => (mode.value = "text")} />
              ) : (
                <div class="code-box">
                  <CodeEditor value={sheets.common} language="yaml" label={t("Общее для всех", "What all share")} faults={faults} complete={COMPLETE} onChange={put} />
                </div>
              )}
            </Step>
            <Step number={3} title={t("Оформление", "Design")}><Look /></Step>
          </div>
          <Make />
        </section>
      }
      right={<Sheets />}
    />
  );
}

const COMPLETE = completion("common");

function Step({ number, title, aside, children }: { number: number; title: string; aside?: preact.ComponentChild; children: preact.ComponentChildren }) {
  return (
    <section class="step" aria-label={title}>
      <header><h2><span class="step-number">{number}</span>{title}</h2>{aside}</header>
      {children}
    </section>
  );
}

/** The list: where it comes from, and what its columns became. */
function List() {
  const now = work.value;
  const input = useRef<HTMLInputElement>(null);
  const read = table.value;
  const take = async (file: File | undefined) => {
    if (file) takeTable(file.name, new Uint8Array(await file.arrayBuffer()));
  };
  const sample = () => {
    // As her own lists have it, and not as programs do.
    const [, ...rows] = people.split("\n");
    const head = "№ благодарности,ФИО,Пол,Должность,Организация,За что";
    takeTable(t("пример.csv", "sample.csv"), new TextEncoder().encode([head, ...rows].join("\n")));
    if (!now?.sheets.common.trim()) put(common);
  };
  const kept = now?.sheets.table;
  return (
    <>
      <div class={`drop ${kept ? "filled" : ""}`}>
        <input
          ref={input} type="file" class="unseen" tabIndex={-1} aria-hidden="true" id="table-file"
          accept=".xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt,.html,.htm,.json,.jsonl,.yaml,.yml"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        {kept ? (
          <p class="file"><Icon name="table" /><strong>{kept.name}</strong> <span class="hint">{rowsText(read?.rows && order.value.length)}</span></p>
        ) : (
          <p>{t("Перетащите сюда файл Excel или вставьте ячейки", "Drop an Excel file here, or paste cells")}</p>
        )}
        <div class="row">
          <button type="button" class={`button ${kept ? "" : "primary"}`} onClick={() => input.current?.click()}>
            {kept ? t("Другой файл", "Another file") : t("Выбрать файл", "Choose a file")}
          </button>
          <button type="button" class="button" onClick={() => (pasting.value = true)}>{t("Вставить ячейки", "Paste cells")}</button>
          {!kept && <button type="button" class="link" onClick={() => download(t("форма.xlsx", "form.xlsx"), peopleForm())}>{t("скачать форму Excel", "get a form for Excel")}</button>}
          {!kept && <button type="button" class="link" onClick={sample}>{t("попробовать на примере", "try a sample")}</button>}
        </div>
      </div>
      <Paste />
      <SheetChoice />
      <Columns />
      {(kept || (read?.faults.length ?? 0) > 0) && <Faults faults={read?.faults ?? []} remedies={(fault) => remedies(fault, now?.sheets.common ?? "")} onMend={put} />}
    </>
  );
}

function rowsText(rows: number | undefined): string {
  return rows === undefined ? "" : count(rows, ["строка", "строки", "строк"], ["row", "rows"]);
}

function Paste() {
  const [text, setText] = useState("");
  const done = () => {
    pasting.value = false;
    if (text.trim()) takeTable(t("вставленные ячейки.tsv", "pasted cells.tsv"), new TextEncoder().encode(text), "");
    setText("");
  };
  return (
    <Dialog open={pasting.value} title={t("Вставьте ячейки из Excel", "Paste cells of Excel")} onClose={() => (pasting.value = false)}>
      <p class="hint">{t("Скопируйте таблицу вместе с названиями столбцов и вставьте сюда: Ctrl+V.", "Copy the table with the names of its columns and paste it here: Ctrl+V.")}</p>
      <textarea class="paste" rows={12} value={text} aria-label={t("Ячейки", "Cells")} onInput={(event) => setText(event.currentTarget.value)} />
      <div class="row"><button type="button" class="button primary" disabled={!text.trim()} onClick={done}>{t("Готово", "Done")}</button></div>
    </Dialog>
  );
}

function SheetChoice() {
  const read = table.value?.plan;
  const chosen = work.value?.sheets.sheet;
  if (!read || read.sheets.length < 2) return null;
  return (
    <label class="inline">
      {t("Лист книги", "Sheet")}
      <select value={chosen ?? read.sheet ?? ""} onChange={(event) => {
        const name = event.currentTarget.value;
        change((old) => ({ sheets: { ...old.sheets, sheet: name } }));
      }}>
        {read.sheets.map((one) => <option key={one.name} value={one.name}>{one.name}{one.hidden ? t(" (скрыт)", " (hidden)") : ""}</option>)}
      </select>
    </label>
  );
}

const WHY: Record<string, [string, string]> = {
  Name: ["по названию", "by its name"], Cells: ["по значениям", "by its cells"], Said: ["вы указали", "you said so"],
  Twice: ["есть столбец вернее", "another column is surer"], OtherKinds: ["вид уже задан", "the kind is given"],
  Asked: ["спрашивает шаблон", "the template asks"], Unknown: ["", ""],
};

type ColumnKind = { key: string; title: string; titleEn: string };
const kinds = signal<ColumnKind[]>([]);

function Columns() {
  const plan = table.value?.plan;
  useEffect(() => {
    if (!kinds.value.length) void desk.ask<ColumnKind[]>({ do: "columns" }).then((all) => (kinds.value = all));
  }, []);
  if (!plan) return null;
  const russian = lang.value === "ru";
  const choose = (header: string, key: string) => {
    let text = work.value?.sheets.common ?? "";
    const map = nodeAt(seen(text), ["columns"]);
    if (isMap(map)) {
      for (const pair of map.items) if (said(pair.value) === header) text = without(text, ["columns", said(pair.key)]);
    }
    put(key ? withValue(text, ["columns", key], header) : text);
  };
  return (
    <table class="columns">
      <caption class="unseen">{t("Столбцы и что они значат", "Columns and what they became")}</caption>
      <thead><tr><th scope="col">{t("Столбец", "Column")}</th><th scope="col">{t("Что это", "What it is")}</th><th scope="col">{t("Например", "For example")}</th></tr></thead>
      <tbody>
        {plan.columns.map((column) => (
          <tr key={column.letter} class={column.key ? "" : "unused"}>
            <th scope="row"><span class="letter">{column.letter}</span>{column.header}</th>
            <td>
              <select
                aria-label={t(`Что значит столбец «${column.header}»`, `What the column “${column.header}” is`)}
                value={column.key ?? ""}
                onChange={(event) => choose(column.header, event.currentTarget.value)}
              >
                <option value="">{column.title && !column.key ? (russian ? column.title : column.titleEn) : column.key ? t("как понято само", "as understood") : t("не используется", "not used")}</option>
                {kinds.value.map((kind) => <option key={kind.key} value={kind.key}>{russian ? kind.title : kind.titleEn}</option>)}
              </select>
              <span class="hint">{WHY[column.why]?.[russian ? 0 : 1]}</span>
            </td>
            <td class="samples">{column.samples.slice(0, 2).join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const PALETTES = ["wine", "navy", "forest", "gold", "violet", "graphite"];

/** Design, colours, paper, pictures: written into the shared data, as by hand. */
function Look() {
  const now = work.value;
  const text = now?.sheets.common ?? "";
  const design = nodeAt(seen(text), ["design"]);
  const of = (key: string) => (isMap(design) ? said(design.get(key, true)) : "");
  const set = (key: string, value: string) => put(value ? withValue(text, ["design", key], value) : without(text, ["design", key]));
  const list = builtins.value.filter((one) => one.name.startsWith("certificate"));
  const own = now?.design;
  const template = of("template") || "certificate-classic";
  const chosen = list.find((one) => one.name === template);
  return (
    <div class="look">
      <div class="field">
        <span class="label">{t("Образец", "Design")}</span>
        <button type="button" class="button" onClick={() => (designs.value = true)}>
          <Icon name="grid" />{chosen ? named(chosen).title : template}
        </button>
      </div>
      <div class="field">
        <span class="label" id="palette">{t("Цвет", "Colour")}</span>
        <div class="swatches" role="group" aria-labelledby="palette">
          <button type="button" class="swatch own" aria-pressed={!of("palette")} onClick={() => set("palette", "")}>{t("свой", "own")}</button>
          {PALETTES.map((one) => (
            <button key={one} type="button" class={`swatch ${one}`} aria-pressed={of("palette") === one} aria-label={word(one)} title={word(one)} onClick={() => set("palette", one)} />
          ))}
        </div>
      </div>
      <div class="field">
        <span class="label" id="paper">{t("Лист", "Page")}</span>
        <div class="segments" role="group" aria-labelledby="paper">
          {["", "portrait", "landscape"].map((one) => (
            <button key={one} type="button" aria-pressed={of("orientation") === one} onClick={() => set("orientation", one)}>
              {one ? word(one) : t("как в образце", "as designed")}
            </button>
          ))}
        </div>
      </div>
      <div class="field">
        <span class="label">{t("Эмблема", "Logo")}</span>
        <Picture title={t("Файл", "File")} name={of("logo")} onName={(name) => set("logo", name)} onRemove={() => set("logo", "")} />
      </div>
      <Dialog open={designs.value} title={t("Образцы грамот", "Designs of certificates")} onClose={() => (designs.value = false)} wide>
        {own && (
          <button type="button" class="button" onClick={() => { designs.value = false; set("template", own.name); }}>
            {t(`Своё оформление: ${own.name}`, `Your own design: ${own.name}`)}
          </button>
        )}
        <Cards list={list} chosen={template} label={t("Образцы", "Designs")} onPick={(name) => { designs.value = false; set("template", name); }} />
      </Dialog>
    </div>
  );
}

function Make() {
  const [docx, setDocx] = useState(true);
  const [png, setPng] = useState(false);
  const rows = table.value?.rows?.length ?? 0;
  const now = making.value;
  if (now) {
    return (
      <div class="make" role="group" aria-label={t("Делаются файлы", "Files are being made")}>
        <label class="progress">
          <span role="status">{t(`Готово ${now.done} из ${now.of}`, `${now.done} of ${now.of} done`)}</span>
          <progress value={now.done} max={now.of || 1} />
        </label>
        <button type="button" class="button" onClick={stop}><Icon name="stop" />{t("Остановить", "Stop")}</button>
      </div>
    );
  }
  return (
    <div class="make">
      <label class="check"><input type="checkbox" checked={docx} onChange={(event) => setDocx(event.currentTarget.checked)} />{t("и файлы Word", "Word files, too")}</label>
      <label class="check"><input type="checkbox" checked={png} onChange={(event) => setPng(event.currentTarget.checked)} />{t("и картинки", "pictures, too")}</label>
      <div class="actions">
        <button type="button" class="button" disabled={!rows} onClick={() => void make("pdf")}>
          <Icon name="print" />{t("Один PDF для печати", "One PDF for the printer")}
        </button>
        <button type="button" class="button primary" disabled={!rows} onClick={() => void make("zip", { docx, png })}>
          <Icon name="download" />{t("Архив: файл каждому", "Archive: a file each")}
        </button>
      </div>
    </div>
  );
}

/** One sheet after the other. */
function Sheets() {
  const now = sheet.value;
  const total = order.value.length;
  const step = (by: number) => (at.value = Math.min(total - 1, Math.max(0, at.value + by)));
  const found = looked.value;
  const doubts = found?.filter((outcome) => weight(outcome) > 1).length ?? 0;
  if (!total) {
    return (
      <section class="preview" aria-label={t("Листы", "Sheets")}>
        <div class="canvas empty" tabIndex={0} role="group" aria-label={t("Листы", "Sheets")}>
          <p>{t("Здесь появятся грамоты — по одной на каждую строку списка.", "Certificates will appear here, one for each row of the list.")}</p>
        </div>
      </section>
    );
  }
  return (
    <div
      class="sheets"
      onKeyDown={(event) => {
        const typing = (event.target as HTMLElement).matches("input, textarea, select");
        if (typing) return;
        if (event.key === "ArrowLeft") step(-1);
        if (event.key === "ArrowRight") step(1);
      }}
    >
      <Preview
        pages={now?.pages ?? 0}
        svg={now?.svg ?? []}
        stale={!sheetFresh.value}
        label={t("Листы", "Sheets")}
        more={(number) => desk.ask<string>({ do: "sheetPage", number })}
      >
        <div class="pager" role="group" aria-label={t("Листать", "Step through")}>
          <Tool icon="left" label={t("Предыдущий", "Previous")} disabled={at.value === 0} onClick={() => step(-1)} />
          <span role="status">{t(`${at.value + 1} из ${total}`, `${at.value + 1} of ${total}`)}</span>
          <Tool icon="right" label={t("Следующий", "Next")} disabled={at.value >= total - 1} onClick={() => step(1)} />
        </div>
        <span class="recipient">{now?.recipient}</span>
        {doubts > 0 && (
          <label class="check">
            <input type="checkbox" checked={doubtsFirst.value} onChange={(event) => { doubtsFirst.value = event.currentTarget.checked; at.value = 0; }} />
            {t(`сначала сомнения (${doubts})`, `doubts first (${doubts})`)}
          </label>
        )}
      </Preview>
      {now && sheetFaults.value.length > 0 && (
        <Faults
          faults={sheetFaults.value}
          remedies={(fault) => dictionaryRemedies(fault, work.value?.names ?? "")}
          onMend={(names) => change(() => ({ names }))}
        />
      )}
    </div>
  );
}
