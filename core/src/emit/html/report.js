// Filters, opens what a link leads to, and changes the theme. Without it the page is complete, and all of it is shown.
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const rows = new Map(all("tr[data-plan]").map((row) => [row.dataset.plan, row]));
  const plans = all("article.plan").map((article) => {
    const findings = all(".finding", article).map((finding) => ({
      finding,
      rule: finding.dataset.rule,
      severity: finding.dataset.severity,
      words: finding.firstElementChild.textContent.toLowerCase(),
    }));
    const name = article.querySelector("h3").textContent.toLowerCase();
    return { article, row: rows.get(article.dataset.plan), findings, name };
  });

  const filters = find("#filters");
  const text = find("#f-text");
  const severity = find("#f-severity");
  const rule = find("#f-rule");
  const overstated = find("#f-overstated");
  const shown = find("#f-shown");

  const filter = () => {
    const gates = new Set(all("input[name=gate]:checked", filters).map((box) => box.value));
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const narrow = Boolean(rule.value || severity.value);
    let plansShown = 0;
    let findingsShown = 0;
    for (const plan of plans) {
      const named = words.every((word) => plan.name.includes(word));
      let hits = 0;
      for (const { finding, ...is } of plan.findings) {
        const fits =
          (!rule.value || is.rule === rule.value) &&
          (!severity.value || is.severity === severity.value) &&
          (named || words.every((word) => is.words.includes(word) || plan.name.includes(word)));
        finding.hidden = !fits;
        hits += fits ? 1 : 0;
      }
      const fits =
        gates.has(plan.article.dataset.gate) &&
        (!overstated.checked || plan.article.hasAttribute("data-overstated")) &&
        (hits > 0 || (named && !narrow));
      plan.article.hidden = !fits;
      if (plan.row) plan.row.hidden = !fits;
      if (fits) {
        plansShown += 1;
        findingsShown += hits;
      }
    }
    for (const table of all("#matrix .scroll")) {
      table.hidden = !table.querySelector("tbody tr:not([hidden])");
    }
    find("#nothing").hidden = plansShown > 0;
    const count = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;
    shown.textContent = `${count(plansShown, "plan")}, ${count(findingsShown, "finding")}`;
  };

  let waiting;
  filters.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.addEventListener("submit", (event) => event.preventDefault());

  // What a link leads to is opened, shown although a filter hides it, and focused.
  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let around = target; around; around = around.parentElement) {
      if (around.matches("details")) around.open = true;
      if (around.matches("article, .finding")) around.hidden = false;
    }
    const inside = target.matches("article.plan") ? target.firstElementChild : target;
    if (inside.matches("details")) inside.open = true;
    const focus = inside.matches("details") ? inside.firstElementChild : inside;
    focus.focus({ preventScroll: true });
    target.scrollIntoView();
    // Parts that come into view for the first time take their size only then.
    requestAnimationFrame(() => target.scrollIntoView());
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    // The hash does not change where the same link is followed again.
    if (link && link.hash === location.hash) follow();
  });

  // The marks of a table are one stop of the Tab key; arrows lead from one to the next.
  const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  for (const table of all("#matrix table")) {
    all("a.mark", table).slice(1).forEach((mark) => { mark.tabIndex = -1; });
    table.addEventListener("keydown", (event) => {
      const mark = event.target.closest("a.mark");
      const step = move[event.key];
      if (!mark || !step) return;
      event.preventDefault();
      let cell = mark.closest("td");
      let next;
      while (cell && !next) {
        let row = cell.parentElement;
        const column = cell.cellIndex + step[1];
        if (step[0]) {
          do row = step[0] > 0 ? row.nextElementSibling : row.previousElementSibling; while (row?.hidden);
        }
        cell = column >= 0 ? row?.cells[column] : undefined;
        next = cell?.querySelector("a.mark");
      }
      if (!next) return;
      mark.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }

  const fold = find("#fold");
  fold?.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) all("article.plan:not([hidden]) > details").forEach((plan) => { plan.open = "open" in button.dataset; });
  });
  if (fold) fold.hidden = false;
  if (plans.length === 1) plans[0].article.firstElementChild.open = true;

  const theme = find("#theme");
  const root = document.documentElement;
  let dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { theme.textContent = dark ? "Light theme" : "Dark theme"; };
  theme.addEventListener("click", () => {
    dark = !dark;
    root.style.colorScheme = dark ? "dark" : "light";
    name();
  });
  name();
  theme.hidden = false;
  if (plans.length) {
    filters.hidden = false;
    filter();
  }
  follow();
})();
