// One case in two timelines: the same rules as microsite/content/worksheets/case.py, held equal by
// tests/content/worksheets/case.json.
window.caseRules = (function () {
  "use strict";
  const kinds = ["tariffs", "happened", "otherwise"], ends = ["low", "likely", "high"];
  const first = 1990, last = 2100, longest = 120, dearest = 1e6, most = 1e5, forAverage = 5;
  const same = function (written) {
    return String(written || "").toLowerCase().trim().replace(/\s+/g, " ").replace(/^(de|het|een) /, "");
  };
  const months = /\bmaand(?:en)? +(\d{1,3})(?: *(?:-|–|t\/m|tot en met|tot|en) *(\d{1,3}))?(?!\d)/gi;
  const all = function (sheet) { return sheet.happened.concat(sheet.otherwise); };
  const end = function (count, name) { return typeof count === "number" ? count : count[name]; };

  // What the rows cost: those of one payer, or all.
  function spent(sheet, rows, payer) {
    const total = { low: 0, likely: 0, high: 0 };
    rows.forEach(function (row) {
      if (!row.tariff || (payer !== undefined && same(row.payer) !== payer)) return;
      const price = sheet.tariffs[row.tariff - 1].price;
      ends.forEach(function (name) { total[name] += end(row.count, name) * price; });
    });
    return total;
  }
  function share(sheet, name, payer) {
    const happened = spent(sheet, sheet.happened, payer).likely, otherwise = spent(sheet, sheet.otherwise, payer);
    const difference = {};
    ends.forEach(function (name) { difference[name] = otherwise[name] - happened; });
    return { payer: name, happened: happened, otherwise: otherwise, difference: difference };
  }
  function calculate(sheet) {
    const names = new Map();
    all(sheet).forEach(function (row) {
      if (row.tariff && !names.has(same(row.payer))) names.set(same(row.payer), row.payer.trim());
    });
    const payers = Array.from(names).map(function (pair) { return share(sheet, pair[1], pair[0]); });
    payers.sort(function (a, b) {
      const apart = b.difference.likely - a.difference.likely;
      return Math.abs(apart) < 1e-6 ? 0 : apart;
    });
    return { total: share(sheet, ""), payers: payers };
  }

  // What is counted, and names a month after the period that the case is about.
  function beyond(sheet) {
    return all(sheet).filter(function (row) {
      return row.tariff && Array.from(String(row.when).matchAll(months)).some(function (match) {
        return Math.max(match[1], match[2] || 0) > sheet.months;
      });
    }).map(function (row) { return row.what; });
  }

  // What several cases have in common; an average takes five, so that no odd one makes it.
  function across(differences) {
    const sorted = differences.slice().sort(function (a, b) { return a - b; }), n = sorted.length;
    const sum = sorted.reduce(function (total, one) { return total + one; }, 0);
    return {
      count: n,
      low: sorted[0],
      median: (sorted[Math.floor((n - 1) / 2)] + sorted[Math.floor(n / 2)]) / 2,
      high: sorted[n - 1],
      average: n < forAverage ? null : sum / n,
    };
  }

  // ── what is refused ──

  // The check on a citizen service number: its digits, weighed 9 to 2 and -1, are a multiple of 11.
  function passesEleven(digits) {
    const weighed = digits.split("").reduce(function (total, digit, i) { return total + digit * (i === 8 ? -1 : 9 - i); }, 0);
    return weighed % 11 === 0 && Number(digits) > 0;
  }
  // What a text seems to tell of one person. "patterns" are those of microsite/content/worksheets/persons.py.
  function kindOf(text, patterns, days) {
    const found = patterns.find(function (one) {
      if (one[0] === "bsn") {
        return Array.from(text.matchAll(new RegExp(one[1], "g"))).some(function (match) {
          return passesEleven(match[1].replace(/[^0-9]/g, ""));
        });
      }
      return (days || one[0] !== "day") && new RegExp(one[1]).test(text);
    });
    return found && found[0];
  }
  function aboutPersons(value, key, patterns, tell) {
    if (typeof value === "string") {
      const kind = kindOf(value, patterns, !key.startsWith("tariffs."));
      if (kind) tell(key, kind);
    } else if (value !== null && typeof value === "object") {
      Object.keys(value).forEach(function (name) {
        if (key || name !== "result") aboutPersons(value[name], key ? key + "." + name : name, patterns, tell);
      });
    }
  }

  // What keeps a difference from being told: where, which sentence, and the bounds. What is about a person comes first.
  function problems(sheet, patterns) {
    const found = [];
    const tell = function (at, code, least, most) { found.push({ at: at, code: code, least: least, most: most }); };
    const words = function (at, value) { if (typeof value !== "string" || !value.trim()) tell(at, "empty"); };
    const number = function (at, value, least, most, whole) {
      if (value === null || value === undefined || value === "") tell(at, "empty");
      else if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) tell(at, whole ? "whole" : "number");
      else if (value < least || value > most) tell(at, "range", least, most);
    };
    const told = new Set();
    const once = function (at, values) {
      const line = [at.split(".")[0]].concat(values.map(same)).join("\n");
      if (told.has(line) && values.some(same)) tell(at, "twice");
      told.add(line);
    };
    aboutPersons(sheet, "", patterns, tell);
    words("subject", sheet.subject);
    number("year", sheet.year, first, last, true);
    number("months", sheet.months, 1, longest, true);
    sheet.tariffs.forEach(function (tariff, i) {
      const at = "tariffs." + i + ".";
      ["what", "unit"].forEach(function (key) { words(at + key, tariff[key]); });
      once(at + "what", [tariff.what, tariff.unit, tariff.price_year]);
      number(at + "price", tariff.price, 0, dearest);
      number(at + "price_year", tariff.price_year, first, last, true);
      if (first <= sheet.year && sheet.year < tariff.price_year && tariff.price_year <= last) tell(at + "price_year", "later");
      words(at + "source", tariff.source);
    });
    ["happened", "otherwise"].forEach(function (kind) {
      sheet[kind].forEach(function (row, i) {
        const at = kind + "." + i + ".", count = row.count;
        ["when", "what"].forEach(function (key) { words(at + key, row[key]); });
        once(at + "what", [row.when, row.what, row.tariff, row.payer]);
        number(at + "tariff", row.tariff, 0, sheet.tariffs.length, true);
        if (row.tariff === 0) return;
        if (kind === "happened") number(at + "count", count, 0, most);
        else {
          const given = count || {};
          ends.forEach(function (name) { number(at + "count." + name, given[name], 0, most); });
          if (given.low > given.likely || given.likely > given.high) tell(at + "count", "order");
        }
        ["payer", "source"].forEach(function (key) { words(at + key, row[key]); });
      });
    });
    words("why", sheet.why);
    kinds.forEach(function (kind) { if (!sheet[kind].length) tell(kind, "empty"); });
    if (!found.length && !all(sheet).some(function (row) { return row.tariff; })) tell("happened", "nothing");
    return found;
  }

  return { calculate: calculate, beyond: beyond, across: across, problems: problems, kinds: kinds, ends: ends };
})();
