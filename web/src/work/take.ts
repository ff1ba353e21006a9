// Whatever file is dropped on the page goes where it belongs.
import { desk } from "../engine/client";
import type { NamedFile } from "../engine/types";
import { t } from "../i18n";
import { takeTable } from "./sheets";
import { blank, change, open, say, sayFault, tab } from "./state";
import { fromFile } from "./store";

const TABLES = ["xlsx", "xls", "xlsb", "xlsm", "ods", "csv", "tsv", "html", "htm", "jsonl"];
const PICTURES = ["png", "jpg", "jpeg", "svg", "webp"];

export async function take(file: File): Promise<void> {
  const ending = file.name.split(".").pop()?.toLowerCase() ?? "";
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = () => new TextDecoder().decode(bytes);
  if (TABLES.includes(ending)) return takeTable(file.name, bytes);
  if (PICTURES.includes(ending)) {
    change((old) => ({ pictures: [...old.pictures.filter((one) => one.name !== file.name), { name: file.name, bytes }] }));
    return say(t(`Картинка «${file.name}» лежит в работе: назовите её в тексте.`, `The picture “${file.name}” is in the work: name it in the text.`));
  }
  if (ending === "yaml" || ending === "yml") return takeDocument(file.name, text());
  if (ending === "pdf" || ending === "docx") {
    try {
      const [name, data] = await desk.ask<NamedFile>({ do: "extract", bytes });
      return takeDocument(name, new TextDecoder().decode(data));
    } catch (fault) {
      return sayFault(fault);
    }
  }
  const work = fromFile(text());
  if (!work) {
    return say(t(`«${file.name}»: такой файл здесь не открыть.`, `“${file.name}”: files of this kind cannot be opened here.`), true);
  }
  // A work that comes from elsewhere takes nothing's place.
  await open({ ...work, id: blank("", "").id, changed: Date.now() });
}

function takeDocument(name: string, text: string) {
  change((old) => ({ document: { ...old.document, text, file: name } }));
  tab.value = "document";
}
