// Pages as they will be printed, as SVG whose text can be found and read aloud.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";

type Props = {
  pages: number;
  /** The first pages; the others are asked for when they come into sight. */
  svg: string[];
  more: (page: number) => Promise<string>;
  /** The pages are those of an older text. */
  stale?: boolean;
  label: string;
  children?: preact.ComponentChildren;
};

const STEPS = [25, 33, 50, 67, 80, 100, 125, 150, 200, 300];

export function Preview({ pages, svg, more, stale = false, label, children }: Props) {
  const [zoom, setZoom] = useState<number | "width">("width");
  const frame = useRef<HTMLDivElement>(null);
  const step = (by: number) => {
    const now = zoom === "width" ? fitted(frame.current) : zoom;
    const next = by > 0 ? STEPS.find((one) => one > now + 1) : STEPS.findLast((one) => one < now - 1);
    if (next) setZoom(next);
  };
  return (
    <section class="preview" aria-label={label}>
      <div class="bar">
        {children}
        <div class="zoom" role="group" aria-label={t("Масштаб", "Zoom")}>
          <button type="button" class="tool" aria-label={t("Мельче", "Smaller")} onClick={() => step(-1)}>−</button>
          <button type="button" class="tool wide" aria-label={t("По ширине", "Fit the width")} onClick={() => setZoom("width")}>
            {zoom === "width" ? t("по ширине", "fit") : `${zoom} %`}
          </button>
          <button type="button" class="tool" aria-label={t("Крупнее", "Larger")} onClick={() => step(1)}>+</button>
        </div>
      </div>
      <div class={`canvas ${stale ? "stale" : ""}`} ref={frame} tabIndex={0} role="group" aria-label={label}>
        {Array.from({ length: pages }, (_, at) => (
          <Page key={at} at={at} of={pages} svg={svg[at]} first={svg[0]} more={more} zoom={zoom} />
        ))}
      </div>
    </section>
  );
}

function fitted(frame: HTMLElement | null): number {
  const sheet = frame?.querySelector<SVGElement>(".sheet svg");
  const width = Number.parseFloat(sheet?.dataset.width ?? "");
  return sheet && width ? (sheet.getBoundingClientRect().width / width) * 100 : 100;
}

type PageProps = {
  at: number;
  of: number;
  svg: string | undefined;
  first: string | undefined;
  more: (page: number) => Promise<string>;
  zoom: number | "width";
};

function Page({ at, of, svg, first, more, zoom }: PageProps) {
  const place = useRef<HTMLDivElement>(null);
  const [late, setLate] = useState<{ of: string | undefined; svg: string } | null>(null);
  // A page fetched for an older document is of no use: `first` tells the documents apart.
  const own = svg ?? (late?.of === first ? late?.svg : undefined);
  useEffect(() => {
    const element = place.current;
    if (!element || own !== undefined) return;
    const watcher = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      watcher.disconnect();
      void more(at).then((page) => setLate({ of: first, svg: page })).catch(() => undefined);
    }, { rootMargin: "600px" });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [own === undefined, first, at]);
  // Before the browser paints: a moment later would be a frame later.
  useLayoutEffect(() => {
    if (place.current && own !== undefined) show(place.current, own);
  }, [own]);
  useLayoutEffect(() => {
    if (place.current) scale(place.current, zoom);
  }, [own, zoom]);
  return (
    <figure class="page">
      <div class="sheet" ref={place} lang="ru" />
      <figcaption>{t(`Лист ${at + 1} из ${of}`, `Page ${at + 1} of ${of}`)}</figcaption>
    </figure>
  );
}

/** Points of CSS: 96 in 72 of the page's. */
const PX = 96 / 72;

/** Puts a page in, which is our own writer's XML: nothing of it is markup of the user's. */
function show(place: HTMLElement, svg: string) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  const sheet = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
  const box = sheet.viewBox?.baseVal;
  if (box) sheet.dataset.width = String(box.width * PX);
  place.replaceChildren(sheet);
}

function scale(place: HTMLElement, zoom: number | "width") {
  const sheet = place.querySelector("svg");
  if (!sheet) return;
  const width = Number(sheet.dataset.width);
  sheet.removeAttribute("width");
  sheet.removeAttribute("height");
  place.style.width = zoom === "width" ? "" : `${(width * zoom) / 100}px`;
  place.style.maxWidth = zoom === "width" ? `${width * 1.25}px` : "none";
}

