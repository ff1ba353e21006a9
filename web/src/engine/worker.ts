// The engine in its worker: the page never waits for it.
import { initSync, Workbench } from "../../build/itog_web.js";
import type { Asked, NamedFile, Told } from "./types";

let bench: Workbench | undefined;

/** As many pages as are sent along at once; the others are asked for when they are seen. */
const EAGER = 3;

type Message = { id: number } & ({ module: WebAssembly.Module } | { asked: Asked });

self.onmessage = (event: MessageEvent<Message>) => {
  const { id } = event.data;
  try {
    const value = "module" in event.data ? begin(event.data.module) : answer(event.data.asked, id);
    self.postMessage({ id, value }, { transfer: owned(value) });
  } catch (fault) {
    // Faults of the input come as JSON; anything else has ended the engine.
    if (typeof fault === "string") self.postMessage({ id, faults: JSON.parse(fault) });
    else self.postMessage({ id, dead: String(fault) });
  }
};

function begin(module: WebAssembly.Module): null {
  initSync({ module });
  bench = new Workbench();
  return null;
}

function owned(value: unknown): ArrayBuffer[] {
  return value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [];
}

function tell(id: number, told: Told) {
  self.postMessage({ id, told }, { transfer: told.file ? owned(told.file.bytes) : [] });
}

function some(count: number, page: (n: number) => string | undefined): string[] {
  const pages = Array.from({ length: Math.min(count, EAGER) }, (_, n) => page(n) ?? "");
  return pages;
}

// One road for each thing that may be asked; the engine itself has no states to mind.
function answer(asked: Asked, id: number): unknown {
  if (!bench) throw new Error("the engine is not there yet");
  const live = bench;
  switch (asked.do) {
    case "set": {
      const { pictures, designs, names } = asked.setting;
      live.set_pictures(pictures);
      for (const design of designs) live.set_design(design.name, design.files);
      live.set_names(names);
      return null;
    }
    case "builtins":
      return JSON.parse(Workbench.builtins());
    case "filesOf":
      return Workbench.files_of(asked.name);
    case "schema":
      return JSON.parse(Workbench.schema(asked.kind));
    case "keys":
      return JSON.parse(Workbench.keys());
    case "columns":
      return JSON.parse(Workbench.columns());
    case "compose": {
      const composed = JSON.parse(live.compose(asked.text, asked.name, asked.design ?? undefined));
      composed.svg = some(composed.pages, (n) => live.page(n));
      return composed;
    }
    case "page":
      return live.page(asked.number) ?? "";
    case "picture": {
      // A small bench of its own would cost the memory of an engine: the document is put back by
      // the next keystroke, which composes anew.
      const files = Workbench.files_of(asked.name) as NamedFile[];
      const sample = files.find(([name]) => name === "sample.yaml")?.[1];
      if (!sample) return "";
      return live.picture(new TextDecoder().decode(sample), asked.name) ?? "";
    }
    case "files": {
      const composed = JSON.parse(live.compose(asked.text, asked.name, asked.design ?? undefined));
      if (composed.pages === 0) throw JSON.stringify(composed.faults);
      return asked.to === "pdf" ? live.pdf() : live.docx();
    }
    case "extract":
      return Workbench.extract(asked.bytes);
    case "table":
      return JSON.parse(live.table(asked.bytes, asked.name, JSON.stringify(asked.wishes)));
    case "sheet": {
      const told = live.sheet(asked.at);
      if (!told) return null;
      const sheet = JSON.parse(told);
      sheet.svg = some(sheet.pages, (n) => live.sheet_page(n));
      return sheet;
    }
    case "sheetPage":
      return live.sheet_page(asked.number) ?? "";
    case "look":
    case "make": {
      const put = (name: string, bytes: Uint8Array) => tell(id, { file: { name, bytes } });
      const told = (json: string) => tell(id, { outcome: JSON.parse(json) });
      const wishes = { ...asked.wishes, dry: asked.do === "look" };
      return JSON.parse(live.make(JSON.stringify(wishes), put, told));
    }
    case "merge":
      return live.merge((json: string) => tell(id, { outcome: JSON.parse(json) }));
  }
}

