// Pictures of the buttons: strokes of one weight on a grid of 20.
import type { JSX } from "preact";

const PATHS = {
  plus: "M10 4v12M4 10h12",
  close: "M5 5l10 10M15 5L5 15",
  trash: "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6",
  up: "M10 16V4M5 9l5-5 5 5",
  down: "M10 4v12M5 11l5 5 5-5",
  left: "M12.5 4.5L7 10l5.5 5.5",
  right: "M7.5 4.5L13 10l-5.5 5.5",
  download: "M10 3v10M5.5 9l4.5 4.5L14.5 9M4 17h12",
  folder: "M3 6.5V15a1 1 0 001 1h12a1 1 0 001-1V8a1 1 0 00-1-1H10L8.500 5H4a1 1 0 00-1 1.500z",
  moon: "M16 11.500A6.500 6.500 0 018.500 4 6.500 6.500 0 1016 11.500z",
  sun: "M10 6.500a3.500 3.500 0 100 7 3.500 3.500 0 000-7zM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100",
  grid: "M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z",
  table: "M3 4h14v12H3zM3 8h14M8 8v8",
  stop: "M5.500 5.500h9v9h-9z",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  error: "M10 2.500a7.500 7.500 0 100 15 7.500 7.500 0 000-15zM10 6v5M10 13.500v.1",
  warning: "M10 3l7.500 13.500h-15zM10 8v4M10 14v.1",
  check: "M4 10.500l4 4 8-9",
  print: "M6 8V3h8v5M6 14H4V8h12v6h-2M6 12h8v5H6z",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
