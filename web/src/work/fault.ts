// A fault in the words of the page's language.
import type { Fault } from "../engine/types";
import { lang } from "../i18n";

export function messageOf(fault: Fault): string {
  return lang.value === "ru" ? fault.message_ru : fault.message;
}

export function hintsOf(fault: Fault): string[] {
  return lang.value === "ru" ? fault.hints_ru : fault.hints;
}
