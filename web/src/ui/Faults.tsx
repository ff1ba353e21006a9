// All faults in one list, errors first; each leads to its place.
import type { Fault } from "../engine/types";
import { count, t } from "../i18n";
import { hintsOf, messageOf } from "../work/fault";
import type { Remedy } from "../work/remedy";
import { Remedies } from "./Form";
import { Icon } from "./icons";
import { Words } from "./Words";

type Props = {
  faults: Fault[];
  /** What can be done about a fault, each with the text that it gives. */
  remedies?: (fault: Fault) => Remedy[];
  onGo?: (fault: Fault) => void;
  onMend?: (text: string) => void;
};

export function Faults({ faults, remedies, onGo, onMend }: Props) {
  const errors = faults.filter((fault) => fault.severity === "error").length;
  const warnings = faults.length - errors;
  const parts = [
    errors ? count(errors, ["ошибка", "ошибки", "ошибок"], ["error", "errors"]) : "",
    warnings ? count(warnings, ["замечание", "замечания", "замечаний"], ["warning", "warnings"]) : "",
  ].filter(Boolean);
  return (
    <section class={`faults ${faults.length ? "" : "none"}`} aria-label={t("Ошибки и замечания", "Errors and warnings")}>
      <p class="sum" role="status" aria-live="polite">
        <Icon name={errors ? "error" : warnings ? "warning" : "check"} />
        {parts.join(", ") || t("Ошибок и замечаний нет", "No errors, no warnings")}
      </p>
      {faults.length > 0 && (
        <ul tabIndex={0} aria-label={t("Список", "List")}>
          {faults.map((fault, at) => (
            <li key={at} class={fault.severity}>
              <Icon name={fault.severity} />
              <div>
                {fault.place && onGo ? (
                  <button type="button" class="go" onClick={() => onGo(fault)}>
                    <span class="where">{t(`Строка ${fault.place.line}`, `Line ${fault.place.line}`)}</span> <Words text={messageOf(fault)} />
                  </button>
                ) : (
                  <p><Words text={messageOf(fault)} /></p>
                )}
                {hintsOf(fault).map((hint) => <p key={hint} class="hint"><Words text={hint} /></p>)}
                {onMend && remedies && <Remedies all={remedies(fault)} onPick={onMend} />}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
