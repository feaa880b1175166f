// The worksheet of one case on its page: what is filled in becomes a result and a file. Nothing is sent, and nothing stands
// in the address. Without this file the page is a form to print, with a worked example.
(function () {
  "use strict";
  const root = document.querySelector("[data-sheet]"), rules = window.caseRules;
  if (!root || !rules) return;
  const form = window.worksheet(root, rules.kinds);
  const { data, outcome, missing, saving, exact, euros, filled, element, fields, write, slot } = form;
  const cents = new Intl.NumberFormat(form.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const isWhole = function (amount, step) { return Math.abs(amount - Math.round(amount)) < step / 2; };
  const money = function (amount) { return isWhole(amount, 0.01) ? euros(amount) : "€\u00a0" + cents.format(amount); };
  const persons = new Set(data.persons.map(function (one) { return one[0]; }));
  const timelines = ["happened", "otherwise"];
  const said = root.querySelector("[data-said]"), undoing = root.querySelector("[data-do=undo]");
  const lead = root.querySelector("[data-lead]");
  let isUnsaved = false, isUnsafe = false, before = null;

  // ── what is filled in ──

  function choices() { return Array.from(root.querySelectorAll("[data-number=choice]")); }
  // The prices to choose from, and what a row without one need not have.
  function offerPrices() {
    const labels = form.rows("tariffs").map(function (row, i) {
      const given = fields(row).map(function (field) { return field.value.trim(); });
      return (i + 1) + ". " + (given[0] ? given[0] + (given[2] ? ", € " + given[2].replace(/^€ */, "") : "") : "");
    });
    choices().forEach(function (select) {
      const own = Array.from(select.options).slice(2), chosen = select.value;
      if (own.map(function (option) { return option.textContent; }).join("\n") !== labels.join("\n")) {
        own.forEach(function (option) { option.remove(); });
        labels.forEach(function (label, i) {
          const option = element("option", label);
          option.value = i + 1;
          select.append(option);
        });
        select.value = chosen;
        if (select.selectedIndex < 0) select.value = "";
      }
      select.closest("[data-row]").toggleAttribute("data-free", select.value === "0");
    });
  }
  // Empty prices are left out, so that numbers are those of the prices that are left.
  function read() {
    const sheet = form.read(), all = form.rows("tariffs"), used = form.used("tariffs");
    timelines.forEach(function (name) {
      sheet[name].forEach(function (row) {
        if (row.tariff) row.tariff = used.indexOf(all[row.tariff - 1]) + 1 || null;
        if (row.tariff === 0) ["count", "payer", "source"].forEach(function (key) { delete row[key]; });
      });
    });
    return sheet;
  }
  function fill(sheet) {
    form.fill(sheet);
    offerPrices();
  }

  // ── the result ──

  // Whole euros, halves away from zero, as they are shown.
  function rounded(amount) { return Math.sign(amount) * Math.round(Math.abs(amount)) || 0; }
  function leadOf(difference) {
    let low = rounded(difference.low), high = rounded(difference.high), name;
    const likely = rounded(difference.likely);
    if (low === high) name = low > 0 ? "one_less" : low ? "one_more" : "same";
    else if (low >= 0) name = "less";
    else if (high <= 0) {
      name = "more";
      [low, high] = [high, low];
    } else name = likely >= 0 ? "either_less" : "either_more";
    const values = { low: euros(Math.abs(low)), likely: euros(Math.abs(likely)), high: euros(Math.abs(high)) };
    return filled(data.leads[name], values);
  }
  function small(words) { return words ? [" ", element("small", words)] : []; }
  // A row of a table, with words in small below what it is about and below what it says.
  function row(head, below, cell, more) {
    const made = element("tr", ""), first = element("th", head), second = element("td", "");
    first.scope = "row";
    first.append.apply(first, small(below));
    second.append.apply(second, [cell].concat(small(more)));
    made.append(first, second);
    return made;
  }
  function differenceRow(head, below, difference) {
    const low = euros(difference.low), high = euros(difference.high);
    const span = low === high ? "" : filled(data.steps.span, { low: low, high: high });
    return row(head, below, element("b", euros(difference.likely)), span);
  }
  function shareRow(head, one) {
    const spent = { happened: euros(one.happened), otherwise: euros(one.otherwise.likely) };
    return differenceRow(head, filled(data.steps.spent, spent), one.difference);
  }
  function stepOf(sheet, one) {
    const made = element("li", ""), amount = element("span", data.steps.free);
    made.append(element("b", one.when), " " + one.what + " ", amount);
    if (!one.tariff) return made;
    const tariff = sheet.tariffs[one.tariff - 1], isCounted = typeof one.count === "number";
    const likely = isCounted ? one.count : one.count.likely;
    amount.textContent = filled(data.steps[isCounted || one.count.low === one.count.high ? "counted" : "estimated"], {
      low: exact.format(one.count.low), high: exact.format(one.count.high), count: exact.format(likely),
      price: money(tariff.price), unit: tariff.unit, amount: money(likely * tariff.price),
    });
    made.append.apply(made, small(filled(data.steps.source, one)));
    return made;
  }
  function priceOf(tariff) {
    const values = { price: money(tariff.price), unit: tariff.unit, year: tariff.price_year };
    return row(tariff.what, "", filled(data.steps.price, values), tariff.source);
  }
  function put(name, lines) {
    const body = root.querySelector("[data-rows=" + name + "], [data-steps=" + name + "]");
    body.replaceChildren.apply(body, lines);
  }
  function years(tariffs) {
    return tariffs.map(function (one) { return one.price_year; })
      .filter(function (year, i, all) { return all.indexOf(year) === i; }).sort();
  }
  function whats(rows, holds) { return rows.filter(holds).map(function (one) { return one.what; }).join("; "); }
  function show(sheet, result) {
    const total = result.total, shares = [total].concat(result.payers);
    const others = years(sheet.tariffs).filter(function (year) { return year !== sheet.year; });
    const isFree = function (one) { return !one.tariff; };
    const loses = result.payers.filter(function (one) { return one.difference.likely < -0.5; })
      .map(function (one) { return one.payer; }).join("; ");
    const equal = whats(sheet.otherwise, function (one) { return one.tariff && one.count.low === one.count.high; });
    lead.textContent = leadOf(total.difference);
    put("shares", result.payers.map(function (one) { return shareRow(one.payer, one); }));
    put("total", [shareRow(outcome.querySelector("[data-rows=total]").dataset.head, total)]);
    put("tariffs", sheet.tariffs.map(priceOf));
    timelines.forEach(function (name) {
      put(name, sheet[name].map(function (one) { return stepOf(sheet, one); }));
    });
    slot("about", true, sheet);
    const beyond = rules.beyond(sheet).join("; ");
    slot("beyond", beyond, { beyond: beyond, months: sheet.months });
    slot("loses", loses, { loses: loses });
    slot("point", equal, { equal: equal });
    slot("prices", others.length, { year: sheet.year, years: others.join(", ") });
    slot("rounded", shares.some(function (one) {
      return [one.happened, one.otherwise.low, one.otherwise.likely, one.otherwise.high]
        .some(function (amount) { return !isWhole(amount, 1e-6); });
    }), {});
    slot("why", true, sheet);
    const free = whats(sheet.happened, isFree), freeOtherwise = whats(sheet.otherwise, isFree);
    slot("free", free, { free: free });
    slot("free_otherwise", freeOtherwise, { free_otherwise: freeOtherwise });
    slot("unpriced", sheet.unpriced, sheet);
    slot("learned", sheet.learned, sheet);
  }
  function told(result) {
    const found = {};
    rules.ends.forEach(function (end) { found[end] = Math.round(1e4 * result.total.difference[end]) / 1e4; });
    return found;
  }
  function update() {
    offerPrices();
    const sheet = read(), problems = rules.problems(sheet, data.persons), wasHidden = outcome.hidden;
    const result = problems.length ? null : rules.calculate(sheet);
    isUnsafe = problems.some(function (problem) { return persons.has(problem.code); });
    root.toggleAttribute("data-complete", Boolean(result));
    outcome.hidden = !result;
    missing.hidden = Boolean(result);
    if (result) show(sheet, result);
    else form.tell(problems);
    form.offer(Object.assign({ worksheet: "case" }, sheet, result ? { result: told(result) } : {}));
    said.textContent = wasHidden && result ? said.dataset.done : "";
  }

  // ── files ──

  function differs(file) {
    const sheet = read();
    return file.result !== null && typeof file.result === "object" && !rules.problems(sheet, data.persons).length
      && form.differs(told(rules.calculate(sheet)), file.result);
  }
  // What stood here can be put back, as long as the page is open.
  function step(change) {
    const hadSome = !fields(root).every(form.isBlank), now = read();
    change();
    before = hadSome ? now : null;
    undoing.hidden = !before;
    update();
    isUnsaved = true;
    if (before) said.textContent = said.dataset.back;
  }
  function open(input) {
    if (!input.files[0]) return;
    form.opened(input.files[0]).then(function (sheet) {
      input.value = "";
      if (sheet) step(function () { fill(sheet); });
      isUnsaved = isUnsaved && !sheet;
      said.textContent = !sheet ? said.dataset.wrong : differs(sheet) ? said.dataset.differs : said.dataset.opened;
    });
  }
  function save(event) {
    const now = new Date(), two = function (part) { return String(part).padStart(2, "0"); };
    if (isUnsafe) {
      event.preventDefault();
      said.textContent = saving.dataset.unsafe;
      said.scrollIntoView({ block: "nearest" });
      missing.querySelector("a").focus();
      return;
    }
    saving.download = "geval-" + [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-") + ".json";
    isUnsaved = false;
    said.textContent = filled(saving.dataset.saved, { file: saving.download });
  }

  const actions = {
    example: function () { step(function () { fill(data.example); }); },
    clear: function () { step(function () { fill({ tariffs: [], happened: [], otherwise: [] }); }); },
    undo: function () {
      const back = before;
      step(function () { fill(back); });
      fields(root)[0].focus();
    },
    add: function (button) {
      fields(form.add(button.dataset.what))[0].focus();
      update();
    },
    // A choice for the price that goes is none; those after it are one less.
    remove: function (button) {
      const row = button.closest("[data-row]"), all = form.rows(row.dataset.row), gone = all.indexOf(row) + 1;
      step(function () {
        form.remove(row);
        if (row.dataset.row !== "tariffs" || all.length < 2) return;
        choices().forEach(function (select) {
          const chosen = Number(select.value);
          if (chosen >= gone) select.value = chosen === gone ? "" : chosen - 1;
        });
      });
    },
    // Into the first price that has no name and no amount yet.
    tariff: function (button) {
      const fills = JSON.parse(button.dataset.fills);
      const free = form.rows("tariffs").find(function (row) {
        return fields(row).every(function (field) { return !["what", "price"].includes(field.dataset.key) || form.isBlank(field); });
      }) || form.add("tariffs");
      fields(free).forEach(function (field) { if (field.dataset.key in fills) write(field, fills[field.dataset.key]); });
      isUnsaved = true;
      update();
      fields(free)[0].focus();
    },
    uncases: function () {
      cases = [];
      showCases([]);
      root.querySelector("[data-do=cases]").focus();
    },
  };

  // ── several cases ──

  const several = root.querySelector("[data-cases]"), refusals = root.querySelector("[data-cases-said]");
  let cases = [];
  function showCases(lines) {
    const found = rules.across(cases.map(function (one) { return one.result.total.difference.likely; }));
    const lengths = cases.map(function (one) { return one.sheet.months; })
      .filter(function (months, i, all) { return all.indexOf(months) === i; }).sort(function (a, b) { return a - b; });
    const priceYears = years(cases.flatMap(function (one) { return one.sheet.tariffs; }));
    const body = several.querySelector("[data-rows=cases]");
    refusals.replaceChildren.apply(refusals, lines.map(function (line) { return element("p", line); }));
    several.hidden = !cases.length;
    root.querySelector("[data-do=uncases]").hidden = !cases.length;
    body.replaceChildren.apply(body, cases.map(function (one, i) {
      const head = filled(body.dataset.case, { count: i + 1, subject: one.sheet.subject });
      return differenceRow(head, "", one.result.total.difference);
    }));
    slot("several", cases.length > 1,
      { count: cases.length, low: euros(found.low), high: euros(found.high), median: euros(found.median) });
    slot("average", found.average !== null, { average: euros(found.average) });
    slot("few", cases.length && found.average === null, { count: cases.length });
    slot("lengths", lengths.length > 1, { months: lengths.join(", ") });
    slot("price_years", priceYears.length > 1, { years: priceYears.join(", ") });
  }
  // Why a case is not counted: a name in the page's data, or "".
  function refusal(sheet) {
    if (!sheet) return "refused";
    try {
      if (rules.problems(sheet, data.persons).length) return "incomplete";
      const one = { sheet: sheet, result: rules.calculate(sheet) };
      one.key = JSON.stringify([sheet.subject, sheet.months, sheet.tariffs, sheet.happened, sheet.otherwise]);
      if (cases.some(function (other) { return other.key === one.key; })) return "twice";
      cases.push(one);
      return "";
    } catch (error) {
      return "refused";
    }
  }
  function openCases(input) {
    const files = Array.from(input.files);
    Promise.all(files.map(form.opened)).then(function (sheets) {
      input.value = "";
      const lines = sheets.map(function (sheet, i) {
        const name = refusal(sheet);
        return name && filled(several.dataset[name], { file: files[i].name });
      });
      showCases(lines.filter(Boolean));
    });
  }

  root.addEventListener("click", function (event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.hasAttribute("data-print")) window.print();
    else if (button.dataset.do in actions) actions[button.dataset.do](button);
  });
  root.addEventListener("input", function (event) {
    if (!event.target.dataset.key) return;
    isUnsaved = true;
    update();
  });
  saving.addEventListener("click", save);
  root.querySelector("[data-do=open]").addEventListener("change", function (event) { open(event.target); });
  root.querySelector("[data-do=cases]").addEventListener("change", function (event) { openCases(event.target); });
  window.addEventListener("beforeunload", function (event) {
    if (!isUnsaved || fields(root).every(form.isBlank)) return;
    event.preventDefault();
    event.returnValue = "";
  });
  update();
})();
