// CodeMirror: the text with colours, completion and faults at their lines.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionSource } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "preact/hooks";
import type { Fault } from "../engine/types";
import { lang } from "../i18n";
import { hintsOf, messageOf } from "../work/fault";
import { remedies } from "../work/remedy";

export type Language = "yaml" | "css" | "html";

type Props = {
  value: string;
  language: Language;
  label: string;
  faults?: Fault[];
  complete?: CompletionSource;
  onChange: (value: string) => void;
  /** Where to go; a new object goes there again. */
  goto?: { line: number; column: number } | null;
};

const LANGUAGES = { yaml, css, html };

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.tagName], class: "hl-key" },
  { tag: [tags.string, tags.attributeValue, tags.content], class: "hl-text" },
  { tag: [tags.comment], class: "hl-comment" },
  { tag: [tags.number, tags.unit, tags.color, tags.bool, tags.atom], class: "hl-number" },
  { tag: [tags.punctuation, tags.separator, tags.bracket, tags.angleBracket], class: "hl-mark" },
  { tag: [tags.attributeName, tags.className, tags.keyword], class: "hl-name" },
]);

// The words of CodeMirror that a screen reader or a panel says.
const RUSSIAN = {
  Find: "Найти", Replace: "Заменить", next: "дальше", previous: "назад", all: "все",
  "match case": "регистр", regexp: "выражение", "by word": "слово", replace: "заменить",
  "replace all": "заменить все", close: "закрыть", Completions: "Подсказки", Diagnostics: "Замечания",
  "No diagnostics": "Замечаний нет", "replaced $ matches": "заменено: $", "current match": "найдено",
  "on line": "в строке", "Control character": "Управляющий знак",
};

export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";
}

export function CodeEditor(props: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const words = useRef(new Compartment());
  /** What was typed here and has not come back as `value` yet. */
  const said = useRef<string[]>([]);

  useEffect(() => {
    const { value, language, label, complete } = latest.current;
    const state = EditorState.create({
      doc: value,
      extensions: [
        EditorView.cspNonce.of(nonce()),
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        lintGutter(),
        indentUnit.of("  "),
        EditorView.lineWrapping,
        LANGUAGES[language](),
        syntaxHighlighting(colours),
        autocompletion(complete ? { override: [complete], icons: false } : { icons: false }),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", lang: "ru" }),
        words.current.of([]),
        // Escape first gives the focus free: a Tab must not be a trap (WCAG 2.1.2).
        keymap.of([
          { key: "Escape", run: (editor) => (editor.contentDOM.blur(), true) },
          ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap,
          ...completionKeymap, ...lintKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          const own = update.transactions.some((one) => one.annotation(Transaction.remote));
          if (!update.docChanged || own) return;
          const text = update.state.doc.toString();
          said.current.push(text);
          latest.current.onChange(text);
        }),
      ],
    });
    const made = new EditorView({ state, parent: host.current as HTMLElement });
    view.current = made;
    return () => made.destroy();
  }, [props.language, props.label]);

  // What was changed elsewhere, by the form say, is brought in as one small change.
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    // An own text that comes back late, while more was typed, must not take its place.
    const own = said.current.lastIndexOf(props.value);
    said.current.splice(0, own < 0 ? said.current.length : own + 1);
    if (own >= 0 || editor.state.doc.toString() === props.value) return;
    editor.dispatch({
      changes: difference(editor.state.doc.toString(), props.value),
      annotations: Transaction.remote.of(true),
    });
  }, [props.value]);

  useEffect(() => {
    view.current?.dispatch({
      effects: words.current.reconfigure(lang.value === "ru" ? EditorState.phrases.of(RUSSIAN) : []),
    });
  }, [lang.value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const shown = (props.faults ?? []).map((fault) => diagnostic(editor.state, fault));
    editor.dispatch(setDiagnostics(editor.state, shown.filter((one) => one !== null)));
  }, [props.faults, lang.value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !props.goto) return;
    const at = offset(editor.state, props.goto.line, props.goto.column);
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    editor.focus();
  }, [props.goto]);

  return <div class="code" ref={host} />;
}

function offset(state: EditorState, line: number, column: number): number {
  const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  return Math.min(found.from + Math.max(column - 1, 0), found.to);
}

function diagnostic(state: EditorState, fault: Fault): Diagnostic | null {
  const { place } = fault;
  if (!place) return null;
  const from = offset(state, place.line, place.column);
  // Ends are told in bytes; the words on one line are near enough to be marked.
  const line = state.doc.lineAt(from);
  const length = new TextDecoder().decode(
    new TextEncoder().encode(state.sliceDoc(from)).slice(0, Math.max(place.end - place.start, 1)),
  ).length;
  const to = Math.min(Math.max(from + length, from + 1), line.to);
  const actions = remedies(fault, state.doc.toString()).map((remedy) => ({
    name: remedy.label,
    apply: (view: EditorView) => {
      view.dispatch({ changes: difference(view.state.doc.toString(), remedy.text) });
    },
  }));
  const message = [messageOf(fault), ...hintsOf(fault)].join("\n");
  return { from: Math.min(from, to), to, severity: fault.severity, message, actions };
}

/** The one stretch in which two texts differ. */
function difference(old: string, next: string) {
  let from = 0;
  const short = Math.min(old.length, next.length);
  while (from < short && old[from] === next[from]) from += 1;
  let tail = 0;
  while (tail < short - from && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail += 1;
  return { from, to: old.length - tail, insert: next.slice(from, next.length - tail) };
}
