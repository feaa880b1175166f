// The worksheet of a social return on its page: what is filled in becomes a result, an address and a file. Nothing is sent.
// Without this file the page is a form to print, with a worked example.
(function () {
  "use strict";
  const root = document.querySelector("[data-sheet]");
  if (!root || !window.sroi) return;
  const form = window.worksheet(root, ["costs", "outcomes"]);
  const { data, outcome, missing, whole, near, euros, filled, element, fields, write, slot, line } = form;
  const tenth = new Intl.NumberFormat(form.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const some = new Intl.NumberFormat(form.language, { maximumFractionDigits: 1 });
  const ratio = function (value) { return tenth.format(near(value, 0.1)); };
  const atLeast = function (value) { return Math.ceil(value - window.sroi.noise); };
  const atMost = function (value) { return Math.floor(value + window.sroi.noise); };
  const said = root.querySelector("[data-said]");
  const contacts = new RegExp(data.contacts.join("|"));
  const swing = outcome.querySelector("svg");

  // All that is filled in, to read on paper.
  function assumed() {
    const lines = [];
    root.querySelectorAll(".sheet-form :is(legend, h3[data-part], input, select)").forEach(function (part) {
      const row = part.closest("[data-row], [data-account]");
      if (row && form.isEmpty(row)) return;
      if (part.tagName === "LEGEND") lines.push(line(form.title(row)));
      else if (part.tagName === "H3") lines.push(line(part.textContent));
      else lines.push(line(form.words(part), part.tagName === "SELECT" ? part.selectedOptions[0].textContent : part.value.trim()));
    });
    const body = outcome.querySelector("[data-rows=assumed]");
    body.replaceChildren.apply(body, lines);
  }
  function amounts(name, pairs) {
    const body = outcome.querySelector("[data-rows=" + name + "]");
    body.replaceChildren.apply(body, pairs.map(function (pair) { return line(pair[0], euros(pair[1])); }));
    outcome.querySelector("[data-total=" + name + "]").textContent
      = euros(pairs.reduce(function (total, pair) { return total + pair[1]; }, 0));
  }
  function swings(sheet, bars) {
    const ends = bars.flatMap(function (bar) { return [bar.low, bar.high]; });
    const start = Math.min.apply(null, ends), space = Math.max.apply(null, ends) - start;
    const body = outcome.querySelector("[data-rows=swings]");
    body.replaceChildren.apply(body, bars.map(function (bar) {
      const row = element("tr", ""), least = Math.min(bar.low, bar.high);
      const what = bar.outcome < 0 ? "" : sheet.outcomes[bar.outcome].what;
      const head = element("th", filled(data.moved[bar.what], { what: what }));
      head.scope = "row";
      const drawing = swing.cloneNode(true), part = drawing.querySelector("rect");
      part.setAttribute("x", space ? 100 * (least - start) / space : 0);
      part.setAttribute("width", space ? 100 * (Math.max(bar.low, bar.high) - least) / space : 0);
      head.append(drawing);
      row.append(head, element("td", ratio(bar.low)), element("td", ratio(bar.high)));
      return row;
    }));
  }
  function show(sheet, result) {
    const costs = result.costs;
    const short = costs - result.likely, pays = short < 0.5, broken = result.breakEven;
    const names = function (holds) {
      return sheet.outcomes.filter(holds).map(function (one) { return one.what; }).join("; ");
    };
    const equal = names(function (one) { return one.count.low === one.count.high && one.grade !== "gemeten"; });
    const guessed = names(function (one) { return one.grade === "aanname"; });
    const years = sheet.outcomes.map(function (one) { return one.price_year; })
      .filter(function (year, i, all) { return year !== sheet.year && all.indexOf(year) === i; }).sort();
    const loses = near(result.low / costs, 0.1) < 0;
    const ends = { low: ratio(result.low / costs), likely: ratio(result.likely / costs), high: ratio(result.high / costs) };
    slot("range", !loses, ends);
    slot("lost", loses, ends);
    slot("unsure", pays && result.low < costs, {});
    slot("point", equal, { equal: equal });
    slot("assumed", guessed, { assumed: guessed });
    slot("break_even", pays && broken !== null,
      { percent: whole.format(Math.min(100, atLeast(100 * broken))) + "\u00a0%" });
    slot("loss", !pays, { short: euros(short) });
    slot("payback", pays && result.payback !== null, { months: whole.format(atLeast(result.payback)) });
    slot("uncorrected", true, { bare: ratio(result.uncorrected / costs) });
    slot("alone", sheet.outcomes.every(function (one) {
      return !one.deadweight.share && !one.displacement.share && !one.attribution.share;
    }), {});
    slot("prices", years.length, { year: sheet.year, years: years.join(", ") });
    slot("unpriced", sheet.unpriced, sheet);
    slot("remark", sheet.remark, sheet);
    const needed = outcome.querySelector("[data-list=needed]");
    needed.replaceChildren.apply(needed, result.needed.map(function (one) {
      const parts = Number.isInteger(one.likely) ? 1 : 10; // of half a job, tenths are needed
      const count = (one.bound === "most" ? atMost : atLeast)(one.count * parts) / parts;
      return element("li", filled(data.needed[one.bound],
        { count: some.format(near(count, 0.1)), all: some.format(one.likely), what: sheet.outcomes[one.outcome].what }));
    }));
    assumed();
    amounts("payers", result.payers);
    amounts("gains", result.gains);
    swings(sheet, result.bars);
    unaccounted();
    const about = { worksheet: "sroi", format: 1, saved: new Date().toLocaleDateString("sv") }; // as 2026-11-30
    form.offer(Object.assign(about, sheet, { result: told(result) }));
    form.saving.download = slug(sheet.title) + ".json";
  }
  // What a figure on the site of an organisation still needs: microsite/content/worksheets/saved.py refuses it without.
  function unaccounted() {
    const line = outcome.querySelector("[data-unaccounted]");
    const left = fields(root.querySelector("[data-account]")).filter(form.isBlank).map(form.words);
    line.hidden = !left.length;
    line.textContent = filled(line.dataset.pattern, { left: left.join("; ") });
    const told = outcome.querySelector("[data-contacts]");
    const reaches = fields(root).filter(function (field) { return !field.dataset.number && contacts.test(field.value); });
    told.hidden = !reaches.length;
    told.textContent = filled(told.dataset.pattern, { left: reaches.map(form.label).join("; ") });
  }
  function slug(title) {
    const plain = title.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "rekenhulp";
  }
  // What follows, as the file says it: the build computes it again, and refuses what differs.
  function told(result) {
    const to = function (step, value) { return Math.round(step * value) / step; };
    const ratios = function (step) {
      const made = {};
      ["low", "likely", "high"].forEach(function (end) { made[end] = to(step, result[end] / result.costs); });
      return made;
    };
    return Object.assign(ratios(1e4), {
      costs: to(100, result.costs), effects: to(100, result.likely), shown: ratios(10),
      break_even: result.breakEven === null ? null : to(1e4, result.breakEven),
    });
  }
  function update() {
    const sheet = form.read(), problems = window.sroi.problems(sheet), before = outcome.hidden;
    root.toggleAttribute("data-complete", !problems.length);
    outcome.hidden = problems.length > 0;
    missing.hidden = !problems.length;
    if (problems.length) form.tell(problems);
    else show(sheet, window.sroi.calculate(sheet));
    said.textContent = before && !outcome.hidden ? said.dataset.done : "";
    return sheet;
  }
  // A step that can be taken back is one in the history of the browser.
  function keep(isStep) {
    history[isStep ? "pushState" : "replaceState"](null, "", "#" + encodeURIComponent(JSON.stringify(form.read())));
  }

  // ── files and addresses ──

  // Whether the file says something else than follows from it.
  function differs(file) {
    const sheet = form.read();
    if (!file.result || window.sroi.problems(sheet).length) return false;
    const now = told(window.sroi.calculate(sheet));
    return form.differs({ low: now.low, likely: now.likely, high: now.high }, file.result);
  }
  function open(input) {
    if (!input.files[0]) return;
    form.opened(input.files[0]).then(function (sheet) {
      input.value = "";
      if (sheet) {
        form.fill(sheet);
        keep(true);
        update();
      }
      said.textContent = !sheet ? said.dataset.wrong : differs(sheet) ? said.dataset.differs : said.dataset.opened;
    });
  }

  const actions = {
    example: function () { form.fill(data.example); },
    clear: function () { form.fill({ costs: [], outcomes: [], discount: {} }); },
    add: function (button) { fields(form.add(button.dataset.what))[0].focus(); },
    remove: function (button) { form.remove(button.closest("[data-row]")); },
    rate: function (button) {
      write(root.querySelector('[data-key="discount.rate"]'), Number(button.dataset.rate));
      write(root.querySelector('[data-key="discount.source"]'), button.dataset.source);
    },
  };
  root.addEventListener("click", function (event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.hasAttribute("data-print")) window.print();
    else if (button.dataset.do in actions) {
      const isStep = ["example", "clear", "remove"].includes(button.dataset.do), hadSome = !fields(root).every(form.isBlank);
      actions[button.dataset.do](button);
      keep(isStep && hadSome);
      update();
      if (isStep && hadSome) said.textContent = said.dataset.back;
    }
  });
  // Safari takes no more than 100 addresses in half a minute, so one a field. What follows is not made anew then: a click
  // on a link in it, which ends the field, would find that link gone.
  root.addEventListener("input", function (event) { if (event.target.dataset.key) update(); });
  root.addEventListener("change", function (event) { if (event.target.dataset.key) keep(); });
  root.querySelector("[data-do=open]").addEventListener("change", function (event) { open(event.target); });

  function begin() {
    let sheet = null;
    try {
      sheet = form.parsed(decodeURIComponent(location.hash.slice(1)));
    } catch (error) { /* no address of ours */ }
    if (sheet) form.fill(sheet);
    update();
  }
  window.addEventListener("hashchange", begin);
  begin();
})();
