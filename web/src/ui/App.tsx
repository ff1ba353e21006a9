// The whole page: a bar, one of three rooms, and a word at the foot.
import { signal } from "@preact/signals";
import { lang, speak, t } from "../i18n";
import { broken, notice, saved, type Tab, tab, work } from "../work/state";
import { take } from "../work/take";
import { DesignTab } from "./DesignTab";
import { DocumentTab } from "./DocumentTab";
import { Icon } from "./icons";
import { SheetsTab } from "./SheetsTab";
import { shelf, Works } from "./Works";

type Theme = "light" | "dark";

const theme = signal<Theme>(themeAtFirst());

function themeAtFirst(): Theme {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem("itog-theme");
  } catch {
    // Then the system's.
  }
  const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  return dark ? "dark" : "light";
}

function turn() {
  theme.value = theme.value === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme.value;
  try {
    localStorage.setItem("itog-theme", theme.value);
  } catch {
    // It is dark until the page is closed.
  }
}

export function App() {
  const tabs: [Tab, string][] = [
    ["document", t("Документ", "Document")],
    ["sheets", t("Грамоты", "Certificates")],
    ["design", t("Оформление", "Design")],
  ];
  return (
    <div
      class="app"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        for (const file of event.dataTransfer?.files ?? []) void take(file);
      }}
    >
      <header class="top">
        <h1>итог</h1>
        <nav aria-label={t("Разделы", "Rooms")}>
          {tabs.map(([name, title]) => (
            <button key={name} type="button" aria-current={tab.value === name ? "page" : undefined} onClick={() => (tab.value = name)}>{title}</button>
          ))}
        </nav>
        <div class="top-right">
          <button type="button" class="work-name" onClick={() => (shelf.value = true)} title={t("Все работы", "All works")}>
            <Icon name="folder" /><span>{work.value?.name ?? "…"}</span>
          </button>
          <Saved />
          <button type="button" class="tool" aria-label={theme.value === "dark" ? t("Светлая тема", "Light theme") : t("Тёмная тема", "Dark theme")} onClick={turn}>
            <Icon name={theme.value === "dark" ? "sun" : "moon"} />
          </button>
          <button type="button" class="tool wide" lang={lang.value === "ru" ? "en" : "ru"} onClick={() => speak(lang.value === "ru" ? "en" : "ru")}>
            {lang.value === "ru" ? "English" : "Русский"}
          </button>
        </div>
      </header>
      {broken.value && (
        <p class="broken" role="alert">
          {t("Страницы не собрать: файл itog.html скачан не целиком или браузер слишком старый. Скачайте файл ещё раз или обновите браузер; всё написанное цело.",
            "No pages can be made: itog.html was not downloaded whole, or the browser is too old. Download the file again or update the browser; what you wrote is safe.")}
        </p>
      )}
      <main>{work.value ? <Room /> : <div class="starting" role="status">{t("Открываем…", "Opening…")}</div>}</main>
      <Works />
      <div class="notices" role="status" aria-live="polite">
        {notice.value && (
          <div class={`notice ${notice.value.bad ? "bad" : ""}`}>
            <span>{notice.value.text}</span>
            <button type="button" class="tool" aria-label={t("Закрыть", "Close")} onClick={() => (notice.value = null)}><Icon name="close" /></button>
          </div>
        )}
      </div>
    </div>
  );
}

function Room() {
  if (tab.value === "sheets") return <SheetsTab />;
  if (tab.value === "design") return <DesignTab />;
  return <DocumentTab />;
}

function Saved() {
  const words = {
    saved: t("сохранено", "saved"),
    saving: t("сохраняется…", "saving…"),
    failed: t("не сохраняется: браузер не даёт места", "not kept: the browser gives no room"),
  };
  return <span class={`saved ${saved.value}`}>{words[saved.value]}</span>;
}
