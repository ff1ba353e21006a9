// All faults in one list, errors first; each leads to its place.
import type { Fault } from "../engine/types";
import { count, t } from "../i18n";
import { Remedies } from "./Form";
import { Icon } from "./icons";

type Props = {
  faults: Fault[];
  text: string;
  onGo?: (fault: Fault) => void;
  onMend?: (text: string) => void;
};

export function Faults({ faults, text, onGo, onMend }: Props) {
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
                    <span class="where">{t(`Строка ${fault.place.line}`, `Line ${fault.place.line}`)}</span> {fault.message}
                  </button>
                ) : (
                  <p>{fault.message}</p>
                )}
                {fault.hints.map((hint) => <p key={hint} class="hint">{hint}</p>)}
                {onMend && <Remedies fault={fault} text={text} onPick={onMend} />}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
