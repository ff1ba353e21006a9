// A form of the data, made from their JSON Schema. It shows what is written and offers the rest.
import { isMap, isScalar, isSeq } from "yaml";
import { createContext } from "preact";
import { useContext, useEffect, useId, useRef, useState } from "preact/hooks";
import type { Fault } from "../engine/types";
import { t } from "../i18n";
import { hintsOf, messageOf } from "../work/fault";
import { type Remedy, remedies } from "../work/remedy";
import { described, type Forms, forms, type Kind, type Schema, type Variant, word } from "../work/schema";
import { keysOf, moved, nodeAt, seen, type Path, said, withItem, without, withValue, written } from "../work/yaml";
import { sayFault } from "../work/state";
import { Icon } from "./icons";
import { People } from "./People";
import { Picture, PICTURES } from "./Picture";
import { Words } from "./Words";

export type FormContext = {
  forms: Forms;
  text: string;
  faults: Fault[];
  change: (text: string) => void;
};

export const Context = createContext<FormContext | null>(null);

export function useForm(): FormContext {
  const context = useContext(Context);
  if (!context) throw new Error("a field outside of a form");
  return context;
}

type Props = {
  kind: Kind;
  text: string;
  faults: Fault[];
  onChange: (text: string) => void;
  /** Keys that are asked for though nothing is written yet, in this order. */
  always?: string[];
  /** Keys that have a place of their own elsewhere. */
  except?: string[];
  onText: () => void;
};

export function Form({ kind, text, faults, onChange, always = [], except = [], onText }: Props) {
  const [found, setForms] = useState<Forms | null>(null);
  useEffect(() => {
    let live = true;
    forms(kind).then((made) => live && setForms(made)).catch(sayFault);
    return () => void (live = false);
  }, [kind]);
  const doc = seen(text);
  const broken = doc.errors[0];
  if (broken) {
    return (
      <div class="empty">
        <p>{t("Текст пока не прочесть как форму: в нём ошибка.", "The text cannot be read as a form yet: it has a fault.")}</p>
        <button type="button" class="button" onClick={onText}>{t("Показать в тексте", "Show it in the text")}</button>
      </div>
    );
  }
  const root = found?.variants(found.root).find((one) => one.is === "map");
  if (!found || root?.is !== "map") return <div class="empty" aria-busy="true" />;
  return (
    <Context.Provider value={{ forms: found, text, faults, change: onChange }}>
      <div class="form">
        <MapFields variant={root} node={doc.contents} path={[]} always={always} except={except} />
      </div>
    </Context.Provider>
  );
}

type MapProps = {
  variant: Extract<Variant, { is: "map" }>;
  node: unknown;
  path: Path;
  always?: string[];
  except?: string[];
};

function MapFields({ variant, node, path, always = [], except = [] }: MapProps) {
  const { forms, text, change } = useForm();
  const { properties, open } = variant;
  const present = keysOf(node);
  const known = present.map((key) => ({ key, means: forms.keyOf(key, properties) }));
  const missing = always.filter((key) => !known.some((one) => one.means === key));
  // Keys that are always asked for come first, in their order; then the file's own order.
  const rank = (means: string | null) => (means && always.includes(means) ? always.indexOf(means) : always.length);
  const shown = [...known, ...missing.map((key) => ({ key, means: key }))]
    .filter(({ means }) => !means || !except.includes(means))
    .sort((a, b) => rank(a.means) - rank(b.means));
  const offered = Object.keys(properties).filter(
    (key) => !except.includes(key) && key !== "type" && !shown.some((one) => one.means === key),
  );
  return (
    <>
      {shown.map(({ key, means }) => {
        const schema = (means && properties[means]) || open;
        if (means === "type") return null;
        if (!schema) return <Unknown key={key} name={key} path={[...path, key]} />;
        return (
          <Field
            key={key}
            schema={schema}
            node={isMap(node) ? node.get(key, true) : null}
            path={[...path, key]}
            {...(means ? described(means, schema) : { label: key, hint: "" })}
            fixed={means !== null && (variant.schema.required ?? []).includes(means)}
            absent={!present.includes(key)}
          />
        );
      })}
      <Offer
        names={offered.map((key) => ({ key, label: described(key, properties[key] as Schema).label }))}
        onPick={(key) => change(withValue(text, [...path, key], forms.seed(properties[key] as Schema)))}
      />
    </>
  );
}

/** A key that the schema does not know: it is shown, and mended in the text. */
function Unknown({ name, path }: { name: string; path: Path }) {
  const { text, change } = useForm();
  return (
    <div class="field">
      <div class="field-head"><span class="label">{name}</span><Remove onClick={() => change(without(text, path))} label={name} /></div>
      <Messages path={path} />
    </div>
  );
}

type FieldProps = {
  schema: Schema;
  node: unknown;
  path: Path;
  label: string;
  hint?: string;
  fixed?: boolean;
  /** It is asked for, and not written yet. */
  absent?: boolean;
};

export function Field({ schema, node, path, label, hint = "", fixed = false, absent = false }: FieldProps) {
  const { forms, text, change } = useForm();
  const id = useId();
  const variant = forms.variantOf(schema, node);
  const remove = fixed || absent ? null : <Remove label={label} onClick={() => change(without(text, path))} />;
  if (!variant) return null;
  if (isSeq(node) && variant.is === "list") {
    return <ListField variant={variant} node={node} path={path} label={label} hint={hint} remove={remove} />;
  }
  if (isMap(node) && variant.is === "map") {
    return (
      <fieldset class="group">
        <legend>{label}</legend>
        {remove}
        <MapFields variant={variant} node={node} path={path} />
        <Messages path={path} />
      </fieldset>
    );
  }
  const more = variant.is === "text" && forms.variants(schema).find((one) => one.is === "map" && !one.open);
  const expand = () => {
    if (!more || more.is !== "map") return;
    const [first] = more.schema.required?.length ? more.schema.required : Object.keys(more.properties);
    change(withValue(text, path, { [first ?? "name"]: said(node) }));
  };
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{label}</label>
        {more && !absent && said(node) !== "" && (
          <button type="button" class="link" onClick={expand}>{t("подробнее", "in detail")}</button>
        )}
        {remove}
      </div>
      {PICTURES.includes(String(path.at(-1))) && (
        <Picture title={t("Выбрать файл", "Choose a file")} name="" onName={(name) => change(withValue(text, path, name))} onRemove={() => undefined} />
      )}
      <ScalarInput id={id} variant={variant} choices={choicesOf(forms.variants(schema))} value={said(node)} path={path} describedBy={`${id}-about`} />
      <div id={`${id}-about`}>
        {/* Words that are listed to choose from need no list below. */}
        {hint && variant.is !== "choice" && <p class="hint">{hint}</p>}
        <Messages path={path} />
      </div>
    </div>
  );
}

function choicesOf(all: Variant[]): string[] {
  return all.flatMap((one) => (one.is === "choice" ? one.words : []));
}

type ScalarProps = { id?: string; variant: Variant; choices: string[]; value: string; path: Path; label?: string; describedBy?: string };

function ScalarInput({ id, variant, choices, value, path, label, describedBy }: ScalarProps) {
  const { text, change } = useForm();
  const put = (next: string) => change(withValue(text, path, next));
  const common = { id, "aria-label": label, "aria-describedby": describedBy };
  if (variant.is === "choice" || variant.is === "truth") {
    const words = variant.is === "truth" ? ["true", "false"] : choices;
    const own = value !== "" && !words.includes(value);
    return (
      <select {...common} value={value} onChange={(event) => put(event.currentTarget.value)}>
        <option value="">—</option>
        {own && <option value={value}>{value}</option>}
        {words.map((one) => <option key={one} value={one}>{word(one)}</option>)}
      </select>
    );
  }
  return <Growing {...common} value={value} number={variant.is === "number"} onInput={put} />;
}

type GrowingProps = {
  id?: string;
  value: string;
  number?: boolean;
  onInput: (value: string) => void;
  "aria-label"?: string;
  "aria-describedby"?: string;
};

/** Whether the browser does so itself (the stylesheet asks it to), without a layout for each field. */
const GROWS = CSS.supports("field-sizing", "content");

/** A line that grows with its text. */
export function Growing({ value, number = false, onInput, ...rest }: GrowingProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const area = field.current;
    if (!area || GROWS) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [value]);
  return (
    <textarea
      {...rest}
      ref={field}
      rows={1}
      value={value}
      spellcheck
      inputMode={number ? "numeric" : "text"}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}

type ListProps = {
  variant: Extract<Variant, { is: "list" }>;
  node: { items: unknown[] };
  path: Path;
  label: string;
  hint: string;
  remove: preact.ComponentChild;
};

function ListField({ variant, node, path, label, hint, remove }: ListProps) {
  const { forms, text, change } = useForm();
  const people = forms.isPeople(variant.items);
  return (
    <fieldset class="group list">
      <legend>{label}</legend>
      {remove}
      {hint && <p class="hint">{hint}</p>}
      {people ? (
        <People properties={people} node={node} path={path} label={label} />
      ) : (
        <ol class="items">
          {node.items.map((item, at) => (
            <li key={at}>
              <Item schema={variant.items} node={item} path={[...path, at]} label={`${label}, ${at + 1}`} />
              <div class="item-tools">
                <Tool icon="up" label={t("Выше", "Up")} disabled={at === 0} onClick={() => change(moved(text, path, at, at - 1))} />
                <Tool icon="down" label={t("Ниже", "Down")} disabled={at === node.items.length - 1} onClick={() => change(moved(text, path, at, at + 1))} />
                <Tool icon="trash" label={t("Убрать", "Remove")} onClick={() => change(without(text, [...path, at]))} />
              </div>
            </li>
          ))}
        </ol>
      )}
      {!people && (
        <button type="button" class="add" onClick={() => change(withItem(text, path, forms.seed(variant.items)))}>
          <Icon name="plus" />{t("Добавить", "Add")}
        </button>
      )}
      <Messages path={path} exact />
    </fieldset>
  );
}

/** An item of a list: a text, or a small form. */
function Item({ schema, node, path, label }: { schema: Schema; node: unknown; path: Path; label: string }) {
  const { forms, text, change } = useForm();
  const variant = forms.variantOf(schema, node);
  if (isMap(node) && variant?.is === "map") {
    return (
      <div class="item-map" role="group" aria-label={label}>
        <MapFields variant={variant} node={node} path={path} />
      </div>
    );
  }
  if (isSeq(node) && variant?.is === "list") {
    return <ListField variant={variant} node={node} path={path} label={label} hint="" remove={null} />;
  }
  if (!variant || variant.is === "list" || variant.is === "map") {
    return <p class="hint">{t("Правится в тексте", "To be changed in the text")}</p>;
  }
  const more = forms.variants(schema).filter((one) => one.is === "map");
  return (
    <div class="item-text">
      <ScalarInput variant={variant} choices={choicesOf(forms.variants(schema))} value={isScalar(node) ? said(node) : ""} path={path} label={label} />
      {more[0]?.is === "map" && more[0].properties.text && (
        <button type="button" class="link" onClick={() => change(withValue(text, path, { text: said(node) }))}>
          {t("подробнее", "in detail")}
        </button>
      )}
      <Messages path={path} />
    </div>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return <Tool icon="trash" label={t(`Убрать: ${label}`, `Remove: ${label}`)} onClick={onClick} className="remove" />;
}

type ToolProps = { icon: Parameters<typeof Icon>[0]["name"]; label: string; onClick: () => void; disabled?: boolean; className?: string };

export function Tool({ icon, label, onClick, disabled = false, className = "" }: ToolProps) {
  return (
    <button type="button" class={`tool ${className}`} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

/** What else may be said here. */
function Offer({ names, onPick }: { names: { key: string; label: string }[]; onPick: (key: string) => void }) {
  if (names.length === 0) return null;
  return (
    <div class="offer">
      <select
        aria-label={t("Добавить поле", "Add a field")}
        value=""
        onChange={(event) => {
          const key = event.currentTarget.value;
          event.currentTarget.value = "";
          if (key) onPick(key);
        }}
      >
        <option value="">{t("+ Добавить поле…", "+ Add a field…")}</option>
        {names.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}
      </select>
    </div>
  );
}

/** The faults of a field, each with what can be done about it. */
export function Messages({ path, exact = false }: { path: Path; exact?: boolean }) {
  const { faults, text, change } = useForm();
  const here = written(path);
  const own = faults.filter((fault) => {
    const at = fault.path;
    if (!at) return false;
    // A fault of a part that has no field of its own is told where its whole is.
    return at === here || (!exact && nearest(at, text) === here);
  });
  return (
    <>
      {own.map((fault) => (
        <div key={fault.code + fault.message} class={`message ${fault.severity}`} role={fault.severity === "error" ? "alert" : undefined}>
          <Icon name={fault.severity} />
          <div>
            <p><Words text={messageOf(fault)} /></p>
            {hintsOf(fault).map((hint) => <p key={hint} class="hint"><Words text={hint} /></p>)}
            <Remedies all={remedies(fault, text)} onPick={change} />
          </div>
        </div>
      ))}
    </>
  );
}

/** The nearest thing above a path that is written. */
function nearest(path: string, text: string): string {
  const doc = seen(text);
  const steps: Path = path.split(/[.[\]]+/).filter(Boolean).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  while (steps.length > 0 && !nodeAt(doc, steps)) steps.pop();
  return written(steps);
}

export function Remedies({ all, onPick }: { all: Remedy[]; onPick: (text: string) => void }) {
  if (all.length === 0) return null;
  return (
    <div class="remedies">
      {all.map((remedy) => (
        <button key={remedy.label} type="button" class="chip" onClick={() => onPick(remedy.text)}>{remedy.label}</button>
      ))}
    </div>
  );
}
