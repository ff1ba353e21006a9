// The text behind a form. A form changes the very text that is shown beside it: comments and what
// the form does not show stay as they were written.
import {
  type Document, isMap, isScalar, isSeq, type Node, parseDocument, Scalar, stringify,
} from "yaml";

export type Path = (string | number)[];

/** Every value is a text, as the library reads it: `007` stays «007», `нет` is «нет». */
const READ = { schema: "failsafe", uniqueKeys: false, version: "1.2" } as const;
const WRITE = { lineWidth: 0, flowCollectionPadding: false, indentSeq: true } as const;

export function parse(text: string): Document {
  return parseDocument(text, READ);
}

let last: { text: string; doc: Document } | undefined;

/** The same for those who only look: a form asks for one text once for each of its fields. */
export function seen(text: string): Document {
  if (last?.text !== text) last = { text, doc: parse(text) };
  return last.doc;
}

export function nodeAt(doc: Document, path: Path): Node | null {
  const node = doc.getIn(path, true);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
}

/** The text of a scalar. */
export function said(node: unknown): string {
  return isScalar(node) && node.value !== null && node.value !== undefined ? String(node.value) : "";
}

/** The keys of a map as they are written. */
export function keysOf(node: unknown): string[] {
  return isMap(node) ? node.items.map((pair) => said(pair.key)) : [];
}

/** The text with another value at a path. A scalar of one line is changed in its place, so that
 * nothing else of the text moves. */
export function withValue(text: string, path: Path, value: unknown): string {
  const doc = parse(text);
  const node = nodeAt(doc, path);
  if (typeof value === "string" && isScalar(node) && node.range && isInline(node, value)) {
    const [start, end] = node.range;
    const parent = nodeAt(doc, path.slice(0, -1));
    const written = scalar(value, inFlow(doc, path) || Boolean((parent as { flow?: boolean })?.flow));
    // An empty value stands right behind its colon or dash.
    const gap = start === end && !/\s$/.test(text.slice(0, start)) ? " " : "";
    return text.slice(0, start) + gap + written + text.slice(end);
  }
  set(doc, path, value);
  return String(doc.toString(WRITE));
}

function isInline(node: Scalar, value: string): boolean {
  const block = node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL";
  return !block && !value.includes("\n") && !String(node.source ?? "").includes("\n");
}

function inFlow(doc: Document, path: Path): boolean {
  return path.some((_, at) => {
    const node = doc.getIn(path.slice(0, at), true) as { flow?: boolean } | undefined;
    return node?.flow === true;
  });
}

/** A text as one scalar of YAML. */
function scalar(value: string, flow: boolean): string {
  if (value === "") return '""';
  const plain = stringify(value, { ...WRITE, schema: "failsafe" }).trimEnd();
  const unsafe = flow && /[,[\]{}]/.test(value) && !/^["']/.test(plain);
  return unsafe || plain.includes("\n") || isNull(value) ? JSON.stringify(value) : plain;
}

/** Words that the library takes for nothing, which somebody may have meant. */
function isNull(value: string): boolean {
  return /^(~|null|Null|NULL)$/.test(value);
}

function set(doc: Document, path: Path, value: unknown) {
  if (value === undefined) {
    doc.deleteIn(path);
    return;
  }
  // What lies on the way and is no collection yet becomes one.
  for (let at = 1; at < path.length; at += 1) {
    const node = doc.getIn(path.slice(0, at), true);
    if (isMap(node) || isSeq(node)) continue;
    doc.setIn(path.slice(0, at), doc.createNode(typeof path[at] === "number" ? [] : {}));
  }
  if (doc.contents === null) doc.contents = doc.createNode({}) as never;
  const old = doc.getIn(path.slice(0, -1), true) as { flow?: boolean } | undefined;
  const node = doc.createNode(value) as Node & { flow?: boolean };
  // Inside of braces there is no other way to write.
  if (old?.flow && !isScalar(node)) node.flow = true;
  mark(node);
  doc.setIn(path, node);
}

/** Texts that plain YAML would take for nothing are quoted. */
function mark(node: unknown) {
  if (isScalar(node)) {
    if (typeof node.value === "string" && (node.value === "" || isNull(node.value))) {
      node.type = Scalar.QUOTE_DOUBLE;
    }
  } else if (isMap(node)) node.items.forEach((pair) => mark(pair.value));
  else if (isSeq(node)) node.items.forEach(mark);
}

/** The text without what stands at a path. */
export function without(text: string, path: Path): string {
  const doc = parse(text);
  doc.deleteIn(path);
  return doc.toString(WRITE);
}

/** The text with one more item in a list, which is made if there is none. */
export function withItem(text: string, path: Path, value: unknown): string {
  const doc = parse(text);
  const node = nodeAt(doc, path);
  const at = isSeq(node) ? node.items.length : 0;
  if (isSeq(node) || !node || said(node) === "") return withValue(text, isSeq(node) ? [...path, at] : path, isSeq(node) ? value : [value]);
  // One value alone stands for a list of one.
  set(doc, path, [node.toJSON(), value]);
  return doc.toString(WRITE);
}

/** The text with an item of a list in another place. */
export function moved(text: string, list: Path, from: number, to: number): string {
  const doc = parse(text);
  const node = nodeAt(doc, list);
  if (!isSeq(node) || to < 0 || to >= node.items.length) return text;
  node.items.splice(to, 0, ...node.items.splice(from, 1));
  return doc.toString(WRITE);
}

/** `evaluations[3].text` as a path. */
export function pathOf(written: string): Path {
  return written
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

export function written(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    "",
  );
}
