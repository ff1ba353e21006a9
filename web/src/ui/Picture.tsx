// A picture that the data name: chosen as a file, kept in the work, named in the text.
import { useRef } from "preact/hooks";
import { t } from "../i18n";
import { change } from "../work/state";
import { Tool } from "./Form";

/** Keys whose value is the name of a picture. */
export const PICTURES = ["signature", "stamp", "logo", "emblem", "photo", "background"];

type Props = {
  /** Which picture it is: «Подпись». */
  title: string;
  /** The file that is named now, or an empty text. */
  name: string;
  onName: (name: string) => void;
  onRemove: () => void;
};

export function Picture({ title, name, onName, onRemove }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    change((old) => ({
      pictures: [...old.pictures.filter((one) => one.name !== file.name), { name: file.name, bytes }],
    }));
    onName(file.name);
  };
  return (
    <div class="slot">
      <input ref={input} type="file" class="unseen" tabIndex={-1} aria-hidden="true" accept=".png,.jpg,.jpeg,.svg" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      <button type="button" class="button small" onClick={() => input.current?.click()}>
        {name ? `${title}: ${name}` : `${title}…`}
      </button>
      {name && <Tool icon="trash" label={t(`Убрать: ${title}`, `Remove: ${title}`)} onClick={onRemove} />}
    </div>
  );
}
