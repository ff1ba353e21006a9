// What the engine says, as JSON: see web/engine/src.

export type Place = { file: string; line: number; column: number; start: number; end: number };

export type Fault = {
  severity: "error" | "warning";
  code: string;
  message: string;
  message_ru: string;
  /** The values of the message by their names. */
  values: Record<string, unknown>;
  place: Place | null;
  template: Place | null;
  path: string | null;
  hints: string[];
  hints_ru: string[];
};

export type Builtin = { name: string; description: string };

export type Composed = {
  pages: number;
  about: { design: string; certificate: boolean } | null;
  faults: Fault[];
  /** The pages as SVG, as many as were asked for. */
  svg: string[];
};

export type PlannedColumn = {
  letter: string;
  header: string;
  /** The key of what it is; null if nothing was understood. */
  key: string | null;
  title: string | null;
  titleEn: string | null;
  why: "Name" | "Cells" | "Said" | "Twice" | "OtherKinds" | "Asked" | "Unknown";
  samples: string[];
};

export type Plan = {
  sheet: string | null;
  sheets: { name: string; hidden: boolean }[];
  head: [number, number] | null;
  columns: PlannedColumn[];
};

/** Without rows if the table cannot be read; its columns may be there all the same. */
export type TableRead = { plan?: Plan | null; rows?: number[]; faults: Fault[] };

export type Outcome = {
  row: number;
  recipient: string;
  number: string | null;
  status: "made" | "skipped" | "failed" | "left";
  faults: Fault[];
};

export type Sheet = Outcome & { pages: number; svg: string[] };

export type Summary = {
  made: number;
  failed: number;
  left: number;
  rows: number;
  cancelled: boolean;
};

export type Wishes = {
  sheet?: string | null;
  hidden?: boolean;
  common: string;
  design?: string | null;
  pdf?: boolean;
  docx?: boolean;
  png?: number | null;
  dry?: boolean;
  shard?: [number, number];
};

export type NamedFile = [name: string, bytes: Uint8Array];

/** What every worker is told before it is asked for anything else. */
export type Setting = {
  pictures: NamedFile[];
  designs: { name: string; files: NamedFile[] }[];
  names: string;
};

export type Asked =
  | { do: "set"; setting: Setting }
  | { do: "builtins" }
  | { do: "filesOf"; name: string }
  | { do: "schema"; kind: "final-document" | "certificate" | "common" }
  | { do: "keys" }
  | { do: "columns" }
  | { do: "compose"; text: string; name: string; design: string | null }
  | { do: "page"; number: number }
  | { do: "picture"; name: string }
  | { do: "files"; text: string; name: string; design: string | null; to: "pdf" | "docx" }
  | { do: "extract"; bytes: Uint8Array }
  | { do: "table"; bytes: Uint8Array; name: string; wishes: Wishes }
  | { do: "sheet"; at: number }
  | { do: "sheetPage"; number: number }
  | { do: "look"; wishes: Wishes }
  | { do: "make"; wishes: Wishes }
  | { do: "merge" };

/** What a worker says while it works. */
export type Told = { outcome?: Outcome; file?: { name: string; bytes: Uint8Array } };
