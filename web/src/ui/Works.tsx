// Works: all that is kept in this browser, by name; in and out as one file.
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { lang, t } from "../i18n";
import { take } from "../work/take";
import { blank, change, download, fileName, keepNow, open, remove, sample, work, works } from "../work/state";
import { toFile } from "../work/store";
import { Tool } from "./Form";
import { Dialog } from "./Gallery";
import { Icon } from "./icons";

export const shelf = signal(false);

export function Works() {
  return (
    <Dialog open={shelf.value} title={t("Работы", "Works")} onClose={() => (shelf.value = false)}>
      <Shelf />
    </Dialog>
  );
}

function Shelf() {
  const input = useRef<HTMLInputElement>(null);
  const fresh = async () => {
    await open(blank(t("Новая работа", "New work"), await sample("final-document")));
    shelf.value = false;
  };
  const date = new Intl.DateTimeFormat(lang.value, { dateStyle: "medium", timeStyle: "short" });
  return (
    <>
      <p class="hint">{t("Всё лежит только в этом браузере, на этом компьютере. Чтобы перенести работу, скачайте её файлом.", "All of it is kept in this browser only, on this computer. To carry a work elsewhere, download it as a file.")}</p>
      <div class="row">
        <button type="button" class="button primary" onClick={() => void fresh()}><Icon name="plus" />{t("Новая", "New")}</button>
        <button type="button" class="button" onClick={() => input.current?.click()}><Icon name="folder" />{t("Открыть файл…", "Open a file…")}</button>
        <input
          ref={input} type="file" class="unseen" tabIndex={-1} aria-hidden="true"
          accept=".itog,.json,.yaml,.yml,.pdf,.docx,.xlsx,.csv"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void take(file).then(() => (shelf.value = false));
          }}
        />
      </div>
      <ul class="shelf">
        {works.value.map((one) => {
          const here = one.id === work.value?.id;
          return (
            <li key={one.id} class={here ? "here" : ""}>
              {here ? (
                <input
                  class="name" value={work.value?.name} aria-label={t("Название работы", "Name of the work")}
                  onInput={(event) => { const name = event.currentTarget.value; change(() => ({ name })); }}
                />
              ) : (
                <button type="button" class="go" onClick={() => { void open(one); shelf.value = false; }}>{one.name || "—"}</button>
              )}
              <span class="hint">{date.format(one.changed)}</span>
              <Tool icon="download" label={t(`Скачать файлом: ${one.name}`, `Download as a file: ${one.name}`)} onClick={() => void keepNow().then(() => download(fileName(one.name, "itog"), toFile(here && work.value ? work.value : one)))} />
              <Tool icon="trash" label={t(`Удалить: ${one.name}`, `Delete: ${one.name}`)} disabled={here} onClick={() => {
                if (confirm(t(`Удалить «${one.name}» совсем?`, `Delete “${one.name}” for good?`))) void remove(one.id);
              }} />
            </li>
          );
        })}
      </ul>
    </>
  );
}
