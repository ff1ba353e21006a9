// One document: a form or its text on the left, its pages on the right.
import { signal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import { desk } from "../engine/client";
import type { Fault } from "../engine/types";
import { count, lang, t } from "../i18n";
import { completion } from "../work/complete";
import { remedies } from "../work/remedy";
import { builtins, change, composed, download, fileName, fresh, renamed, sample, sayFault, setting, tellSetting, work } from "../work/state";
import { CodeEditor } from "./CodeEditor";
import { Faults } from "./Faults";
import { Form } from "./Form";
import { Cards, Dialog, named } from "./Gallery";
import { Icon } from "./icons";
import { Preview } from "./Preview";
import { Split } from "./Split";

export const mode = signal<"form" | "text">("form");
const gallery = signal(false);

const ALWAYS = ["kind", "number", "date", "place"];
const ALWAYS_CERTIFICATE = ["kind", "recipient", "for", "event", "date"];

export function DocumentTab() {
  const now = work.value;
  const made = composed.value;
  const [goto, setGoto] = useState<{ line: number; column: number } | null>(null);
  const [busy, setBusy] = useState<"pdf" | "docx" | null>(null);
  const certificate = made?.about?.certificate ?? false;
  const complete = useMemo(() => completion(certificate ? "certificate" : "final-document"), [certificate]);
  if (!now) return null;
  const { text, file, design } = now.document;
  const put = (next: string) => change((old) => ({ document: { ...old.document, text: next } }));
  const go = (fault: Fault) => {
    if (!fault.place) return;
    mode.value = "text";
    setGoto({ line: fault.place.line, column: fault.place.column });
  };
  const save = async (to: "pdf" | "docx") => {
    setBusy(to);
    try {
      await tellSetting(setting.value);
      const bytes = await desk.ask<Uint8Array>({ do: "files", text, name: file, design, to });
      download(fileName(now.name, to), bytes, to === "pdf" ? "application/pdf" : undefined);
    } catch (fault) {
      sayFault(fault);
    } finally {
      setBusy(null);
    }
  };
  const pick = async (name: string) => {
    gallery.value = false;
    const next = await sample(name);
    const chosen = builtins.value.find((one) => one.name === name);
    change((old) => ({ ...(chosen && renamed(old, named(chosen).title)), document: { ...old.document, text: next, design: null } }));
  };
  const faults = made?.faults ?? [];
  return (
    <Split
      label={t("Ширина правки", "Width of the editor")}
      left={
        <section class="editor" aria-label={t("Правка", "Editor")}>
          <div class="bar">
            <button type="button" class="button" onClick={() => (gallery.value = true)}>
              <Icon name="grid" />{t("Начать с образца", "Begin with a sample")}
            </button>
            <div class="segments" role="group" aria-label={t("Как править", "How to edit")}>
              <button type="button" aria-pressed={mode.value === "form"} onClick={() => (mode.value = "form")}>{t("Форма", "Form")}</button>
              <button type="button" aria-pressed={mode.value === "text"} onClick={() => (mode.value = "text")}>{t("Текст", "Text")}</button>
            </div>
          </div>
          <div class="edit">
            {mode.value === "text" ? (
              <CodeEditor value={text} language="yaml" label={t("Текст документа", "Text of the document")} faults={faults} complete={complete} onChange={put} goto={goto} />
            ) : (
              <Form
                kind={certificate ? "certificate" : "final-document"}
                text={text}
                faults={faults}
                onChange={put}
                always={certificate ? ALWAYS_CERTIFICATE : ALWAYS}
                onText={() => (mode.value = "text")}
              />
            )}
          </div>
          <Faults faults={faults} remedies={(fault) => remedies(fault, text)} onGo={go} onMend={put} />
          <Gallery onPick={pick} />
        </section>
      }
      right={
        <Preview
          pages={made?.pages ?? 0}
          svg={made?.svg ?? []}
          stale={!fresh.value}
          label={t("Страницы", "Pages")}
          more={(number) => desk.ask<string>({ do: "page", number })}
        >
          <span class="pages-count">{made ? count(made.pages, ["лист", "листа", "листов"], ["page", "pages"]) : ""}</span>
          <div class="actions">
            <button type="button" class="button" disabled={busy !== null || !made?.pages} aria-busy={busy === "docx"} onClick={() => void save("docx")}>
              <Icon name="download" />{t("Скачать Word", "Download Word")}
            </button>
            <button type="button" class="button primary" disabled={busy !== null || !made?.pages} aria-busy={busy === "pdf"} onClick={() => void save("pdf")}>
              <Icon name="download" />{t("Скачать PDF", "Download PDF")}
            </button>
          </div>
        </Preview>
      }
    />
  );
}

function Gallery({ onPick }: { onPick: (name: string) => void }) {
  void lang.value;
  const documents = builtins.value.filter((one) => !one.name.startsWith("certificate"));
  const certificates = builtins.value.filter((one) => one.name.startsWith("certificate"));
  return (
    <Dialog open={gallery.value} title={t("С чего начать", "What to begin with")} onClose={() => (gallery.value = false)} wide>
      <p class="hint">{t("Образец заменит текст этой работы. Чтобы сохранить её, начните новую работу вверху.", "The sample replaces the text of this work. To keep it, begin a new work at the top.")}</p>
      <h3>{t("Документы", "Documents")}</h3>
      <Cards list={documents} onPick={onPick} label={t("Документы", "Documents")} />
      <h3>{t("Одна грамота", "A single certificate")}</h3>
      <Cards list={certificates} onPick={onPick} label={t("Грамоты", "Certificates")} />
    </Dialog>
  );
}
