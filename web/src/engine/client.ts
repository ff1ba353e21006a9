// Talks to workers that hold the engine.
import EngineWorker from "./worker?worker&inline";
import Unpacker from "./unpacker?worker&inline";
import type { Asked, Fault, Told } from "./types";

/** Faults of the input where a result was asked for. */
export class Faulty extends Error {
  constructor(readonly faults: Fault[]) {
    super(faults.map((fault) => fault.message).join("\n"));
  }
}

/** The engine ended, or the worker was stopped. */
export class Ended extends Error {}

/** The engine cannot be had at all: the file is damaged, or the browser too old. */
export class Broken extends Error {}

let compiled: Promise<WebAssembly.Module> | undefined;

/** The engine, which the page carries compressed; it is compiled once for all workers. */
function engine(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compileStreaming(unpacked()).catch((fault) => {
    throw new Broken(String(fault));
  });
  return compiled;
}

/** The bytes of the engine in their order; its pieces are unpacked side by side. */
function unpacked(): Response {
  // They start before there is anything for them, while most of the file is still being read.
  const ready = [new Unpacker(), new Unpacker()];
  const start = (out: ReadableStreamDefaultController<Uint8Array>) => {
    let order = Promise.resolve();
    pieces((piece) => {
      const bytes = piece === null ? null : unpack(piece, ready.shift() ?? new Unpacker());
      order = order.then(async () => (bytes ? out.enqueue(await bytes) : out.close())).catch((fault) => out.error(fault));
    });
  };
  return new Response(new ReadableStream({ start }), { headers: { "content-type": "application/wasm" } });
}

/** In a worker that ends with it, since the page is to answer meanwhile. */
function unpack(piece: string, unpacker: Worker): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    unpacker.onmessage = ({ data }: MessageEvent<Uint8Array | string>) => {
      unpacker.terminate();
      if (typeof data === "string") reject(new Error(data));
      else resolve(data);
    };
    unpacker.onerror = (event) => reject(new Error(event.message));
    unpacker.postMessage(piece);
  });
}

/** The pieces of the engine, each as soon as the browser has read it, and null behind the last: the
 * page runs while most of its file is still being read. */
function pieces(take: (piece: string | null) => void) {
  const look = () => {
    const whole = document.readyState !== "loading";
    for (const element of document.querySelectorAll("script.engine")) {
      // With something behind it, it is read to its end.
      if (!whole && !element.nextElementSibling) return;
      take(element.textContent);
      // Millions of letters that nobody asks for again.
      element.remove();
    }
    if (!whole) return;
    watcher.disconnect();
    document.removeEventListener("readystatechange", look);
    take(null);
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.body, { childList: true });
  document.addEventListener("readystatechange", look);
  look();
}

type Waiting = {
  resolve: (value: never) => void;
  reject: (fault: Error) => void;
  told?: (told: Told) => void;
};

type Answer = { id: number; value?: never; faults?: Fault[]; dead?: string; told?: Told };

/** A worker with an engine of its own. It starts with the first question. */
export class EngineClient {
  private worker: Promise<Worker> | undefined;
  private waiting = new Map<number, Waiting>();
  private last = 0;
  /** Said again to each new worker before all else. */
  setting: Asked | undefined;

  ask<T>(asked: Asked, told?: (told: Told) => void): Promise<T> {
    if (asked.do === "set") this.setting = asked;
    return this.started().then((worker) => this.send<T>(worker, { asked }, told));
  }

  /** Ends the worker at once, whatever it does. */
  stop(): void {
    const worker = this.worker;
    this.worker = undefined;
    // One that was stopped while it started has ended itself.
    worker?.then((live) => live.terminate(), () => {});
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const one of all) one.reject(new Ended("stopped"));
  }

  private started(): Promise<Worker> {
    this.worker ??= this.start();
    return this.worker;
  }

  private async start(): Promise<Worker> {
    // The worker starts while the engine is still unpacked.
    const worker = new EngineWorker();
    worker.onmessage = (event: MessageEvent<Answer>) => this.hear(event.data);
    worker.onerror = (event) => this.die(event.message);
    const module = await engine();
    const ready = this.send(worker, { module });
    const setting = this.setting ? this.send(worker, { asked: this.setting }) : undefined;
    try {
      await Promise.all([ready, setting]);
    } catch (fault) {
      worker.terminate();
      throw fault;
    }
    return worker;
  }

  private send<T>(worker: Worker, what: object, told?: (told: Told) => void): Promise<T> {
    const id = ++this.last;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (value: never) => void, reject, told });
      worker.postMessage({ id, ...what });
    });
  }

  private hear(answer: Answer) {
    const one = this.waiting.get(answer.id);
    if (!one) return;
    if (answer.told) return one.told?.(answer.told);
    this.waiting.delete(answer.id);
    if (answer.faults) one.reject(new Faulty(answer.faults));
    else if (answer.dead !== undefined) {
      one.reject(new Ended(answer.dead));
      this.die(answer.dead);
    } else one.resolve(answer.value as never);
  }

  /** After a panic nothing in the engine's memory can be trusted: the next question starts anew. */
  private die(why: string) {
    console.error(`the engine ended: ${why}`);
    this.stop();
  }
}

/** The engine behind what is seen while one writes. */
export const desk = new EngineClient();
