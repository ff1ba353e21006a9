// The two languages of the page. A text stands where it is used, in both: one cannot be forgotten
// without the other being seen.
import { signal } from "@preact/signals";

export type Lang = "ru" | "en";

export const lang = signal<Lang>(remembered());

function remembered(): Lang {
  try {
    return localStorage.getItem("itog-lang") === "en" ? "en" : "ru";
  } catch {
    return "ru";
  }
}

export function speak(next: Lang) {
  lang.value = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem("itog-lang", next);
  } catch {
    // Where nothing may be kept, the page still works.
  }
}

export function t(ru: string, en: string): string {
  return lang.value === "en" ? en : ru;
}

/** A number with its noun: `count(3, ["лист", "листа", "листов"], ["page", "pages"])`. */
export function count(n: number, ru: [string, string, string], en: [string, string]): string {
  if (lang.value === "en") return `${n} ${n === 1 ? en[0] : en[1]}`;
  const [tens, ones] = [n % 100, n % 10];
  const form = tens > 10 && tens < 20 ? 2 : ones === 1 ? 0 : ones > 1 && ones < 5 ? 1 : 2;
  return `${n} ${ru[form]}`;
}
