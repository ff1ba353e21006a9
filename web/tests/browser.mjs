// A browser with the page, opened from disk, and what every test asks of it: no request leaves it,
// and nothing is said to the console.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const root = resolve(import.meta.dirname, "../..");
/** The program, whose files the page's must equal. */
const itog = process.env.ITOG ?? join(root, "target/debug/examples/itog");
export const page = pathToFileURL(resolve(import.meta.dirname, "../dist/itog.html")).href;

/** Twelve people, and what their certificates share. */
export const people = join(root, "web/tests/people.xlsx");
export const common = join(root, "examples/data/common.yaml");

/** The files that the program makes in a folder, by what it is called with. */
export function native(args) {
  const folder = mkdtempSync(join(tmpdir(), "itog-native-"));
  try {
    execFileSync(itog, args(folder), { stdio: "ignore" });
    return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function same(found, expected) {
  assert.deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
  for (const [name, bytes] of expected) assert.ok(bytes.equals(found.get(name)), `${name} differs`);
}

/** How much slower than a quiet machine this one may be. */
export const SLACK = Number(process.env.ITOG_WEB_SLACK ?? 1);
/** What is promised of the page's speed is held to on slow machines, too: it is waited for with all the
 * slack that there is, and measured with little. */
export const GOAL = Math.min(SLACK, 2);

/** Chromium looks for its makers' hosts unless it is told not to; root may not use its sandbox. */
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update",
];

/** Runs `test` with a fresh profile, and looks at what it left behind. */
export async function inBrowser(test, options = {}, opened = page) {
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
  assert.ok(executablePath, "there is no Chromium");
  const profile = mkdtempSync(join(tmpdir(), "itog-web-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, args: FLAGS, viewport: { width: 1400, height: 900 }, locale: "ru-RU", ...options,
  });
  const [requests, said] = [[], []];
  context.on("request", (request) => requests.push(request.url()));
  context.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  context.on("weberror", (error) => said.push(`error: ${error.error().message}`));
  try {
    const tab = context.pages()[0] ?? (await context.newPage());
    await test(tab, context);
  } finally {
    await context.close();
    // A browser that is still going away may hold its profile for a moment.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
  assert.deepEqual(said, [], "the console is silent");
  const foreign = requests.filter((url) => url !== opened && !/^(blob|data):/.test(url));
  assert.deepEqual(foreign, [], "no request leaves the page");
}

/** What the pages of the browser have for themselves, in bytes: the pages of memory that no other
 * process shares, of each renderer that was started from here (proc(5), smaps_rollup). */
export function memory() {
  const read = (pid, name) => readFileSync(`/proc/${pid}/${name}`, "utf8");
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      // The name in brackets may have spaces; behind it stand the state and the parent.
      const parent = read(pid, "stat").replace(/^.*\) \S+ (\d+) .*$/s, "$1");
      return [{ pid, parent, renderer: read(pid, "cmdline").includes("--type=renderer") }];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
  const ours = new Set([String(process.pid)]);
  for (let before = 0; before !== ours.size; ) {
    before = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const renderers = all.filter(({ pid, renderer }) => renderer && ours.has(pid));
  assert.ok(renderers.length > 0, "the browser has a page");
  const kilobytes = renderers.flatMap(({ pid }) =>
    [...read(pid, "smaps_rollup").matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map((found) => Number(found[1])));
  return kilobytes.reduce((sum, one) => sum + one, 0) * 1024;
}

/** Opens the page and waits for the first sheet. */
export async function open(tab) {
  await tab.goto(page);
  await tab.locator(".sheet svg").first().waitFor();
}

/** The words on the sheets, which are there to be found and read aloud. Soft hyphens and joiners
 * do not count. */
export async function words(tab) {
  const text = await tab.locator(".sheet svg").evaluateAll((all) => all.map((one) => one.textContent).join(" "));
  return text.replace(/[\u00ad\u2060\u200b]/g, "").replace(/\s+/g, " ");
}

/** Waits until the words on the sheets are such. */
export async function until(tab, what, timeout = 5000 * SLACK) {
  const end = Date.now() + timeout;
  for (;;) {
    const text = await words(tab);
    if (what(text)) return text;
    assert.ok(Date.now() < end, `in vain: ${what}\n${text.slice(0, 600)}`);
    await tab.waitForTimeout(20);
  }
}

/** What a click gives the user to keep. */
export async function downloaded(tab, click, timeout = 60000 * SLACK) {
  const [download] = await Promise.all([tab.waitForEvent("download", { timeout }), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The files of an archive that stores them as they are. */
export function unzip(bytes) {
  const files = new Map();
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    assert.equal(bytes.readUInt16LE(at + 8), 0, "stored");
    const start = at + 30 + name + extra;
    files.set(bytes.toString("utf8", at + 30, at + 30 + name), bytes.subarray(start, start + size));
    at = start + size;
  }
  return files;
}
