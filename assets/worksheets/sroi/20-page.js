// The worksheet of a social return on its page: what is filled in becomes a result, an address and a file. Nothing is sent.
// Without this file the page is a form to print, with a worked example.
(function () {
  "use strict";
  const root = document.querySelector("[data-sheet]");
  if (!root) return;
  const data = JSON.parse(root.dataset.sheet);
  const language = document.documentElement.lang;
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const some = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const exact = new Intl.NumberFormat(language, { maximumFractionDigits: 4 });
  const near = function (value, step) { return Math.abs(value) < step / 2 ? 0 : value; }; // never -0
  const percent = function (share) { return exact.format(100 * share) + "\u00a0%"; };
  const euros = function (amount) { return "€\u00a0" + whole.format(near(amount, 1)); };
  const ratio = function (value) { return tenth.format(near(value, 0.1)); };
  const atLeast = function (value) { return Math.ceil(value - window.sroi.noise); };
  const atMost = function (value) { return Math.floor(value + window.sroi.noise); };
  const outcome = root.querySelector("[data-outcome]");
  const missing = root.querySelector("[data-missing]");
  const said = root.querySelector("[data-said]");
  const saving = root.querySelector("[data-do=save]");
  const blank = { costs: count("costs"), outcomes: count("outcomes") };
  const swing = outcome.querySelector("svg");
  let file = "";

  function rows(kind) { return Array.from(root.querySelectorAll("[data-row=" + kind + "]")); }
  function count(kind) { return rows(kind).length; }
  function fields(within) { return Array.from(within.querySelectorAll("[data-key]")); }
  function filled(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }
  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // ── what is filled in ──

  // "1.500,50", "1500.5" and "€ 1 500,-" are numbers as people write them here; null where there is none. What can
  // be read in two ways is none: "1,500" from an English table, and cells that were pasted side by side.
  function number(written, kind) {
    let digits = written.trim().replace(/^€ */, "").replace(/,[-–—]+$/, "").replace(/^[−–] */, "-");
    if (kind === "percent") digits = digits.replace(/ *%$/, "");
    if (language === "en") digits = digits.replace(/[.,]/g, function (mark) { return mark === "." ? "," : "."; });
    if (!digits) return null;
    if (/^-?\d{1,3}([. \u00a0\u202f])\d{3}(\1\d{3})*(,\d+)?$/.test(digits)) digits = digits.replace(/[^\d,-]/g, "");
    else if (kind !== "percent" && /^-?[1-9]\d{0,2}(,\d{3})+$/.test(digits)) return NaN;
    return /^-?\d+([.,]\d+)?$/.test(digits) ? Number(digits.replace(",", ".")) : NaN;
  }
  function value(field) {
    const kind = field.dataset.number;
    if (!kind) return field.value.trim();
    if (kind === "flag") return field.value !== "false";
    if (kind === "share") return field.value ? Number(field.value) : null;
    const found = number(field.value, kind);
    return kind === "percent" && found !== null ? Math.round(found * 1e6) / 1e8 : found;
  }
  // A share of one's own becomes an answer; anything else that is no answer is none.
  function write(field, given) {
    const kind = field.dataset.number;
    let text = given === null || given === undefined || typeof given === "object" ? "" : String(given);
    if (kind === "percent" && text) text = String(Math.round(given * 1e6) / 1e4);
    if (kind === "flag") text = String(given !== false);
    if (field.tagName === "SELECT") {
      field.querySelectorAll("[data-own]").forEach(function (own) { own.remove(); });
      field.value = text;
      if (kind === "share" && text && field.selectedIndex < 0 && Number.isFinite(given)) {
        const own = element("option", percent(given));
        own.value = text;
        own.dataset.own = "";
        field.append(own);
        field.value = text;
      }
      if (field.selectedIndex < 0) field.value = "";
    } else if (kind && language !== "en") {
      field.value = text.replace(/^(-?[1-9]\d{0,2}\.\d{3})$/, "$10").replace(".", ",");
    } else field.value = text;
  }
  function put(into, key, given) {
    const names = key.split("."), last = names.pop();
    names.reduce(function (at, name) { return at[name] = at[name] || {}; }, into)[last] = given;
  }
  function get(from, key) {
    return key.split(".").reduce(function (at, name) { return at === null || at === undefined ? at : at[name]; }, from);
  }
  function isBlank(field) { return !field.value.trim() || field.dataset.number === "flag"; }
  function isEmpty(row) { return fields(row).every(isBlank); }

  // A row that is wholly empty is none, as long as another is left.
  function read() {
    const sheet = {};
    fields(root).forEach(function (field) {
      if (!field.closest("[data-row]")) put(sheet, field.dataset.key, value(field));
    });
    ["costs", "outcomes"].forEach(function (kind) {
      const used = rows(kind).filter(function (row) { return !isEmpty(row); });
      sheet[kind] = (used.length ? used : rows(kind).slice(0, 1)).map(function (row) {
        const made = {};
        fields(row).forEach(function (field) { put(made, field.dataset.key, value(field)); });
        return made;
      });
    });
    return sheet;
  }
  function shown(kind, i) {
    const used = rows(kind).filter(function (row) { return !isEmpty(row); });
    return (used.length ? used : rows(kind))[i];
  }

  // ── rows ──

  function renumber(kind) {
    rows(kind).forEach(function (row, i) {
      row.querySelector("[data-count]").textContent = i + 1;
      row.querySelectorAll("[id], [for]").forEach(function (part) {
        ["id", "for"].forEach(function (name) {
          if (part.hasAttribute(name)) {
            part.setAttribute(name, part.getAttribute(name).replace(new RegExp(kind + "-\\d+"), kind + "-" + i));
          }
        });
      });
    });
  }
  function add(kind) {
    const all = rows(kind), row = all[0].cloneNode(true);
    fields(row).forEach(function (field) { write(field, ""); });
    all[all.length - 1].after(row);
    renumber(kind);
    return row;
  }
  function fit(kind, wanted) {
    while (count(kind) < wanted) add(kind);
    rows(kind).slice(Math.max(wanted, 1)).forEach(function (row) { row.remove(); });
  }
  function fill(sheet) {
    ["costs", "outcomes"].forEach(function (kind) {
      const given = sheet[kind] || [];
      fit(kind, Math.max(given.length, blank[kind]));
      rows(kind).forEach(function (row, i) {
        fields(row).forEach(function (field) { write(field, get(given[i], field.dataset.key)); });
      });
    });
    fields(root).forEach(function (field) {
      if (!field.closest("[data-row]")) write(field, get(sheet, field.dataset.key));
    });
  }

  // ── the result ──

  function words(field) { return root.querySelector("label[for=" + field.id + "]").firstChild.textContent.trim(); }
  function title(row) { return row.querySelector("legend").textContent.trim().replace(/\s+/g, " "); }
  function label(field) {
    const row = field.closest("[data-row]"), group = field.closest("[role=group]"), own = words(field);
    const parts = [row && title(row), group && group.getAttribute("aria-label"), own];
    return parts.filter(function (part, i) { return part && (i === 2 || part !== own); }).join(", ");
  }
  function fieldAt(at) {
    const parts = at.split(".");
    if (parts[0] !== "costs" && parts[0] !== "outcomes") return root.querySelector('[data-key="' + at + '"]');
    const row = shown(parts[0], Number(parts[1] || 0)), key = parts.slice(2).join(".");
    return row.querySelector('[data-key="' + key + '"]') || row.querySelector('[data-key="' + key + '.low"]')
      || fields(row)[0];
  }
  function tell(problems) {
    const output = missing.querySelector("output"), list = missing.querySelector("ul");
    const words = problems.length === 1 ? output.dataset.one : filled(output.dataset.many, { count: problems.length });
    if (output.textContent !== words) output.textContent = words;
    list.replaceChildren.apply(list, problems.slice(0, 8).map(function (problem) {
      const field = fieldAt(problem.at), line = element("li", "");
      const values = { field: label(field), least: whole.format(problem.least), most: whole.format(problem.most) };
      const link = element("a", filled(data.problems[problem.code], values));
      link.href = "#" + field.id;
      link.addEventListener("click", function (event) {
        event.preventDefault();
        field.focus();
      });
      line.append(link);
      return line;
    }));
  }
  function slot(name, holds, values) {
    const line = outcome.querySelector("[data-slot=" + name + "]");
    line.hidden = !holds;
    line.textContent = holds ? filled(line.dataset.pattern, values) : "";
  }
  function line(head, cell) {
    const row = element("tr", ""), first = element("th", head);
    first.scope = "row";
    row.append(first);
    if (cell === undefined) {
      first.scope = "rowgroup";
      first.colSpan = 2;
      first.replaceChildren(element("b", head));
    } else row.append(element("td", cell));
    return row;
  }
  // All that is filled in, to read on paper.
  function assumed() {
    const lines = [];
    root.querySelectorAll(".sheet-form :is(legend, h3[data-part], input, select)").forEach(function (part) {
      const row = part.closest("[data-row]");
      if (row && isEmpty(row)) return;
      if (part.tagName === "LEGEND") lines.push(line(title(row)));
      else if (part.tagName === "H3") lines.push(line(part.textContent));
      else lines.push(line(words(part), part.tagName === "SELECT" ? part.selectedOptions[0].textContent : part.value.trim()));
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
    slot("range", true,
      { low: ratio(result.low / costs), likely: ratio(result.likely / costs), high: ratio(result.high / costs) });
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
    if (file) URL.revokeObjectURL(file);
    const saved = JSON.stringify(Object.assign({}, sheet, { result: told(sheet, result) }), null, 2) + "\n";
    saving.href = file = URL.createObjectURL(new Blob([saved], { type: "application/json" }));
  }
  function told(sheet, result) {
    const four = function (value) { return Math.round(1e4 * value / result.costs) / 1e4; };
    return { low: four(result.low), likely: four(result.likely), high: four(result.high) };
  }
  function update() {
    const sheet = read(), problems = window.sroi.problems(sheet), before = outcome.hidden;
    root.toggleAttribute("data-complete", !problems.length);
    outcome.hidden = problems.length > 0;
    missing.hidden = !problems.length;
    if (problems.length) tell(problems);
    else show(sheet, window.sroi.calculate(sheet));
    said.textContent = before && !outcome.hidden ? said.dataset.done : "";
    return sheet;
  }
  // A step that can be taken back is one in the history of the browser.
  function keep(isStep) {
    history[isStep ? "pushState" : "replaceState"](null, "", "#" + encodeURIComponent(JSON.stringify(read())));
  }

  // ── files and addresses ──

  // What somebody else made: only an object with lists of objects is a worksheet.
  function isSheet(found) {
    const isObject = function (one) { return one !== null && typeof one === "object" && !Array.isArray(one); };
    return isObject(found) && ["costs", "outcomes"].every(function (kind) {
      return Array.isArray(found[kind]) && found[kind].length < 100 && found[kind].every(isObject);
    });
  }
  function parsed(text) {
    try {
      const found = JSON.parse(text);
      return isSheet(found) ? found : null;
    } catch (error) {
      return null;
    }
  }
  // Whether the file says something else than follows from it.
  function differs(file) {
    const sheet = read();
    if (!file.result || window.sroi.problems(sheet).length) return false;
    const now = told(sheet, window.sroi.calculate(sheet));
    return Object.keys(now).some(function (name) { return !(Math.abs(now[name] - file.result[name]) < 2e-4 + 1e-9 * Math.abs(now[name])); });
  }
  function open(input) {
    const chosen = input.files[0];
    if (!chosen) return;
    (chosen.size > 1e6 ? Promise.resolve("") : chosen.text()).then(function (text) {
      const sheet = parsed(text);
      input.value = "";
      if (sheet) {
        fill(sheet);
        keep(true);
        update();
      }
      said.textContent = !sheet ? said.dataset.wrong : differs(sheet) ? said.dataset.differs : said.dataset.opened;
    });
  }

  const actions = {
    example: function () { fill(data.example); },
    clear: function () { fill({ costs: [], outcomes: [], discount: {} }); },
    add: function (button) { fields(add(button.dataset.what))[0].focus(); },
    remove: function (button) {
      const row = button.closest("[data-row]"), kind = row.dataset.row, near = rows(kind);
      if (near.length > 1) {
        const at = near.indexOf(row);
        row.remove();
        renumber(kind);
        fields(rows(kind)[Math.max(0, at - 1)])[0].focus();
      } else fields(row).forEach(function (field) { write(field, ""); });
    },
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
      const isStep = ["example", "clear", "remove"].includes(button.dataset.do), hadSome = !fields(root).every(isBlank);
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
      sheet = parsed(decodeURIComponent(location.hash.slice(1)));
    } catch (error) { /* no address of ours */ }
    if (sheet) fill(sheet);
    update();
  }
  window.addEventListener("hashchange", begin);
  begin();
})();
