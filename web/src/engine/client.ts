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

let compiled: Promise<WebAssembly.Module> | undefined;

/** The engine, which the page carries compressed; it is compiled once for all workers. */
function engine(): Promise<WebAssembly.Module> {
  compiled ??= new Promise((resolve, reject) => {
    const element = document.getElementById("engine");
    const unpacker = new Unpacker();
    unpacker.onmessage = ({ data }: MessageEvent<{ module: WebAssembly.Module } | { dead: string }>) => {
      unpacker.terminate();
      if ("module" in data) resolve(data.module);
      else reject(new Ended(data.dead));
    };
    unpacker.onerror = (event) => reject(new Ended(event.message));
    unpacker.postMessage(element?.textContent ?? "");
    // Eight million letters that nobody asks for again.
    element?.remove();
  });
  return compiled;
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
    const module = await engine();
    const worker = new EngineWorker();
    worker.onmessage = (event: MessageEvent<Answer>) => this.hear(event.data);
    worker.onerror = (event) => this.die(event.message);
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
