// The page in Firefox, which Playwright drives only in a build of its own; puppeteer speaks
// WebDriver BiDi with the one that is installed. The same user's day as in page.test.mjs, shorter.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import puppeteer from "puppeteer-core";
import { common, native, page, people, root, same, SLACK, unzip } from "./browser.mjs";

async function inFirefox(run) {
  const executablePath = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);
  assert.ok(executablePath, "there is no Firefox");
  const browser = await puppeteer.launch({
    browser: "firefox", executablePath, extraPrefsFirefox: { "intl.accept_languages": "ru-RU" },
  });
  const [requests, said] = [[], []];
  try {
    const tab = await browser.newPage();
    tab.setDefaultTimeout(30000 * SLACK);
    tab.on("request", (request) => requests.push(request.url()));
    tab.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    tab.on("pageerror", (error) => said.push(`error: ${error.message}`));
    await tab.setViewport({ width: 1400, height: 900 });
    // What the user is given to keep stays within reach.
    await tab.evaluateOnNewDocument(() => {
      globalThis.given = [];
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        globalThis.given.push(blob);
        return make(blob);
      };
    });
    await run(tab);
  } finally {
    await browser.close();
  }
  assert.deepEqual(said, [], "the console is silent");
  const foreign = requests.filter((url) => url !== page && !/^(blob|data):/.test(url));
  assert.deepEqual(foreign, [], "no request leaves the page");
}

/** Clicks the button that says `name`. By its text and not by its role: to look for roles puppeteer
 * walks the whole page in Firefox, which takes it seconds each time. */
async function press(tab, name) {
  const found = await tab.waitForFunction(
    (text) => [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === text),
    { polling: 50 },
    name,
  );
  await found.click();
}

/** Waits until the words on the sheets hold `wanted`. */
async function until(tab, wanted) {
  await tab.waitForFunction((text) => {
    const sheets = [...document.querySelectorAll(".sheet svg")].map((one) => one.textContent).join(" ");
    return sheets.replace(/[\u00ad\u2060\u200b]/g, "").replace(/\s+/g, " ").includes(text);
  }, { polling: 50 }, wanted);
}

const all = async (tab) => {
  await tab.keyboard.down("Control");
  await tab.keyboard.press("KeyA");
  await tab.keyboard.up("Control");
};

test("Firefox: a document is typed, a fault is told at its line and mended, and what is kept is the program's", async (report) => {
  await inFirefox(async (tab) => {
    const start = Date.now();
    await tab.goto(page);
    await tab.waitForSelector(".sheet svg");
    report.diagnostic(`the first page after ${Date.now() - start} ms`);
    assert.equal(await tab.$eval("html", (html) => html.lang), "ru");

    await press(tab, "Текст");
    await tab.click(".cm-content");
    await all(tab);
    await tab.keyboard.type("kind: Решение\nrecomendations: [Провести форум]");
    await tab.waitForSelector(".stale");
    await press(tab, "Заменить на «recommendations»");
    await until(tab, "Провести форум");
    assert.equal(await tab.$(".stale"), null);

    const data = join(root, "examples/data/final-document.yaml");
    await tab.click('[title="Все работы"]');
    const take = await tab.$("dialog input[type=file]");
    await take.uploadFile(data);
    await until(tab, "Клуба деловых встреч");
    for (const [name, ending] of [["Скачать PDF", "pdf"], ["Скачать Word", "docx"]]) {
      const whole = native((folder) => ["render", data, "--to", ending, "-o", join(folder, `итог.${ending}`)]);
      assert.ok([...whole.values()][0].equals(await given(tab, () => press(tab, name))), `${ending} differs`);
    }
  });
});

test("Firefox: a table of 12 people becomes an archive whose files are the program's", async () => {
  const expected = native((folder) => ["batch", people, "--common", common, "-o", folder]);
  await inFirefox(async (tab) => {
    await tab.goto(page);
    await tab.waitForSelector(".sheet svg");
    await press(tab, "Грамоты");
    const take = await tab.waitForSelector("#table-file");
    await take.uploadFile(people);
    await tab.waitForSelector("::-p-text(12 строк)");
    await press(tab, "Текст");
    await (await tab.waitForSelector('.step[aria-label="Общее для всех"] .cm-content')).click();
    await all(tab);
    // As one change: an editor that indents by itself would add to what is typed by lines.
    await tab.evaluate((text) => document.execCommand("insertText", false, text), readFileSync(common, "utf8"));
    await until(tab, "Бехтеневой Наталье Юрьевне");
    same(unzip(await given(tab, () => press(tab, "Архив: файл каждому"))), expected);
  });
});

/** The bytes of what a click gives the user to keep: pictures and workers are blobs, too. */
async function given(tab, click) {
  const before = await tab.evaluate(() => globalThis.given.length);
  await click();
  await tab.waitForFunction((count) => globalThis.given.slice(count).some((blob) => blob.type.startsWith("application/")), {}, before);
  const text = await tab.evaluate(async (count) => {
    const blob = globalThis.given.slice(count).find((one) => one.type.startsWith("application/"));
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let letters = "";
    for (let at = 0; at < bytes.length; at += 32768) letters += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(letters);
  }, before);
  return Buffer.from(text, "base64");
}
