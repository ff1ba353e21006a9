// A design of one's own: template and stylesheet beside the page.
import { signal } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import { desk } from "../engine/client";
import type { Composed, NamedFile } from "../engine/types";
import { t } from "../i18n";
import { takeBlank } from "../work/take";
import { builtins, change, download, fileName, following, say, sayFault, setting, tab, tellSetting, work } from "../work/state";
import type { Kept } from "../work/store";
import { withValue } from "../work/yaml";
import { ZipFile } from "../work/zip";
import { CodeEditor, type Language } from "./CodeEditor";
import { Faults } from "./Faults";
import { Tool } from "./Form";
import { Cards } from "./Gallery";
import { Icon } from "./icons";
import { Preview } from "./Preview";
import { Split } from "./Split";

const file = signal("style.css");
const shown = signal<Composed | null>(null);
const fresh = signal(false);

/** Follows the design with the page of its sample. */
export function followDesign() {
  return following(
    () => {
      const design = work.value?.design;
      return tab.value === "design" && design ? { design, setting: setting.value } : null;
    },
    async ({ design, setting }) => {
      fresh.value = false;
      await tellSetting(setting);
      const sample = design.files.find((one) => one.name === "sample.yaml");
      const text = sample ? new TextDecoder().decode(sample.bytes) : "";
      const made = await desk.ask<Composed>({ do: "compose", text, name: "sample.yaml", design: design.name });
      const before = shown.value;
      shown.value = made.pages ? made : { ...made, pages: before?.pages ?? 0, svg: before?.svg ?? [] };
      fresh.value = made.pages > 0;
    },
  );
}

const LANGUAGES: Record<string, Language> = { css: "css", hbs: "html", html: "html", yaml: "yaml", yml: "yaml" };

function languageOf(name: string): Language | null {
  return LANGUAGES[name.split(".").pop() ?? ""] ?? null;
}

/** What one looks at first, then the rest by name. */
function sorted(files: Kept[]): Kept[] {
  const rank = (name: string) => (name.endsWith(".docx") ? 0 : ["style.css", "template.hbs", "sample.yaml"].indexOf(name) + 1 || 9);
  return [...files].sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name));
}

export function DesignTab() {
  const design = work.value?.design;
  if (!design) return <Choose />;
  return <Split label={t("Ширина правки", "Width of the editor")} left={<Editor />} right={<Shown />} />;
}

function Choose() {
  const take = async (name: string) => {
    const files = await desk.ask<NamedFile[]>({ do: "filesOf", name });
    const kept = files.map(([one, bytes]) => ({ name: one, bytes }));
    const own = t("моё оформление", "my design");
    change(() => ({ design: { name: own, base: name, files: kept } }));
  };
  const certificates = builtins.value.filter((one) => one.name.startsWith("certificate"));
  const documents = builtins.value.filter((one) => one.name === "final-document");
  const input = useRef<HTMLInputElement>(null);
  const word = async (file: File | undefined) => {
    if (file) await takeBlank(file.name, new Uint8Array(await file.arrayBuffer())).catch(sayFault);
  };
  return (
    <section class="choose">
      <h2>{t("Что взять за основу?", "What to begin with?")}</h2>
      <div class="drop">
        <input
          ref={input} type="file" class="unseen" tabIndex={-1} aria-hidden="true" id="blank-file" accept=".docx"
          onChange={(event) => void word(event.currentTarget.files?.[0])}
        />
        <p>{t("Перетащите сюда свой бланк из Word: на местах слов в нём стоят {{ФИО дат}}, {{дата}}, {{за}}", "Drop your own blank made in Word here: {{name recipient \"dat\"}}, {{date}} and {{for}} stand in it where the words belong")}</p>
        <div class="row"><button type="button" class="button primary" onClick={() => input.current?.click()}>{t("Выбрать бланк", "Choose a blank")}</button></div>
      </div>
      <p class="hint">{t("Образец будет скопирован в вашу работу: шаблон (HTML), стили (CSS) и картинки. Меняйте что угодно.", "The design is copied into your work: template (HTML), stylesheet (CSS), pictures. Change whatever you like.")}</p>
      <Cards list={[...certificates, ...documents]} label={t("Образцы", "Designs")} onPick={(name) => void take(name)} />
    </section>
  );
}

function Editor() {
  const design = work.value?.design;
  const input = useRef<HTMLInputElement>(null);
  const [goto, setGoto] = useState<{ line: number; column: number } | null>(null);
  if (!design) return null;
  const now = design.files.find((one) => one.name === file.value) ?? sorted(design.files)[0];
  const language = now ? languageOf(now.name) : null;
  const text = now && language ? new TextDecoder().decode(now.bytes) : "";
  const putFiles = (files: Kept[]) => change((old) => ({ design: old.design && { ...old.design, files } }));
  const put = (next: string) =>
    putFiles(design.files.map((one) => (one.name === now?.name ? { ...one, bytes: new TextEncoder().encode(next) } : one)));
  const add = async (list: FileList | null) => {
    const added = await Promise.all(
      [...(list ?? [])].map(async (one) => ({ name: one.name, bytes: new Uint8Array(await one.arrayBuffer()) })),
    );
    const blank = added.find((one) => /\.docx$/i.test(one.name));
    if (blank) return takeBlank(blank.name, blank.bytes).catch(sayFault);
    if (!added.length) return;
    const names = new Set(added.map((one) => one.name));
    putFiles([...design.files.filter((one) => !names.has(one.name)), ...added]);
    file.value = added[0]?.name ?? file.value;
  };
  const faults = shown.value?.faults ?? [];
  const apply = (where: "document" | "sheets") => {
    change((old) =>
      where === "document"
        ? { document: { ...old.document, design: design.name } }
        : { sheets: { ...old.sheets, common: withValue(old.sheets.common, ["design", "template"], design.name) } },
    );
    tab.value = where;
    say(t("Оформление применено.", "The design is applied."));
  };
  const folder = () => {
    const zip = new ZipFile();
    for (const one of sorted(design.files)) zip.add(`${design.name}/${one.name}`, one.bytes);
    download(fileName(design.name, "zip"), zip.blob());
  };
  return (
    <section class="editor" aria-label={t("Правка", "Editor")}>
      <div class="bar">
        <label class="inline">
          {t("Файл", "File")}
          <select value={now?.name} onChange={(event) => (file.value = event.currentTarget.value)}>
            {sorted(design.files).map((one) => <option key={one.name} value={one.name}>{one.name}</option>)}
          </select>
        </label>
        <input ref={input} type="file" multiple class="unseen" tabIndex={-1} aria-hidden="true" onChange={(event) => void add(event.currentTarget.files)} />
        <div class="actions">
          <Tool icon="plus" label={t("Добавить шрифт или картинку", "Add a font or a picture")} onClick={() => input.current?.click()} />
          <Tool icon="download" label={t("Скачать папкой", "Download as a folder")} onClick={folder} />
          <Tool icon="trash" label={t("Удалить оформление", "Delete the design")} onClick={() => {
            if (confirm(t("Удалить оформление из работы?", "Delete the design from the work?"))) change(() => ({ design: null }));
          }} />
        </div>
      </div>
      <div class="edit">
        {language ? (
          <CodeEditor
            key={now?.name} value={text} language={language} label={now?.name ?? ""} goto={goto} onChange={put}
            faults={faults.filter((fault) => fault.place?.file === now?.name)}
          />
        ) : (
          <div class="empty">
            <p>{now?.name}</p>
            <p class="hint">{now ? `${Math.ceil(now.bytes.length / 1024)} ${t("КБ", "kB")}` : ""}</p>
            {now?.name.endsWith(".docx") && <p class="hint">{t("Правьте бланк в Word, сохраните и перетащите сюда снова.", "Correct the blank in Word, save it, and drop it here again.")}</p>}
          </div>
        )}
      </div>
      <Faults
        faults={faults}
        onGo={(fault) => {
          if (!fault.place) return;
          file.value = fault.place.file;
          setGoto({ line: fault.place.line, column: fault.place.column });
        }}
      />
      <div class="make">
        <span class="hint">{t("Применить:", "Apply to:")}</span>
        <div class="actions">
          <button type="button" class="button" onClick={() => apply("document")}>{t("к документу", "the document")}</button>
          <button type="button" class="button primary" onClick={() => apply("sheets")}>{t("к грамотам", "the certificates")}</button>
        </div>
      </div>
    </section>
  );
}

function Shown() {
  const made = shown.value;
  const design = work.value?.design;
  const save = async () => {
    const sample = design?.files.find((one) => one.name === "sample.yaml");
    if (!design || !sample) return;
    try {
      const text = new TextDecoder().decode(sample.bytes);
      const bytes = await desk.ask<Uint8Array>({ do: "files", text, name: "sample.yaml", design: design.name, to: "pdf" });
      download(fileName(design.name, "pdf"), bytes, "application/pdf");
    } catch (fault) {
      sayFault(fault);
    }
  };
  return (
    <Preview
      pages={made?.pages ?? 0} svg={made?.svg ?? []} stale={!fresh.value} label={t("Образец", "Sample")}
      more={(number) => desk.ask<string>({ do: "page", number })}
    >
      <span class="recipient">{design?.name}</span>
      <div class="actions">
        <button type="button" class="button" onClick={() => void save()}><Icon name="download" />PDF</button>
      </div>
    </Preview>
  );
}
