// The page as its users meet it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { common, downloaded, GOAL, inBrowser, memory, native, open, people, root, same, SLACK, until, unzip, words } from "./browser.mjs";

/** The text in the editor, put there as one change. */
async function type(tab, text) {
  await tab.getByRole("button", { name: "Текст", exact: true }).click();
  const code = tab.locator(".cm-content");
  await code.click();
  await tab.keyboard.press("Control+A");
  await tab.keyboard.insertText(text);
}

const room = (tab, name) => tab.getByRole("navigation").getByRole("button", { name }).click();

async function load(tab, file) {
  await room(tab, "Грамоты");
  await tab.locator("#table-file").setInputFiles(file);
}

/** What all certificates share, written as text. */
async function share(tab, text) {
  const step = tab.getByRole("region", { name: "Общее для всех" });
  await step.getByRole("button", { name: "Текст", exact: true }).click();
  await step.locator(".cm-content").click();
  await tab.keyboard.press("Control+A");
  await tab.keyboard.insertText(text);
}

test("the page has at most 9 MB", () => {
  const { size } = statSync(resolve(import.meta.dirname, "../dist/itog.html"));
  assert.ok(size <= 9_000_000, `${size} bytes`);
});

test("the first page is there within 3 seconds, in Russian", async (report) => {
  // Others may be busy on the same machine: the best of three first starts is the page's own.
  const times = [];
  for (let at = 0; at < 3; at++) {
    await inBrowser(async (tab) => {
      const start = Date.now();
      await open(tab);
      times.push(Date.now() - start);
      assert.equal(await tab.locator("html").getAttribute("lang"), "ru");
      assert.match(await words(tab), /ИТОГОВЫЙ ДОКУМЕНТ/i);
      // Nobody begins with somebody else's faults.
      await tab.getByText("Ошибок и замечаний нет").waitFor();
    });
  }
  report.diagnostic(`${times.join(", ")} ms`);
  assert.ok(Math.min(...times) <= 3000 * GOAL, `${times} ms`);
});

test("a file that was not copied whole says so, and what is written stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "itog-half-"));
  const half = join(folder, "itog.html");
  const whole = readFileSync(resolve(import.meta.dirname, "../dist/itog.html"));
  writeFileSync(half, whole.subarray(0, whole.length / 2));
  await inBrowser(async (tab) => {
    await tab.goto(pathToFileURL(half).href);
    await tab.getByText("скачан не целиком").waitFor();
    await tab.getByRole("button", { name: "Текст", exact: true }).click();
    await tab.getByText("Итоговый документ").first().waitFor();
  }, {}, pathToFileURL(half).href);
  rmSync(folder, { recursive: true });
});

test("with its first page the browser holds at most 200 MB more than before", async (report) => {
  await inBrowser(async (tab, context) => {
    const before = memory();
    await open(tab);
    // What is held, and not what waits for the collector.
    const browser = await context.newCDPSession(tab);
    await browser.send("HeapProfiler.collectGarbage");
    const megabytes = (memory() - before) / 1e6;
    report.diagnostic(`${megabytes.toFixed(0)} MB`);
    assert.ok(megabytes <= 200, `${megabytes} MB`);
  });
});

test("the mission's document is the program's, byte for byte", async () => {
  const data = join(root, "examples/data/final-document.yaml");
  const expected = native((folder) => ["render", data, "--to", "pdf,docx", "-o", join(folder, "итог")]);
  await inBrowser(async (tab) => {
    await open(tab);
    await tab.getByTitle("Все работы").click();
    await tab.locator("dialog input[type=file]").setInputFiles(data);
    await until(tab, (text) => text.includes("Клуба деловых встреч"));
    for (const [button, ending] of [["Скачать PDF", "pdf"], ["Скачать Word", "docx"]]) {
      const { bytes } = await downloaded(tab, () => tab.getByRole("button", { name: button }).click());
      const [, whole] = [...expected].find(([name]) => name.endsWith(ending));
      assert.ok(whole.equals(bytes), `${ending} differs`);
    }
  });
});

test("the page follows each keystroke within 150 ms, and 100 of them without a stale page", async (report) => {
  await inBrowser(async (tab) => {
    await open(tab);
    await type(tab, "kind: Решение\nrecommendations:\n  - Провести форум");
    await until(tab, (text) => text.includes("Провести форум"));
    // Measured inside of the page: from the letter to the words on the sheet.
    const times = [];
    for (const letter of "абвгдежзик") {
      await tab.evaluate(() => {
        globalThis.seen = new Promise((resolve) => {
          addEventListener("beforeinput", () => {
            const start = performance.now();
            const observer = new MutationObserver(() => {
              observer.disconnect();
              requestAnimationFrame(() => resolve(performance.now() - start));
            });
            observer.observe(document.querySelector(".sheet"), { childList: true, subtree: true });
          }, { once: true, capture: true });
        });
      });
      await tab.keyboard.insertText(letter);
      times.push(await tab.evaluate(() => globalThis.seen));
      await tab.waitForTimeout(50);
    }
    times.sort((a, b) => a - b);
    report.diagnostic(`median ${Math.round(times[5])} ms, worst ${Math.round(times[9])} ms`);
    assert.ok(times[5] <= 150, `${times}`);
    const script = Array.from({ length: 100 }, (_, at) => "слово и дело "[at % 13]).join("");
    for (const letter of script) await tab.keyboard.insertText(letter);
    await until(tab, (text) => text.includes(`абвгдежзик${script}`.trim().slice(-20)));
    await tab.waitForTimeout(300);
    assert.ok((await words(tab)).includes(script.trim().slice(-20)));
    assert.equal(await tab.locator(".stale").count(), 0);
  });
});

test("an error is said in Russian at its line, can be mended by a button, and goes", async () => {
  await inBrowser(async (tab) => {
    await open(tab);
    await type(tab, "kind: Решение\nrecomendations:\n  - Провести форум\n");
    const faults = tab.getByRole("region", { name: "Ошибки и замечания" });
    await faults.getByText("Строка 2").waitFor();
    const said = await faults.innerText();
    assert.match(said, /ошибк/);
    assert.match(said, /неизвестный ключ/i);
    assert.match(said, /может быть/);
    await tab.locator(".stale").waitFor();
    await faults.getByRole("button", { name: "Заменить на «recommendations»" }).click();
    await until(tab, (text) => text.includes("Провести форум"));
    await faults.getByText("Ошибок и замечаний нет").waitFor();
    assert.equal(await tab.locator(".stale").count(), 0);
  });
});

test("the form and the text are in step, and a doubtful form is chosen by a click", async () => {
  await inBrowser(async (tab) => {
    await open(tab);
    await type(tab, "# Заметка\nkind: Решение\nnumber: 007\ngratitude:\n  - to: [{name: Лев Павел Назарович, post: методист}]\n");
    await until(tab, (text) => text.includes("Льву"));
    await tab.getByRole("button", { name: "Форма", exact: true }).click();
    await tab.getByRole("button", { name: "«Леву Павлу Назаровичу»", exact: true }).first().click();
    await until(tab, (text) => text.includes("Леву") && !text.includes("Льву"));
    await tab.getByLabel("Место составления").fill("г. Кемерово");
    await until(tab, (text) => text.includes("Кемерово"));
    await tab.getByRole("button", { name: "Текст", exact: true }).click();
    const text = await tab.locator(".cm-content").innerText();
    assert.match(text, /# Заметка/);
    assert.match(text, /number: 007/);
    assert.match(text, /dat: Леву Павлу Назаровичу/);
    assert.match(text, /place: г\. Кемерово/);
  });
});

test("a table of 12 people becomes an archive whose files are the program's", async () => {
  const expected = native((folder) => ["batch", people, "--common", common, "-o", folder]);
  assert.equal(expected.size, 24);
  await inBrowser(async (tab) => {
    await open(tab);
    await load(tab, people);
    await tab.getByText("12 строк").waitFor();
    await share(tab, readFileSync(common, "utf8"));
    await until(tab, (text) => text.includes("Бехтеневой Наталье Юрьевне"));
    await tab.getByRole("button", { name: "Следующий" }).click();
    await until(tab, (text) => text.includes("Ткаченко Светлане Сергеевне"));
    const { name, bytes } = await downloaded(tab, () => tab.getByRole("button", { name: "Архив: файл каждому" }).click());
    assert.match(name, /\.zip$/);
    same(unzip(bytes), expected);
    const merged = await downloaded(tab, () => tab.getByRole("button", { name: "Один PDF для печати" }).click());
    assert.equal(merged.bytes.toString("latin1", 0, 5), "%PDF-");
  });
});

test("the mapping is mended by choosing, and doubts come first", async () => {
  const folder = mkdtempSync(join(tmpdir(), "itog-table-"));
  const table = join(folder, "список.csv");
  writeFileSync(table, "Кто;Что\nКим Виктория Олеговна;за участие\nЛев Павел Назарович;за помощь\n");
  await inBrowser(async (tab) => {
    await open(tab);
    await load(tab, table);
    await tab.getByLabel("Что значит столбец «Кто»").selectOption("recipient");
    await tab.getByLabel("Что значит столбец «Что»").selectOption("for");
    await until(tab, (text) => text.includes("Ким Виктории Олеговне") || text.includes("Ким Виктория Олеговна"));
    await tab.getByLabel(/сначала сомнения/).check();
    await until(tab, (text) => text.includes("Льву"));
    await tab.getByRole("button", { name: "«Леву Павлу Назаровичу»", exact: true }).first().click();
    await until(tab, (text) => text.includes("Леву"));
  });
  rmSync(folder, { recursive: true });
});

test("a list with mistakes is told row by row, in the page's own words", async () => {
  const list = "Список участников;;\n;;\nФИО;Должнсть;За что\nКим Виктория Олеговна;учитель;за участие\n"
    + "Иванoв Пётр Ильич;учитель;за участие\nКим Виктория Олеговна;учитель;за участие\nИтого;12;\n";
  await inBrowser(async (tab) => {
    await open(tab);
    await room(tab, "Грамоты");
    await tab.locator("#table-file").setInputFiles({ name: "Живое слово.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
    await tab.getByText("заполните «Общее для всех»").waitFor();
    assert.equal(await tab.getByText("--common").count(), 0);
    await tab.getByText("«Должнсть» — должность").waitFor();
    // The total is no row.
    await tab.getByText("1 из 3", { exact: true }).waitFor();
    await tab.getByRole("button", { name: "Следующий" }).click();
    await tab.getByText("латинские буквы").waitFor();
    await tab.getByRole("button", { name: "Следующий" }).click();
    await tab.getByText("встречается дважды").waitFor();
    const { name } = await downloaded(tab, () => tab.getByRole("button", { name: "Архив: файл каждому" }).click());
    assert.equal(name, "Живое слово.zip");
    await tab.getByText("Готово: 3 из 3").waitFor();
  });
});

test("1,000 rows are made with progress, and can be stopped", async (report) => {
  const rows = Array.from({ length: 1000 }, (_, at) => `${at + 1};Петрова Анна Ивановна ${"абвгдежз"[at % 8]}`);
  const text = `Номер;ФИО\n${rows.map((row) => row.replace(/ .$/, "")).join("\n")}\n`;
  await inBrowser(async (tab) => {
    await open(tab);
    await room(tab, "Грамоты");
    await tab.getByRole("button", { name: "Вставить ячейки" }).click();
    await tab.getByRole("textbox", { name: "Ячейки" }).fill(text);
    await tab.getByRole("button", { name: "Готово", exact: true }).click();
    await tab.getByText("1000 строк").waitFor();
    const make = () => tab.getByRole("button", { name: "Архив: файл каждому" }).click();
    await make();
    await tab.getByText(/Готово [1-9]\d* из 1000/).waitFor({ timeout: 30000 * SLACK });
    // The page is alive meanwhile.
    await tab.getByRole("button", { name: "Следующий" }).click();
    await tab.getByRole("button", { name: "Остановить" }).click();
    await tab.getByText("Остановлено").waitFor();
    await tab.getByLabel("и файлы Word").uncheck();
    const start = Date.now();
    const { bytes } = await downloaded(tab, make, 120000 * SLACK);
    const took = Date.now() - start;
    report.diagnostic(`1,000 PDFs in ${took} ms`);
    assert.ok(took <= 10000 * GOAL, `${took} ms`);
    assert.equal(unzip(bytes).size, 1000);
  });
});

test("a design of one's own follows its stylesheet and is applied", async () => {
  await inBrowser(async (tab) => {
    await open(tab);
    await room(tab, "Оформление");
    await tab.getByRole("button", { name: /Классическая грамота/ }).click();
    await until(tab, (text) => text.includes("БЛАГОДАРНОСТЬ"));
    const before = await tab.locator(".sheet svg").first().evaluate((sheet) => sheet.outerHTML);
    await tab.locator(".cm-content").click();
    await tab.keyboard.press("Control+End");
    await tab.keyboard.insertText("\nbody { color: #ff00aa }\n");
    await tab.waitForFunction((old) => document.querySelector(".sheet svg")?.outerHTML !== old, before);
    const { bytes } = await downloaded(tab, () => tab.getByRole("button", { name: "Скачать папкой" }).click());
    const style = [...unzip(bytes)].find(([name]) => name.endsWith("/style.css"));
    assert.match(style[1].toString(), /#ff00aa/);
    await tab.getByRole("button", { name: "к грамотам" }).click();
    await tab.locator("#table-file").setInputFiles(people);
    await until(tab, (text) => text.includes("Бехтенев"));
  });
});

test("a blank made in Word is filled, and applied to a table", async () => {
  const blank = join(root, "examples/data/blank.docx");
  await inBrowser(async (tab) => {
    await open(tab);
    await room(tab, "Оформление");
    await tab.locator("#blank-file").setInputFiles(blank);
    await tab.getByText("Бланк взят").waitFor();
    await tab.getByText("Правьте бланк в Word").waitFor();
    await until(tab, (text) => !text.includes("{{") && /благодарность/i.test(text));
    await load(tab, people);
    await share(tab, readFileSync(common, "utf8"));
    await tab.getByText("12 строк").waitFor();
    await room(tab, "Оформление");
    await tab.getByRole("button", { name: "к грамотам" }).click();
    await until(tab, (text) => text.includes("Бехтеневой Наталье Юрьевне"));
    const { bytes } = await downloaded(tab, () => tab.getByRole("button", { name: "Архив: файл каждому" }).click());
    const files = [...unzip(bytes).keys()];
    assert.equal(files.filter((name) => name.endsWith(".docx")).length, 12);
    assert.equal(files.filter((name) => name.endsWith(".pdf")).length, 12);
  });
});

test("in English nothing of the page itself is in Russian, nor what is wrong", async () => {
  await inBrowser(async (tab) => {
    await open(tab);
    await tab.getByRole("button", { name: "English" }).click();
    for (const name of ["Document", "Certificates", "Design"]) {
      await room(tab, name);
      await tab.waitForTimeout(300);
      // Names of works and designs, and what the user writes, are in whatever language they are.
      const russian = await tab.evaluate(() => {
        // Labels of the form are those of the schema, which has them in Russian only.
        const own = ".edit, .sheet, .cm-editor, .cards, .work-name, .recipient, [lang=ru], input, textarea, option";
        const words = [...document.querySelectorAll("button, label, h1, h2, h3, p, summary, legend, [aria-label]")]
          .filter((one) => !one.closest(own) && one.offsetParent !== null)
          .flatMap((one) => [one.getAttribute("aria-label"), one.getAttribute("title"), ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)]);
        // What stands in quotation marks is quoted from the data.
        return words.filter((text) => text && /[а-яё]/i.test(text.replace(/«[^»]*»/g, "")) && text !== "итог");
      });
      assert.deepEqual(russian, [], name);
    }
    await room(tab, "Document");
    await tab.getByRole("button", { name: "Text", exact: true }).click();
    await tab.locator(".cm-content").fill("kind: Решение\nrecomendations:\n  - Провести форум\n");
    await tab.getByText(/unknown key/i).first().waitFor();
  });
});

test("what was done is there after a reload, and goes elsewhere as one file", async () => {
  await inBrowser(async (tab) => {
    await open(tab);
    await type(tab, "kind: Решение\nrecommendations: [Беречь книги.]\n");
    await until(tab, (text) => text.includes("Беречь книги"));
    await tab.getByText("сохранено", { exact: true }).waitFor();
    await tab.reload();
    await until(tab, (text) => text.includes("Беречь книги"));
    await tab.getByTitle("Все работы").click();
    const { bytes } = await downloaded(tab, () => tab.getByRole("button", { name: /Скачать файлом/ }).first().click());
    await tab.getByRole("button", { name: "Новая", exact: true }).click();
    await until(tab, (text) => !text.includes("Беречь книги"));
    await tab.getByTitle("Все работы").click();
    await tab.locator("dialog input[type=file]").setInputFiles({ name: "работа.itog", mimeType: "application/json", buffer: bytes });
    await until(tab, (text) => text.includes("Беречь книги"));
  });
});

test("axe finds nothing serious, in the light and in the dark, in each room", async () => {
  const axe = readFileSync(join(root, "web/node_modules/axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    await inBrowser(async (tab) => {
      await open(tab);
      for (const name of ["Документ", "Грамоты", "Оформление"]) {
        await room(tab, name);
        await tab.waitForTimeout(200);
        // From outside: the page itself lets no script in.
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate(() => globalThis.axe.run());
        const serious = violations.filter((one) => ["serious", "critical"].includes(one.impact));
        const told = serious.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join("\n")}`);
        assert.deepEqual(told, [], `${name}, ${colorScheme}`);
      }
    }, { colorScheme });
  }
});

test("by keys alone, and at 200 %", async () => {
  await inBrowser(async (tab) => {
    await open(tab);
    await tab.locator("body").press("Tab");
    assert.ok(await tab.evaluate(() => document.activeElement?.matches("button")));
    const divider = tab.getByRole("separator");
    const width = Number(await divider.getAttribute("aria-valuenow"));
    await divider.focus();
    await tab.keyboard.press("ArrowRight");
    assert.ok(Number(await divider.getAttribute("aria-valuenow")) > width);
    // Half of the window is what 200 % leaves.
    await tab.setViewportSize({ width: 700, height: 450 });
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, "nothing is beside the window");
    await tab.getByRole("button", { name: "Страницы", exact: true }).click();
    assert.ok(await tab.locator(".sheet svg").first().isVisible());
  });
});
