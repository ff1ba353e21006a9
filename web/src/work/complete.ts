// Completion of the text's keys and words from the JSON Schema.
import type { CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { described, type Forms, forms, type Kind, type Schema, type Variant } from "./schema";

export function completion(kind: Kind): CompletionSource {
  return async (context) => complete(context, await forms(kind));
}

function complete(context: CompletionContext, schema: Forms): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const value = /^(\s*(?:- )*)([\p{L}_№]+):\s+(\S*)$/u.exec(before);
  const path = keysAbove(context);
  if (value) return words(context, schema, [...path, value[2] ?? ""], (value[3] ?? "").length);
  const key = /^\s*(?:- )*(?:\{\s*)?([\p{L}_№]*)$/u.exec(before);
  if (!key || (!key[1] && !context.explicit)) return null;
  const options = maps(schema, path).flatMap((map) =>
    Object.entries(map.properties).map(([name, inner]) => {
      const { label, hint } = described(name, inner);
      return { label: name, detail: label, info: hint || undefined, apply: `${name}: `, type: "property" };
    }),
  );
  const unique = options.filter((one, at) => options.findIndex((other) => other.label === one.label) === at);
  return { from: context.pos - (key[1]?.length ?? 0), options: unique, validFor: /^[\p{L}_]*$/u };
}

function words(context: CompletionContext, schema: Forms, path: string[], typed: number): CompletionResult | null {
  const name = path.at(-1) ?? "";
  const inner = maps(schema, path.slice(0, -1)).flatMap((map) => {
    const known = schema.keyOf(name, map.properties);
    return known ? [map.properties[known] as Schema] : [];
  });
  const all = inner.flatMap((one) => schema.variants(one));
  const options = all.flatMap((one) =>
    one.is === "choice" ? one.words : one.is === "truth" ? ["true", "false"] : [],
  );
  if (options.length === 0) return null;
  return { from: context.pos - typed, options: [...new Set(options)].map((label) => ({ label, type: "enum" })) };
}

/** The keys in whose maps the line stands, by their indents. */
function keysAbove(context: CompletionContext): string[] {
  const { doc } = context.state;
  const here = doc.lineAt(context.pos);
  let indent = column(here.text);
  const keys: string[] = [];
  for (let number = here.number - 1; number > 0 && indent > 0; number -= 1) {
    const { text } = doc.line(number);
    const found = /^(\s*(?:- )*)([\p{L}_№ ]+):/u.exec(text);
    if (!found || /^\s*(#|$)/.test(text)) continue;
    const at = (found[1] ?? "").length;
    if (at < indent) {
      keys.unshift(found[2] ?? "");
      indent = column(text.slice(0, text.search(/\S/)));
      if (at > indent) indent = Math.min(indent, at);
    }
  }
  return keys;
}

/** Where the first key of a line stands, behind the dashes of lists. */
function column(text: string): number {
  return /^\s*(?:- )*/.exec(text)?.[0].length ?? 0;
}

type MapVariant = Extract<Variant, { is: "map" }>;

/** The maps that may stand at the end of these keys; lists are looked through. */
function maps(schema: Forms, keys: string[]): MapVariant[] {
  let now = mapsIn(schema, schema.root);
  for (const key of keys) {
    now = now.flatMap((map) => {
      const known = schema.keyOf(key, map.properties);
      return known ? mapsIn(schema, map.properties[known] as Schema) : [];
    });
  }
  return now;
}

function mapsIn(schema: Forms, of: Schema): MapVariant[] {
  return schema.variants(of).flatMap((one) => {
    if (one.is === "map") return [one];
    return one.is === "list" ? mapsIn(schema, one.items) : [];
  });
}
