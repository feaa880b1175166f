// What follows from the indicators that somebody chose: hours, quarters, advice and a table. It touches no page.
window.measuring = (function () {
  "use strict";

  // The hours a year, a part of an hour as a whole one; microsite/content/indicators_file.py does the same.
  function hours(one, reach) {
    const count = { mens: reach.mensen, bijeenkomst: reach.bijeenkomsten, vrijwilliger: reach.vrijwilligers }[one.per] || 1;
    return one.fixed + Math.ceil(one.minutes * one.times * count / 60);
  }

  // Quarters are texts such as "2027-1".
  function later(quarter, count) {
    const at = quarter.split("-").map(Number), next = at[0] * 4 + at[1] - 1 + count;
    return Math.floor(next / 4) + "-" + (next % 4 + 1);
  }
  function quarterOf(day) { return day.getFullYear() + "-" + (Math.floor(day.getMonth() / 3) + 1); }

  // What to say of all that was chosen together: names of sentences, with what is filled in there.
  function advice(chosen, most) {
    const found = [], same = {};
    const all = function (holds) { return chosen.length > 0 && chosen.every(holds); };
    if (chosen.length > most) {
      const total = chosen.reduce(function (sum, one) { return sum + one.hours; }, 0);
      found.push(["many", { count: chosen.length, hours: total, most: most }]);
    }
    if (all(function (one) { return one.chain === "output"; })) found.push(["output", {}]);
    else if (all(function (one) { return one.chain !== "outcome"; })) found.push(["outcome", {}]);
    else if (all(function (one) { return one.form === "tellen"; })) found.push(["words", {}]);
    chosen.forEach(function (one) {
      if (one.measures) (same[one.measures] = same[one.measures] || []).push(one.name);
    });
    Object.keys(same).forEach(function (key) {
      if (same[key].length > 1) found.push(["same", { names: same[key].join("; ") }]);
    });
    return found;
  }

  // A table for spreadsheets. A cell that would be a formula there becomes text.
  function csv(rows, delimiter) {
    return "\ufeff" + rows.map(function (row) {
      return row.map(function (cell) {
        const text = String(cell).replace(/\u00a0/g, " ");
        return '"' + (/^[=+@\t\r]|^-(?![\d,]+$)/.test(text) ? "'" + text : text).replace(/"/g, '""') + '"';
      }).join(delimiter);
    }).join("\r\n") + "\r\n";
  }

  return { hours: hours, later: later, quarterOf: quarterOf, advice: advice, csv: csv };
})();
