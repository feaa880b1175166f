// A social return on investment: the same rules as microsite/content/worksheets/sroi.py, held equal by
// tests/content/worksheets/sroi.json.
window.sroi = (function () {
  "use strict";
  const corrections = ["deadweight", "displacement", "attribution", "drop_off"];
  const grades = ["gemeten", "geschat", "aanname"];
  const worse = { low: "high", likely: "likely", high: "low" };
  const first = 1990, last = 2100, noise = 1e-6, longest = 25, highRatio = 10, margin = 0.2, largest = 1e9;
  const sum = function (numbers) { return numbers.reduce(function (a, b) { return a + b; }, 0); };
  const spent = function (sheet) { return sum(sheet.costs.map(function (cost) { return cost.amount; })); };

  // The effect in each year.
  function effects(outcome, count) {
    let left = count * outcome.value;
    corrections.slice(0, 3).forEach(function (name) { left *= 1 - outcome[name].share; });
    return Array.from({ length: Math.ceil(outcome.years) }, function (_, year) {
      if (year) left *= 1 - outcome.drop_off.share;
      return left * Math.min(1, outcome.years - year);
    });
  }

  // At the low end a change for the worse has its most.
  function present(sheet, outcomes, end) {
    const growth = 1 + sheet.discount.rate;
    let total = 0;
    outcomes.forEach(function (outcome) {
      let less = sheet.discount.first_year ? growth : 1;
      effects(outcome, outcome.count[outcome.value >= 0 ? end : worse[end]]).forEach(function (effect) {
        total += effect / less;
        less *= growth;
      });
    });
    return total;
  }

  function byYear(sheet) {
    const years = [];
    sheet.outcomes.forEach(function (outcome) {
      effects(outcome, outcome.count.likely).forEach(function (effect, i) { years[i] = (years[i] || 0) + effect; });
    });
    return years;
  }

  // The months until the effects, spread evenly over each year and not discounted, meet the costs for good.
  function payback(years, costs) {
    let left = costs, months = null;
    years.forEach(function (effect, i) {
      if (left > 0 && left <= effect) months = 12 * (i + left / effect);
      left -= effect;
    });
    return left <= 0 ? months : null;
  }

  // The part of the good effects at which the costs, and the bad effects in full, are just met.
  function breakEven(parts, costs) {
    const good = sum(parts.map(function (part) { return Math.max(part, 0); }));
    const bad = sum(parts.map(function (part) { return Math.min(part, 0); }));
    return good ? (costs - bad) / good : null;
  }

  // By who it is, however it is written: "De gemeente " is "de gemeente".
  function same(written) { return written.toLowerCase().trim().replace(/\s+/g, " ").replace(/^(de|het|een) /, ""); }
  function byName(pairs) {
    const names = new Map(), total = new Map();
    pairs.forEach(function (pair) {
      const name = same(pair[0]);
      if (!names.has(name)) names.set(name, pair[0].trim());
      total.set(name, (total.get(name) || 0) + pair[1]);
    });
    return Array.from(total).sort(function (a, b) { return b[1] - a[1]; })
      .map(function (pair) { return [names.get(pair[0]), pair[1]]; });
  }

  // How much hangs on an outcome whose present value is part, where as much as net can be missed.
  function needed(i, all, part, net) {
    if (!part) return { outcome: i, bound: "nothing", count: null, likely: all };
    const count = all * (part - net) / part;
    const bound = part < 0 ? (count >= -noise ? "most" : "never")
      : count <= noise ? "without" : count <= all + noise ? "least" : "more";
    return { outcome: i, bound: bound, count: bound === "never" || bound === "without" ? null : count, likely: all };
  }

  // The sheet with one assumption multiplied; a share stays at most 1.
  function moved(sheet, i, what, by) {
    const copy = JSON.parse(JSON.stringify(sheet));
    const outcome = copy.outcomes[i];
    if (what === "rate") copy.discount.rate *= by;
    else if (what === "count") outcome.count.likely *= by;
    else if (what === "value" || what === "years") outcome[what] *= by;
    else outcome[what].share = Math.min(1, outcome[what].share * by);
    return copy;
  }

  // What matters most: the ratio when one assumption is a fifth lower, and a fifth higher.
  function bars(sheet, costs) {
    const found = [];
    const add = function (i, what) {
      const ratio = function (by) {
        const other = moved(sheet, i, what, by);
        return present(other, other.outcomes, "likely") / costs;
      };
      found.push({ outcome: i, what: what, low: ratio(1 - margin), high: ratio(1 + margin) });
    };
    sheet.outcomes.forEach(function (outcome, i) {
      if (outcome.count.likely) add(i, "count");
      if (outcome.value) add(i, "value");
      if (outcome.years > 1) add(i, "years");
      corrections.forEach(function (name) {
        if (outcome[name].share && (name !== "drop_off" || outcome.years > 1)) add(i, name);
      });
    });
    if (sheet.discount.rate) add(-1, "rate");
    const span = function (bar) { return Math.round(Math.abs(bar.high - bar.low) / noise); };
    return found.sort(function (a, b) { return span(b) - span(a); });
  }

  function uncorrected(outcome) {
    const bare = Object.assign({}, outcome);
    corrections.forEach(function (name) { bare[name] = { share: 0 }; });
    return bare;
  }

  function calculate(sheet) {
    const costs = spent(sheet), years = byYear(sheet);
    const parts = sheet.outcomes.map(function (outcome) { return present(sheet, [outcome], "likely"); });
    const likely = present(sheet, sheet.outcomes, "likely");
    return {
      costs: costs,
      low: present(sheet, sheet.outcomes, "low"),
      likely: likely,
      high: present(sheet, sheet.outcomes, "high"),
      breakEven: breakEven(parts, costs),
      years: years,
      payback: payback(years, costs),
      payers: byName(sheet.costs.map(function (cost) { return [cost.payer, cost.amount]; })),
      gains: byName(sheet.outcomes.map(function (outcome, i) { return [outcome.receiver, parts[i]]; })),
      needed: sheet.outcomes.map(function (outcome, i) {
        return needed(i, outcome.count.likely, parts[i], likely - costs);
      }),
      bars: bars(sheet, costs),
      uncorrected: present(sheet, sheet.outcomes.map(uncorrected), "likely"),
    };
  }

  // What keeps a ratio from being told: where, which sentence, and the bounds.
  function problems(sheet) {
    const found = [];
    const tell = function (at, code, least, most) { found.push({ at: at, code: code, least: least, most: most }); };
    const words = function (at, value) { if (!String(value || "").trim()) tell(at, "empty"); };
    const number = function (at, value, least, most, whole) {
      if (value === null || value === undefined) tell(at, "empty");
      else if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) tell(at, whole ? "whole" : "number");
      else if (value < least || value > most) tell(at, "range", least, most);
    };
    words("title", sheet.title);
    number("year", sheet.year, first, last, true);
    if (!sheet.costs.length) tell("costs", "empty");
    sheet.costs.forEach(function (cost, i) {
      const at = "costs." + i + ".";
      ["what", "payer"].forEach(function (key) { words(at + key, cost[key]); });
      number(at + "amount", cost.amount, 0, largest);
      words(at + "source", cost.source);
    });
    const told = new Set();
    if (!sheet.outcomes.length) tell("outcomes", "empty");
    sheet.outcomes.forEach(function (outcome, i) {
      const at = "outcomes." + i + ".", count = outcome.count;
      ["what", "receiver"].forEach(function (key) { words(at + key, outcome[key]); });
      const change = same(outcome.what || "") + "\n" + same(outcome.receiver || "");
      if (told.has(change) && change !== "\n") tell(at + "what", "twice");
      told.add(change);
      ["low", "likely", "high"].forEach(function (key) { number(at + "count." + key, count[key], 0, largest); });
      if (count.low > count.likely || count.likely > count.high) tell(at + "count", "order");
      if (!grades.includes(outcome.grade)) tell(at + "grade", "empty");
      words(at + "measured", outcome.measured);
      number(at + "value", outcome.value, -largest, largest);
      words(at + "source", outcome.source);
      number(at + "price_year", outcome.price_year, first, last, true);
      if (first <= sheet.year && sheet.year < outcome.price_year && outcome.price_year <= last) tell(at + "price_year", "later");
      number(at + "years", outcome.years, 1, longest, true);
      corrections.forEach(function (name) {
        number(at + name + ".share", outcome[name].share, 0, 1);
        words(at + name + ".why", outcome[name].why);
      });
    });
    number("discount.rate", sheet.discount.rate, 0, 1);
    words("discount.source", sheet.discount.source);
    if (found.length) return found;
    const costs = spent(sheet);
    if (!costs) tell("costs", "nothing");
    else if (!String(sheet.remark || "").trim() && present(sheet, sheet.outcomes, "high") > highRatio * costs) {
      tell("remark", "high", 0, highRatio);
    }
    return found;
  }

  return { calculate: calculate, problems: problems, corrections: corrections, noise: noise };
})();
