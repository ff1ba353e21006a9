// A fault in the words of the page's language.
import type { Fault } from "../engine/types";
import { lang } from "../i18n";

export function messageOf(fault: Fault): string {
  return lang.value === "ru" ? fault.message_ru : fault.message;
}

export function hintsOf(fault: Fault): string[] {
  return (lang.value === "ru" ? fault.hints_ru : fault.hints).map(here);
}

/** What the program is told by its options has a place of its own on the page. */
const PLACES: [RegExp, string][] = [
  [/напишите общее для всех в файл: --common .*/, "заполните «Общее для всех»"],
  [/write what all share into a file: --common .*/, "fill in “What all share”"],
  [/общий файл( \(--common\))?/, "«Общее для всех»"],
  [/общем файле( \(--common\))?|файле --common/, "«Общем для всех»"],
  [/the (common file|file of --common)/, "“What all share”"],
  [/^.*выберите.*--sheet.*$|^.*возьмите.*--sheet.*$/, "выберите лист книги над столбцами"],
  [/^.*--sheet.*$/, "choose the sheet of the book above the columns"],
];

function here(hint: string): string {
  return PLACES.reduce((text, [found, place]) => text.replace(found, place), hint);
}
