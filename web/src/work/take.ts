// Whatever file is dropped on the page goes where it belongs.
import { desk, Faulty } from "../engine/client";
import type { Composed, NamedFile } from "../engine/types";
import { t } from "../i18n";
import { takeTable } from "./sheets";
import { blank, change, open, sample, say, sayFault, setting, tab, tellSetting, work } from "./state";
import { fromFile, type Kept } from "./store";

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
      // A document of Word's that none of our data made is a blank.
      const foreign = fault instanceof Faulty && fault.faults[0]?.code === "extract-none";
      return ending === "docx" && foreign ? takeBlank(file.name, bytes) : sayFault(fault);
    }
  }
  const work = fromFile(text());
  if (!work) {
    return say(t(`«${file.name}»: такой файл здесь не открыть.`, `“${file.name}”: files of this kind cannot be opened here.`), true);
  }
  // A work that comes from elsewhere takes nothing's place.
  await open({ ...work, id: blank("", "").id, changed: Date.now() });
}

/** A blank made in Word becomes the design of the work; one that was corrected takes its old place. */
export async function takeBlank(name: string, bytes: Uint8Array): Promise<void> {
  const own = name.replace(/\.docx$/i, "");
  const file = { name: `${own}.docx`, bytes };
  const before = work.value?.design;
  const kept = before?.name === own ? before.files.find((one) => one.name === "sample.yaml") : undefined;
  const text = kept?.bytes ?? new TextEncoder().encode(await sampleFor(own, file));
  change(() => ({ design: { name: own, base: "word", files: [file, { name: "sample.yaml", bytes: text }] } }));
  tab.value = "design";
  say(t("Бланк взят: так он выглядит с данными образца.", "The blank is taken: this is how it looks with sample data."));
}

/** What it is a blank of, its names say: of the data at hand, those that the engine has least to say against. */
async function sampleFor(design: string, blank: Kept): Promise<string> {
  const texts = [work.value?.document.text ?? "", await sample("certificate-classic"), await sample("final-document")];
  await tellSetting({ ...setting.value, designs: [{ name: design, files: [[blank.name, blank.bytes]] }] });
  let [best, least] = ["", Infinity];
  for (const text of texts) {
    const made = await desk.ask<Composed>({ do: "compose", text, name: "sample.yaml", design });
    const against = made.faults.length + (made.pages ? 0 : 1000);
    if (against < least) [best, least] = [text, against];
  }
  return best;
}

function takeDocument(name: string, text: string) {
  change((old) => ({ document: { ...old.document, text, file: name } }));
  tab.value = "document";
}
