// The JSON Schema of the data, as a form needs it. The functions that read the data make it, so a
// form made of it asks for what they know and nothing else.
import { isMap, isScalar, isSeq } from "yaml";
import { desk } from "../engine/client";
import { lang } from "../i18n";
import { keysOf, said } from "./yaml";

export type Schema = {
  $ref?: string;
  $defs?: Record<string, Schema>;
  anyOf?: Schema[];
  type?: string | string[];
  enum?: string[];
  const?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  description?: string;
};

export type Kind = "final-document" | "certificate" | "common";

/** One way to write a value. */
export type Variant =
  | { is: "text"; schema: Schema }
  | { is: "number"; schema: Schema }
  | { is: "truth"; schema: Schema }
  | { is: "choice"; words: string[]; schema: Schema }
  | { is: "list"; items: Schema; schema: Schema }
  | { is: "map"; properties: Record<string, Schema>; open: Schema | null; schema: Schema };

const loaded = new Map<Kind, Promise<Forms>>();

/** The schema of a kind with what a form asks of it. */
export function forms(kind: Kind): Promise<Forms> {
  const found = loaded.get(kind);
  if (found) return found;
  const made = Promise.all([
    desk.ask<Schema>({ do: "schema", kind }),
    desk.ask<Record<string, string[]>>({ do: "keys" }),
  ]).then(([root, names]) => new Forms(root, names));
  loaded.set(kind, made);
  return made;
}

export class Forms {
  private flat = new Map<Schema, Variant[]>();

  constructor(
    readonly root: Schema,
    /** English keys with the Russian ones that mean the same. */
    private readonly names: Record<string, string[]>,
  ) {}

  /** All ways to write a value of this schema, in the schema's order. */
  variants(schema: Schema): Variant[] {
    const found = this.flat.get(schema);
    if (found) return found;
    const made = this.flatten(schema);
    this.flat.set(schema, made);
    return made;
  }

  private flatten(schema: Schema): Variant[] {
    if (schema.$ref) {
      const name = schema.$ref.replace("#/$defs/", "");
      const target = this.root.$defs?.[name];
      return target ? this.variants(target) : [];
    }
    if (schema.anyOf) return schema.anyOf.flatMap((one) => this.variants(one));
    if (schema.enum) return [{ is: "choice", words: schema.enum, schema }];
    if (schema.const !== undefined) return [{ is: "choice", words: [schema.const], schema }];
    const types = ([] as (string | undefined)[]).concat(schema.type);
    if (types.includes("array")) return [{ is: "list", items: schema.items ?? {}, schema }];
    if (types.includes("object")) {
      const open = typeof schema.additionalProperties === "object" ? schema.additionalProperties : null;
      return [{ is: "map", properties: schema.properties ?? {}, open, schema }];
    }
    if (types.includes("boolean")) return [{ is: "truth", schema }];
    if (types.includes("string")) return [{ is: "text", schema }];
    if (types.includes("integer")) return [{ is: "number", schema }];
    return [];
  }

  /** The way in which a value is written, or the first one for a value that is not there. */
  variantOf(schema: Schema, node: unknown): Variant | null {
    const all = this.variants(schema);
    if (isSeq(node)) return all.find((one) => one.is === "list") ?? null;
    if (isMap(node)) return this.mapOf(all, node);
    const scalars = all.filter((one) => one.is !== "list" && one.is !== "map");
    const text = said(node);
    if (isScalar(node) && text !== "") {
      const choice = scalars.find((one) => one.is === "choice" && one.words.includes(text));
      if (choice) return choice;
      return scalars.find((one) => one.is === "text") ?? scalars[0] ?? null;
    }
    return scalars[0] ?? all[0] ?? null;
  }

  /** Of several maps the one that knows the most of the keys. */
  private mapOf(all: Variant[], node: unknown): Variant | null {
    const keys = keysOf(node);
    let best: { variant: Variant; known: number } | null = null;
    for (const variant of all) {
      if (variant.is !== "map") continue;
      const type = variant.properties.type?.const;
      const typed = isMap(node) ? said(node.get("type", true)) : "";
      const known = keys.filter((key) => this.takes(variant.properties, key, isMap(node) ? node.get(key, true) : null)).length;
      const score = type && typed && this.isWord(typed, type) ? known + 100 : known;
      if (!best || score > best.known) best = { variant, known: score };
    }
    return best?.variant ?? null;
  }

  /** Whether a map knows a key and what is written there. */
  private takes(properties: Record<string, Schema>, key: string, node: unknown): boolean {
    const known = this.keyOf(key, properties);
    return known !== null && this.variantOf(properties[known] ?? {}, node) !== null;
  }

  private isWord(written: string, word: string): boolean {
    return written === word || (this.names[word] ?? []).includes(plain(written));
  }

  /** The key of the schema that a key of the file means. */
  keyOf(writtenKey: string, properties: Record<string, Schema>): string | null {
    if (properties[writtenKey]) return writtenKey;
    const word = plain(writtenKey);
    return Object.keys(properties).find((key) => this.names[key]?.includes(word)) ?? null;
  }

  /** The key as the file writes it, if it does. */
  writtenKey(key: string, node: unknown, properties: Record<string, Schema>): string | null {
    return keysOf(node).find((one) => this.keyOf(one, properties) === key) ?? null;
  }

  /** What a new value begins as. */
  seed(schema: Schema): unknown {
    const all = this.variants(schema);
    // Where a person or an item may be a text alone, the text is what is typed first.
    const first = all.find((one) => one.is === "list") ?? all[0];
    if (first?.is === "list") return [this.seed(first.items)];
    if (first?.is === "map") {
      const required = first.schema.required ?? [];
      const keys = required.length ? required : Object.keys(first.properties).slice(0, 1);
      return Object.fromEntries(
        keys.map((key) => [key, first.properties[key]?.const ?? this.seed(first.properties[key] ?? {})]),
      );
    }
    if (first?.is === "truth") return "true";
    if (first?.is === "choice") return first.words[0];
    return "";
  }

  /** Whether the items of a list are people, who stand in a grid. */
  isPeople(items: Schema): Record<string, Schema> | null {
    const map = this.variants(items).find((one) => one.is === "map");
    return map?.is === "map" && map.properties.name && map.properties.post ? map.properties : null;
  }
}

function plain(key: string): string {
  return key.trim().toLowerCase().replaceAll("ё", "е").replaceAll("_", " ");
}

/** The short name of a field and the rest of its description: «Вид: Протокол, Приказ». */
export function described(key: string, schema: Schema): { label: string; hint: string } {
  // What is said of a key is for those who write the text.
  const text = (schema.description ?? "").replace(/, [^,:]*`[^`]+`[^,:]*$/, "");
  if (!text) return { label: key, hint: "" };
  const cut = /^(.{2,60}?)[:;]\s+(.+)$/s.exec(text) ?? /^(.{4,60}?),\s+(.+)$/s.exec(text);
  // «true: место печати» says what the value means.
  if (cut && /^(true|false|none)$/.test(cut[1] ?? "")) return { label: capital(cut[2] ?? ""), hint: "" };
  return { label: cut?.[1] ?? text, hint: cut?.[2] ?? "" };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The words of choices as people say them. */
const WORDS: Record<string, [ru: string, en: string]> = {
  portrait: ["книжная", "portrait"], landscape: ["альбомная", "landscape"],
  first: ["сначала", "first"], last: ["в конце", "last"],
  m: ["мужской", "masculine"], f: ["женский", "feminine"], n: ["средний", "neuter"],
  add: ["ввести", "add"], remove: ["вывести", "remove"], elect: ["избрать", "elect"],
  approve: ["утвердить", "approve"], exclude: ["исключить", "exclude"],
  after: ["следом", "after"], beside: ["рядом", "beside"], none: ["без номеров", "none"],
  from_roles: ["кто назван в ролях", "those of the roles"],
  thanks: ["объявляется благодарность", "is thanked"], awarded: ["награждается", "is awarded"],
  presented: ["вручается", "is presented"], grateful: ["благодарим", "we thank"],
  confirms: ["подтверждается, что", "this confirms that"], certifies: ["удостоверяется, что", "this certifies that"],
  letter: ["письмо с обращением", "a letter"], named: ["имя без формулы", "the name alone"],
  wine: ["вишнёвый", "wine"], navy: ["синий", "navy"], forest: ["зелёный", "forest"],
  gold: ["золотой", "gold"], violet: ["фиолетовый", "violet"], graphite: ["графит", "graphite"],
  white: ["белая", "white"], tinted: ["с лёгким тоном", "tinted"], drawn: ["нарисованная", "drawn"],
  auto: ["сама", "auto"], left: ["слева", "left"], center: ["по центру", "centre"], right: ["справа", "right"],
  ru: ["русский", "Russian"], en: ["английский", "English"], true: ["да", "yes"], false: ["нет", "no"],
  preamble: ["преамбула", "preamble"], gratitude: ["благодарности", "gratitude"],
  membership: ["состав", "membership"], evaluations: ["оценки", "evaluations"],
  recommendations: ["рекомендации", "recommendations"], points: ["пункты", "points"],
  text: ["текст", "text"], agenda: ["повестка", "agenda"], table: ["таблица", "table"],
};

export function word(value: string): string {
  const known = WORDS[value];
  return known ? known[lang.value === "en" ? 1 : 0] : value;
}
