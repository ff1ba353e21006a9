// Kinds of documents and designs with pictures, each drawn by the engine from its own sample.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { desk } from "../engine/client";
import type { Builtin } from "../engine/types";
import { t } from "../i18n";

const pictures = signal<Record<string, string>>({});
const asked = new Set<string>();
let queue: Promise<unknown> = Promise.resolve();

/** The picture of a design's sample, drawn once and when the engine has nothing better to do. */
function picture(name: string): string | undefined {
  const found = pictures.value[name];
  if (found !== undefined || asked.has(name)) return found;
  asked.add(name);
  queue = queue
    .then(() => desk.ask<string>({ do: "picture", name }))
    .then((svg) => {
      const url = svg ? URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })) : "";
      pictures.value = { ...pictures.value, [name]: url };
    })
    .catch(() => asked.delete(name));
  return undefined;
}

/** «Приказ: награждение, назначение» as a name and the rest. */
export function named(builtin: Builtin): { title: string; about: string } {
  const [title = "", ...rest] = builtin.description.split(": ");
  return { title, about: rest.join(": ") };
}

type CardsProps = { list: Builtin[]; chosen?: string | null; onPick: (name: string) => void; label: string };

export function Cards({ list, chosen = null, onPick, label }: CardsProps) {
  return (
    <ul class="cards" aria-label={label}>
      {list.map((builtin) => <Card key={builtin.name} builtin={builtin} chosen={builtin.name === chosen} onPick={onPick} />)}
    </ul>
  );
}

function Card({ builtin, chosen, onPick }: { builtin: Builtin; chosen: boolean; onPick: (name: string) => void }) {
  const place = useRef<HTMLButtonElement>(null);
  const seen = useRef(signal(false)).current;
  useEffect(() => {
    const watcher = new IntersectionObserver((all) => {
      if (all.some((one) => one.isIntersecting)) {
        seen.value = true;
        watcher.disconnect();
      }
    }, { rootMargin: "200px" });
    if (place.current) watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  const url = seen.value ? picture(builtin.name) : undefined;
  const { title, about } = named(builtin);
  return (
    <li>
      <button type="button" class="card" ref={place} aria-pressed={chosen} onClick={() => onPick(builtin.name)}>
        <span class="thumb">{url ? <img src={url} alt="" /> : null}</span>
        <span class="card-title">{title}</span>
        {about && <span class="card-about">{about}</span>}
      </button>
    </li>
  );
}

type DialogProps = { open: boolean; title: string; onClose: () => void; children: preact.ComponentChildren; wide?: boolean };

export function Dialog({ open, title, onClose, children, wide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog ref={dialog} class={wide ? "wide" : ""} aria-label={title} onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      {open && (
        <div class="dialog">
          <header>
            <h2>{title}</h2>
            <button type="button" class="tool" aria-label={t("Закрыть", "Close")} onClick={onClose}>×</button>
          </header>
          <div class="dialog-body">{children}</div>
        </div>
      )}
    </dialog>
  );
}
