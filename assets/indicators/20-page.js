// The indicators on their page: what somebody ticks becomes a measuring plan, a table and an address. Nothing is sent.
// Without this file the page is a list to tick and to print.
(function () {
  "use strict";
  const root = document.querySelector("[data-picker]");
  if (!root) return;
  const data = JSON.parse(root.dataset.picker);
  const find = function (selector) { return root.querySelector(selector); };
  const list = function (selector, within) { return Array.from((within || root).querySelectorAll(selector)); };
  const goal = find("[name=doel]"), field = find("[name=veld]"), start = find("[name=start]");
  const numbers = list("input[type=number]"), wrong = find("[data-wrong]");
  const table = find("[data-table]"), plan = find("[data-plan]");
  const now = window.measuring.quarterOf(new Date());
  const reach = {};
  let file = "", unknown = [];

  const indicators = list("[data-indicator]").map(function (row) {
    const given = row.dataset;
    return {
      id: given.indicator, row: row, box: row.querySelector("input"), name: said(row, "name"), goal: row.closest("[data-goal]"),
      fields: given.fields.split(" "), chain: given.chain, form: given.form, measures: given.measures, per: given.per,
      minutes: Number(given.minutes), times: Number(given.times), fixed: Number(given.fixed), quarters: Number(given.quarters),
    };
  });

  function said(row, name) {
    const part = row.querySelector("[data-part=" + name + "]");
    return part ? part.textContent.trim() : "";
  }
  function filled(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }
  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }
  function words(quarter) {
    const at = quarter.split("-");
    return filled(data.quarter, { number: at[1], year: at[0] });
  }
  function tell(output, text) { if (output.textContent !== text) output.textContent = text; }
  function chosen() { return indicators.filter(function (one) { return one.box.checked; }); }
  function again(one) { return window.measuring.later(start.value, one.quarters); }

  // ── what is shown ──

  function reckon() {
    numbers.forEach(function (input) {
      const fine = input.validity.valid;
      if (fine) reach[input.name] = Number(input.value);
      input.setAttribute("aria-invalid", String(!fine));
    });
    tell(wrong, numbers.every(function (input) { return input.validity.valid; }) ? "" : wrong.dataset.wrong);
    indicators.forEach(function (one) {
      one.hours = window.measuring.hours(one, reach);
      one.row.querySelector("[data-hours]").textContent = one.hours;
      const count = { mens: reach.mensen, bijeenkomst: reach.bijeenkomsten, vrijwilliger: reach.vrijwilligers }[one.per];
      one.row.querySelector("[data-part=effort]").textContent = filled(data.efforts[one.per],
        { minutes: one.minutes, times: one.times, count: count, fixed: one.fixed, hours: one.hours });
    });
  }

  function filter() {
    let shown = 0;
    indicators.forEach(function (one) {
      const wanted = (!goal.value || one.goal.dataset.goal === goal.value)
        && (!field.value || one.fields.includes(field.value));
      one.row.hidden = !wanted;
      if (wanted) shown += 1;
    });
    list("[data-goal]").forEach(function (part) { part.hidden = !part.querySelector("li:not([hidden])"); });
    const output = find("[data-found]");
    tell(output, !shown ? output.dataset.none : shown === 1 ? output.dataset.one : filled(output.dataset.many, { count: shown }));
  }

  function line(label, text, className) {
    const made = element("div", "", className);
    made.append(element("dt", label), element("dd", text));
    return made;
  }
  function sheet(one) {
    const made = element("article", ""), about = one.row.querySelector("dl").cloneNode(true), given = plan.dataset;
    const head = one.row.querySelector("[data-part=name]"), name = element("h3", one.name);
    const definition = one.row.querySelector("[data-part=definition]").cloneNode(true);
    if (head.lang) name.lang = head.lang;
    about.prepend(line(given.zero, words(start.value)), line(given.result, "", "picker-open"),
      line(given.next, words(again(one))), line(given.name, "", "picker-open"));
    made.append(name, definition, about);
    return made;
  }
  function advise(picked) {
    const found = window.measuring.advice(picked, data.advised);
    if (unknown.length) found.unshift(["unknown", { names: unknown.join(", ") }]);
    const lines = found.map(function (one) { return filled(data.advice[one[0]], one[1]); });
    const advice = find("[data-advice]");
    if (lines.join("\n") === list("li", advice).map(function (one) { return one.textContent; }).join("\n")) return;
    advice.replaceChildren.apply(advice, lines.map(function (text) { return element("li", text, "callout"); }));
  }

  function show() {
    const picked = chosen(), tally = find("[data-tally]");
    const hours = picked.reduce(function (sum, one) { return sum + one.hours; }, 0);
    const pattern = !picked.length ? "none" : picked.length === 1 ? "one" : "many";
    tell(tally, filled(tally.dataset[pattern], { count: picked.length, hours: hours }));
    root.toggleAttribute("data-chosen", picked.length > 0);
    find(".picker-empty").hidden = picked.length > 0;
    find(".picker-made").hidden = !picked.length;
    advise(picked);
    const sum = find("[data-sum]");
    sum.textContent = filled(sum.dataset.sum, {
      hours: hours, people: reach.mensen, meetings: reach.bijeenkomsten, volunteers: reach.vrijwilligers,
    });
    plan.replaceChildren.apply(plan, picked.map(sheet));
    if (file) URL.revokeObjectURL(file);
    file = picked.length ? URL.createObjectURL(new Blob([csv(picked)], { type: "text/csv;charset=utf-8" })) : "";
    table.href = file || "#meetplan";
  }

  function csv(picked) {
    return window.measuring.csv([data.columns].concat(picked.map(function (one) {
      const part = function (name) { return said(one.row, name); };
      return [
        one.goal.querySelector("h3").textContent, one.name, part("chain"), part("form"), part("definition"),
        part("numerator"), part("denominator"), part("source"), part("who"), "", part("frequency"),
        words(start.value), "", words(again(one)), one.hours, part("direction"), part("caution"),
      ];
    })), data.delimiter);
  }

  // ── the address ──

  function write() {
    const asked = new URLSearchParams();
    asked.set("kies", chosen().map(function (one) { return one.id; }).join(" "));
    numbers.forEach(function (input) {
      if (String(reach[input.name]) !== input.dataset.usual) asked.set(input.name, reach[input.name]);
    });
    asked.set("start", start.value);
    history.replaceState(null, "", "#" + asked);
  }

  function begin(quarter) {
    if (!Array.from(start.options).some(function (one) { return one.value === quarter; })) {
      start.append(new Option(words(quarter), quarter));
    }
    start.value = quarter;
  }

  // What somebody else sent, or wrote by hand: what is not known here is told, and the rest is chosen.
  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const ids = (asked.get("kies") || "").split(/[\s,]+/).filter(Boolean);
    const known = indicators.map(function (one) { return one.id; });
    unknown = ids.filter(function (id, i) { return !known.includes(id) && ids.indexOf(id) === i; })
      .slice(0, 5).map(function (id) { return id.slice(0, 40); });
    indicators.forEach(function (one) { one.box.checked = ids.includes(one.id); });
    numbers.forEach(function (input) {
      input.value = asked.get(input.name) || input.dataset.usual;
      if (!input.validity.valid) input.value = input.dataset.usual;
    });
    begin(/^20\d\d-[1-4]$/.test(asked.get("start")) ? asked.get("start") : window.measuring.later(now, 1));
    reckon();
    filter();
    show();
  }

  root.addEventListener("input", function (event) {
    if (event.target === goal || event.target === field) return filter();
    if (numbers.includes(event.target)) reckon();
    if (event.target.type === "checkbox") unknown = [];
    show();
    write();
  });
  find("[data-clear]").addEventListener("click", function () {
    indicators.forEach(function (one) { one.box.checked = false; });
    unknown = [];
    show();
    write();
    indicators[0].box.focus();
  });
  find("[data-print]").addEventListener("click", function () { window.print(); });
  find(".picker-tally a").addEventListener("click", function (event) {
    event.preventDefault(); // so that the address keeps what was chosen
    find("#meetplan").focus();
    find("#meetplan").scrollIntoView();
  });
  window.addEventListener("hashchange", function () { if (location.hash.includes("kies=")) read(); });

  for (let i = 0; i < 8; i += 1) begin(window.measuring.later(now, i));
  list("[hidden]").forEach(function (part) { part.hidden = false; });
  read();
})();
