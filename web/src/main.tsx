// The page itog.html.
import { render } from "preact";
import { speak, lang } from "./i18n";
import { App } from "./ui/App";
import { followDesign } from "./ui/DesignTab";
import { followSheets } from "./work/sheets";
import { begin, followDocument, keepNow, sayFault } from "./work/state";
import "./style.css";

speak(lang.value);
render(<App />, document.getElementById("app") as HTMLElement);
followDocument();
followSheets();
followDesign();
begin().catch(sayFault);
// A page may be closed before the moment after which it keeps what was typed.
addEventListener("pagehide", () => void keepNow());
document.addEventListener("visibilitychange", () => void keepNow());
