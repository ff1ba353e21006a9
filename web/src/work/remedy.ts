// Remedies that a fault names and a button can carry out.
import type { Fault } from "../engine/types";
import { t } from "../i18n";
import { keysOf, nodeAt, seen, type Path, pathOf, said, withValue } from "./yaml";
import { isMap, isScalar } from "yaml";

export type Remedy = { label: string; text: string };

const CASES = ["gen", "dat", "acc", "ins", "pre"];

/** What can be done about a fault in this text, each with the text that it gives. */
export function remedies(fault: Fault, text: string): Remedy[] {
  return [...meant(fault, text), ...forms(fault, text)];
}

/** «Did you mean `name`?»: the word at the place is replaced. */
function meant(fault: Fault, text: string): Remedy[] {
  const { place } = fault;
  if (!place) return [];
  const words = fault.hints.map((hint) => /did you mean [`«]([^`»]+)[`»]/.exec(hint)?.[1]);
  return words
    .filter((word) => word !== undefined)
    .map((word) => {
      const [before, after] = around(text, place.start, place.end);
      return { label: t(`Заменить на «${word}»`, `Replace by “${word}”`), text: before + word + after };
    });
}

/** The text before and after a stretch that is told in bytes. */
function around(text: string, start: number, end: number): [string, string] {
  const bytes = new TextEncoder().encode(text);
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  return [decode(bytes.slice(0, start)), decode(bytes.slice(end))];
}

/** What a doubtful form may be: as it was printed, or another. */
function doubt(fault: Fault): { name: string; key: string; code: string; options: string[] } | null {
  if (fault.code !== "uncertain-form") return null;
  const mend = fault.hints.map((hint) => /(post_)?forms: \{(\w+):/.exec(hint)).find(Boolean);
  const code = mend?.[2];
  if (!code || !CASES.includes(code)) return null;
  const value = (key: string) => String(fault.values[key] ?? "");
  const others = [...value("possible").matchAll(/«((?:[^«»]|«[^»]*»)+)»/g)].map((found) => found[1] ?? "");
  const options = [...new Set([value("form"), ...others].filter(Boolean))];
  return { name: value("name"), key: mend?.[1] ? "post_forms" : "forms", code, options };
}

/** A doubtful form of a name: what was printed and the others, to be chosen from. */
function forms(fault: Fault, text: string): Remedy[] {
  const found = doubt(fault);
  const person = found && personAt(text, fault, found.name);
  if (!found || !person) return [];
  return found.options.map((form) => ({
    label: `«${form}»`,
    text: withForm(text, person, found.key, found.code, form),
  }));
}

/** The same for a name in a table: the form goes into the user's dictionary, `names.yaml`. */
export function dictionaryRemedies(fault: Fault, names: string): Remedy[] {
  const found = doubt(fault);
  if (!found || found.key !== "forms") return [];
  return found.options.map((form) => ({
    label: `«${form}»`,
    text: withValue(names, ["names", found.name, "forms", found.code], form),
  }));
}

function personAt(text: string, fault: Fault, name: string): Path | null {
  const doc = seen(text);
  const named = fault.path ? pathOf(fault.path) : [];
  const holder = nodeAt(doc, named);
  const path = isScalar(holder) && named.at(-1) === "name" ? named.slice(0, -1) : named;
  const here = nodeAt(doc, path);
  const holds = isMap(here) ? keysOf(here).some((key) => said(here.get(key, true)) === name) : said(here) === name;
  return here && holds ? path : null;
}

function withForm(text: string, path: Path, key: string, code: string, form: string): string {
  const node = nodeAt(seen(text), path);
  // A name alone becomes a map of the name and its forms.
  if (isScalar(node)) return withValue(text, path, { name: said(node), [key]: { [code]: form } });
  const old = nodeAt(seen(text), [...path, key]);
  const all = isMap(old) ? (old.toJSON() as Record<string, string>) : {};
  return withValue(text, [...path, key], { ...all, [code]: form });
}
