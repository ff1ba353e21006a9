// Two panes with a bar between them that can be moved, by keys too; one above the other on phones.
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../i18n";

const share = signal(45);
export const pane = signal<"left" | "right">("left");

type Props = { left: preact.ComponentChildren; right: preact.ComponentChildren; label: string };

export function Split({ left, right, label }: Props) {
  const whole = useRef<HTMLDivElement>(null);
  const move = (next: number) => (share.value = Math.min(75, Math.max(25, next)));
  const drag = (event: PointerEvent) => {
    const box = whole.current?.getBoundingClientRect();
    if (box && event.buttons) move(((event.clientX - box.left) / box.width) * 100);
  };
  return (
    <div class="split" ref={whole} data-pane={pane.value} style={{ "--share": `${share.value}%` }}>
      <div class="panes" role="group" aria-label={t("Что видно", "What is shown")}>
        <button type="button" aria-pressed={pane.value === "left"} onClick={() => (pane.value = "left")}>{t("Правка", "Editor")}</button>
        <button type="button" aria-pressed={pane.value === "right"} onClick={() => (pane.value = "right")}>{t("Страницы", "Pages")}</button>
      </div>
      <div class="left">{left}</div>
      <div
        class="divider"
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation="vertical"
        aria-valuenow={Math.round(share.value)}
        aria-valuemin={25}
        aria-valuemax={75}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") move(share.value - 3);
          if (event.key === "ArrowRight") move(share.value + 3);
        }}
      />
      <div class="right">{right}</div>
    </div>
  );
}
