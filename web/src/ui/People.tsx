// People in a grid: one row each, as in Excel.
import { isMap, isScalar } from "yaml";
import type { Schema } from "../work/schema";
import { described } from "../work/schema";
import { keysOf, moved, type Path, said, withItem, without, withValue } from "../work/yaml";
import { t } from "../i18n";
import { Growing, Messages, Tool, useForm } from "./Form";
import { Icon } from "./icons";
import { Picture, PICTURES } from "./Picture";

type Props = { properties: Record<string, Schema>; node: { items: unknown[] }; path: Path; label: string };

/** What is asked of each in a grid; the rest is written in the text. */
const COLUMNS = ["action", "role", "name", "post", "of", "from", "for", "reason", "text", "signature", "stamp"];

export function People({ properties, node, path, label }: Props) {
  const { forms, text, change } = useForm();
  const used = new Set(["name", "post", ...["role", "signature", "stamp"].filter((key) => properties[key])]);
  for (const item of node.items) {
    for (const key of keysOf(item)) {
      const means = forms.keyOf(key, properties);
      if (means) used.add(means);
    }
  }
  const columns = COLUMNS.filter((key) => used.has(key) && properties[key]);
  const put = (at: number, key: string, value: string) => {
    const item = node.items[at];
    const here = [...path, at];
    // A name alone may stay a name alone; with a post it becomes a map.
    if (isMap(item)) {
      return change(withValue(text, [...here, forms.writtenKey(key, item, properties) ?? key], value));
    }
    if (key === "name") return change(withValue(text, here, value));
    return change(withValue(text, here, { name: said(item), [key]: value }));
  };
  const valueOf = (item: unknown, key: string): string | null => {
    if (isScalar(item)) return key === "name" ? said(item) : "";
    if (!isMap(item)) return "";
    const own = item.get(forms.writtenKey(key, item, properties) ?? key, true);
    // A name in parts is changed in the text.
    return own === undefined || isScalar(own) ? said(own) : null;
  };
  return (
    <>
      <table class="people">
        <thead>
          <tr>
            {columns.map((key) => <th key={key} scope="col">{heading(key, properties[key] as Schema)}</th>)}
            <th><span class="unseen">{t("Действия", "Actions")}</span></th>
          </tr>
        </thead>
        <tbody>
          {node.items.map((item, at) => (
            <>
              <tr key={at}>
                {columns.map((key) => {
                  const value = valueOf(item, key);
                  return (
                    <td key={key}>
                      {PICTURES.includes(key) ? (
                        <Picture
                          title={heading(key, properties[key] as Schema)} name={value ?? ""}
                          onName={(name) => put(at, key, name)}
                          onRemove={() => change(without(text, [...path, at, key]))}
                        />
                      ) : value === null ? (
                        <span class="hint">{t("в тексте", "in the text")}</span>
                      ) : (
                        <Growing
                          value={value}
                          aria-label={`${label}, ${at + 1}: ${heading(key, properties[key] as Schema)}`}
                          onInput={(next) => put(at, key, next)}
                        />
                      )}
                    </td>
                  );
                })}
                <td class="row-tools">
                  <Tool icon="up" label={t("Выше", "Up")} disabled={at === 0} onClick={() => change(moved(text, path, at, at - 1))} />
                  <Tool icon="trash" label={t("Убрать", "Remove")} onClick={() => change(without(text, [...path, at]))} />
                </td>
              </tr>
              <tr key={`${at}-messages`} class="row-messages">
                <td colSpan={columns.length + 1}><Messages path={[...path, at]} /></td>
              </tr>
            </>
          ))}
        </tbody>
      </table>
      <button type="button" class="add" onClick={() => change(withItem(text, path, properties.role ? { role: "", name: "" } : { name: "" }))}>
        <Icon name="plus" />{t("Добавить человека", "Add a person")}
      </button>
    </>
  );
}

function heading(key: string, schema: Schema): string {
  if (key === "name") return t("Фамилия Имя Отчество", "Name");
  if (key === "post") return t("Должность", "Post");
  if (key === "signature") return t("Подпись", "Signature");
  if (key === "stamp") return t("Печать", "Stamp");
  return described(key, schema).label;
}
