// A report, opened from a file and used by keyboard alone. PAGE names it, CHROMIUM the browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const address = pathToFileURL(process.env.PAGE).href;
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
});

after(() => browser?.close());

/** Opens the page, and keeps what it says on the console and asks of the network. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => asked.push(request.url()));
  const begin = performance.now();
  await page.goto(address, { waitUntil: "load" });
  return { page, said, asked, milliseconds: performance.now() - begin };
}

/** Presses Tab until the focused element matches. */
async function tabTo(page, selector, most = 400) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

const focused = (page) => page.evaluate(() => document.activeElement.closest("[id]")?.id);
const shownPlans = (page) => page.locator("article.plan:not([hidden])").count();

test("opens in two seconds, in silence, and asks nobody for anything", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, said, asked, milliseconds } = await open({ colorScheme });
    await page.waitForTimeout(300);
    assert.deepEqual(said, []);
    assert.deepEqual(asked, [address]);
    assert.ok(milliseconds < 2000, `${milliseconds} ms`);
    await page.context().close();
  }
});

test("is complete without JavaScript", async () => {
  const { page } = await open({ javaScriptEnabled: false });
  assert.ok((await page.locator("#matrix tbody tr").count()) > 0);
  assert.ok(await page.locator("article.plan > details > summary").first().isVisible());
  assert.ok(await page.locator("#filters").isHidden(), "filters that do nothing are not shown");
  await page.locator("article.plan > details > summary").first().press("Enter");
  assert.ok(await page.locator("article.plan .body").first().isVisible());
});

test("a rule is filtered, its finding opened, and its link followed, by keyboard alone", async () => {
  const { page, said } = await open();
  const all = await shownPlans(page);
  const finding = page.locator(".finding:not(.suppressed)").first();
  const rule = await finding.getAttribute("data-rule");

  await tabTo(page, "#f-text");
  await page.keyboard.type(rule);
  await page.waitForTimeout(300);
  const hits = await page.locator(`.finding[data-rule="${rule}"]`).count();
  const shown = await page.locator(".finding:not([hidden])").evaluateAll((findings) =>
    findings.filter((finding) => !finding.closest("article").hidden).map((finding) => finding.dataset.rule));
  assert.ok(shown.length >= hits && shown.every((name) => name === rule), `${rule}: ${shown}`);
  assert.match(await page.locator("#f-shown").textContent(), /^\d+ plans?, \d+ findings?$/);
  assert.ok((await shownPlans(page)) <= all);

  await tabTo(page, "#matrix a[href='#plans']");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "plans");
  // On to the first plan, which Enter opens where it is not open yet.
  await tabTo(page, "article.plan > details > summary");
  const isOpen = () => page.evaluate(() => document.activeElement.parentElement.open);
  if (!(await isOpen())) await page.keyboard.press("Enter");
  assert.ok(await isOpen());
  await tabTo(page, ".finding > summary");
  await page.keyboard.press("Enter");
  assert.ok(await isOpen());
  await tabTo(page, ".finding a[href^='#rule-']");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(200);
  assert.equal(await focused(page), `rule-${rule}`);
  const inView = await page.locator(`#rule-${rule}`).evaluate((place) => {
    const { top } = place.getBoundingClientRect();
    return top >= 0 && top < innerHeight;
  });
  assert.ok(inView, "what a link leads to is in view");
  assert.deepEqual(said, []);
});

test("arrows lead through the matrix, and a mark leads to its principle", async () => {
  const { page } = await open();
  await tabTo(page, "#matrix td a.mark");
  const mark = () => page.evaluate(() => {
    const cell = document.activeElement.closest("td");
    return cell && [cell.parentElement.rowIndex, cell.cellIndex];
  });
  const first = await mark();
  await page.keyboard.press("ArrowRight");
  const second = await mark();
  assert.ok(second[1] > first[1] && second[0] === first[0], `${first} ${second}`);
  await page.keyboard.press("ArrowLeft");
  assert.deepEqual(await mark(), first);
  await page.keyboard.press("ArrowUp");
  assert.deepEqual(await mark(), first, "there is nothing above");
  const target = await page.evaluate(() => document.activeElement.getAttribute("href").slice(1));
  await page.keyboard.press("Enter");
  await page.waitForTimeout(200);
  assert.equal(await focused(page), target);
  assert.ok(await page.locator(`[id="${target}"]`).isVisible());
});

test("gates are filtered by Space, and Reset shows everything again", async () => {
  const { page } = await open();
  const all = await shownPlans(page);
  for (const gate of ["blocked", "attention", "pass"]) {
    await tabTo(page, `#filters input[value=${gate}]`);
    await page.keyboard.press("Space");
  }
  await page.waitForTimeout(300);
  assert.equal(await shownPlans(page), 0);
  assert.ok(await page.locator("#nothing").isVisible());
  await tabTo(page, "#f-reset");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(300);
  assert.equal(await shownPlans(page), all);
});

test("every control has a name, and every link leads somewhere", async () => {
  const { page } = await open();
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll("input, select, button, a[href], summary, [role=region]")]
      .filter((one) => !(one.textContent.trim() || one.labels?.length || one.getAttribute("aria-label")))
      .map((one) => one.outerHTML.slice(0, 80)));
  assert.deepEqual(nameless, []);
  const lost = await page.evaluate(() =>
    [...document.querySelectorAll("a[href^='#']")].map((link) => link.getAttribute("href").slice(1))
      .filter((id) => !document.getElementById(id)));
  assert.deepEqual(lost, []);
});

test("text stands out enough in both themes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page } = await open({ colorScheme });
    const faint = await page.evaluate(() => {
      const channels = (color) => color.match(/[\d.]+/g).map(Number);
      const light = (color) => {
        const [r, g, b] = channels(color).slice(0, 3).map((one) => one / 255)
          .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const behind = (one) => {
        for (let at = one; at; at = at.parentElement) {
          const color = getComputedStyle(at).backgroundColor;
          if ((channels(color)[3] ?? 1) > 0) return color;
        }
        return "rgb(255, 255, 255)";
      };
      document.querySelectorAll("details").forEach((one) => { one.open = true; });
      return [".mark", ".badge", ".says", ".place", ".phase", ".run", "td.number", ".note", "a", ".legend span"]
        .flatMap((selector) => [...document.querySelectorAll(selector)].slice(0, 400))
        .map((one) => {
          const [front, back] = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => b - a);
          return { ratio: (front + 0.05) / (back + 0.05), what: one.outerHTML.slice(0, 70) };
        })
        .filter(({ ratio }) => ratio < 4.5);
    });
    assert.deepEqual(faint.slice(0, 5), [], colorScheme);
    await page.context().close();
  }
});
