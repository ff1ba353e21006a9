// Everything in one file: script, style and engine inside of itog.html, under a policy that lets
// nothing in and nothing out.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { armoured } from "./src/engine/armour.ts";

const here = import.meta.dirname;

/** CodeMirror makes its styles while it runs; they, and ours, carry this word. */
const NONCE = "itog";

function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_, bundle) {
      const all = Object.values(bundle);
      const page = all.find((file) => file.fileName === "index.html");
      const script = all.find((file) => file.type === "chunk");
      const style = all.find((file) => file.fileName.endsWith(".css"));
      if (page?.type !== "asset" || script?.type !== "chunk" || style?.type !== "asset") {
        throw new Error(`there is more than one file of a kind: ${Object.keys(bundle).join(", ")}`);
      }
      // The end of a script element must not stand inside of it.
      const code = script.code.replaceAll("</script", "<\\/script");
      // The code before the data, which it is compiled beside of.
      const pieces = ["code", "data"].map((name) => readFileSync(resolve(here, `build/engine-${name}.zst`)));
      const engine = pieces.map((piece) => `<script type="application/zstd" class="engine">${armoured(piece)}</script>\n`);
      const hash = createHash("sha256").update(code).digest("base64");
      const policy = [
        "default-src 'none'",
        `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`,
        "worker-src blob:",
        `style-src-elem 'nonce-${NONCE}'`,
        // Pages blend their colours by attributes; browsers style what is typed over by theirs.
        "style-src-attr 'unsafe-inline'",
        "img-src blob: data:",
        "base-uri 'none'",
        "form-action 'none'",
      ].join("; ");
      const html = String(page.source)
        .replace(/<script[^>]*src=[^>]*><\/script>/, "")
        .replace(/<link[^>]*rel="stylesheet"[^>]*>/, "")
        .replace("<meta charset", `<meta http-equiv="Content-Security-Policy" content="${policy}" />\n    <meta charset`)
        .replace("</head>", () => `  <meta name="style-nonce" content="${NONCE}" />\n    <style nonce="${NONCE}">${String(style.source)}</style>\n  </head>`)
        // The script before the engine: what it shows stands there while the rest of the file is read.
        .replace("</body>", () => `<script>${code}</script>\n${engine.join("")}</body>`);
      for (const name of Object.keys(bundle)) delete bundle[name];
      this.emitFile({ type: "asset", fileName: "itog.html", source: html });
    },
  };
}

export default defineConfig({
  root: here,
  build: {
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { output: { format: "iife", codeSplitting: false } },
  },
  plugins: [oneFile()],
  worker: { format: "iife" },
  server: { fs: { allow: [resolve(here, "..")] } },
});
