// What the worksheets share: reading the form and filling it, what is missing, rows, tables and files. Nothing is sent.
// "kinds" are the rows that a sheet has lists of.
window.worksheet = function (root, kinds) {
  "use strict";
  const data = JSON.parse(root.dataset.sheet);
  const language = document.documentElement.lang;
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const exact = new Intl.NumberFormat(language, { maximumFractionDigits: 4 });
  const near = function (value, step) { return Math.abs(value) < step / 2 ? 0 : value; }; // never -0
  const percent = function (share) { return exact.format(100 * share) + "\u00a0%"; };
  const euros = function (amount) { return "€\u00a0" + whole.format(near(amount, 1)); };
  const outcome = root.querySelector("[data-outcome]");
  const missing = root.querySelector("[data-missing]");
  const saving = root.querySelector("[data-do=save]");
  const blank = {};
  kinds.forEach(function (kind) { blank[kind] = count(kind); });
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
  // What is no number stays as it was written: nothing that somebody filled in is lost.
  function value(field) {
    const kind = field.dataset.number;
    if (!kind) return field.value.trim();
    if (kind === "flag") return field.value !== "false";
    if (kind === "share" || kind === "choice") return field.value ? Number(field.value) : null;
    const found = number(field.value, kind);
    if (Number.isNaN(found)) return field.value.trim();
    return found === null ? null : Math.round(found * 1e6) / (kind === "percent" ? 1e8 : 1e6) + 0; // never -0
  }
  // A number of one's own becomes an answer; anything else that is no answer is none.
  function write(field, given) {
    const kind = field.dataset.number;
    let text = given === null || given === undefined || typeof given === "object" ? "" : String(given);
    if (kind === "percent" && Number.isFinite(given)) text = String(Math.round(given * 1e6) / 1e4);
    if (kind === "flag") text = String(given !== false);
    if (field.tagName === "SELECT") {
      field.querySelectorAll("[data-own]").forEach(function (own) { own.remove(); });
      field.value = text;
      if (text && field.selectedIndex < 0 && Number.isFinite(given)) {
        const own = element("option", kind === "share" ? percent(given) : text);
        own.value = text;
        own.dataset.own = "";
        field.append(own);
        field.value = text;
      }
      if (field.selectedIndex < 0) field.value = "";
    } else if (kind && typeof given === "number" && language !== "en") {
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
  function used(kind) {
    const some = rows(kind).filter(function (row) { return !isEmpty(row); });
    return some.length ? some : rows(kind).slice(0, 1);
  }
  function read() {
    const sheet = {};
    fields(root).forEach(function (field) {
      if (!field.closest("[data-row]")) put(sheet, field.dataset.key, value(field));
    });
    kinds.forEach(function (kind) {
      sheet[kind] = used(kind).map(function (row) {
        const made = {};
        fields(row).forEach(function (field) { put(made, field.dataset.key, value(field)); });
        return made;
      });
    });
    return sheet;
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
  // The last row is emptied, and stays.
  function remove(row) {
    const kind = row.dataset.row, all = rows(kind), at = all.indexOf(row);
    if (all.length > 1) {
      row.remove();
      renumber(kind);
      fields(rows(kind)[Math.max(0, at - 1)])[0].focus();
    } else fields(row).forEach(function (field) { write(field, ""); });
  }
  function fit(kind, wanted) {
    while (count(kind) < wanted) add(kind);
    rows(kind).slice(Math.max(wanted, 1)).forEach(function (row) { row.remove(); });
  }
  function fill(sheet) {
    kinds.forEach(function (kind) {
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

  // ── what is missing ──

  function words(field) { return root.querySelector("label[for=" + field.id + "]").firstChild.textContent.trim(); }
  function title(row) { return row.querySelector("legend").textContent.trim().replace(/\s+/g, " "); }
  function label(field) {
    const row = field.closest("[data-row]"), group = field.closest("[role=group]"), own = words(field);
    const parts = [row && title(row), group && group.getAttribute("aria-label"), own];
    return parts.filter(function (part, i) { return part && (i === 2 || part !== own); }).join(", ");
  }
  function fieldAt(at) {
    const parts = at.split(".");
    if (!kinds.includes(parts[0])) return root.querySelector('[data-key="' + at + '"]');
    const row = used(parts[0])[Number(parts[1] || 0)], key = parts.slice(2).join(".");
    return row.querySelector('[data-key="' + key + '"]') || row.querySelector('[data-key="' + key + '.low"]')
      || fields(row)[0];
  }
  // A least or a most as one fills it in: a share in percent, and a year without a mark between its digits.
  function bound(field, value) {
    if (["percent", "share"].includes(field.dataset.number)) return percent(value);
    return /(^|_)year$/.test(field.dataset.key) ? String(value) : whole.format(value);
  }
  function tell(problems) {
    const output = missing.querySelector("output"), list = missing.querySelector("ul");
    const isUntouched = fields(root).every(isBlank);
    const words = isUntouched ? output.dataset.none : problems.length === 1 ? output.dataset.one : filled(output.dataset.many, { count: problems.length });
    if (output.textContent !== words) output.textContent = words;
    list.replaceChildren.apply(list, (isUntouched ? [] : problems.slice(0, 8)).map(function (problem) {
      const field = fieldAt(problem.at), line = element("li", "");
      const values = { field: label(field), least: bound(field, problem.least), most: bound(field, problem.most) };
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

  // ── the result ──

  function slot(name, holds, values) {
    const line = root.querySelector("[data-slot=" + name + "]");
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

  // ── files ──

  // What somebody else made: only an object with lists of objects is a worksheet.
  function isSheet(found) {
    const isObject = function (one) { return one !== null && typeof one === "object" && !Array.isArray(one); };
    return isObject(found) && kinds.every(function (kind) {
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
  // The sheet in a file, or null.
  function opened(chosen) { return chosen.size > 1e6 ? Promise.resolve(null) : chosen.text().then(parsed); }
  function offer(sheet) {
    if (file) URL.revokeObjectURL(file);
    const saved = JSON.stringify(sheet, null, 2) + "\n";
    saving.href = file = URL.createObjectURL(new Blob([saved], { type: "application/json" }));
  }
  // Whether a file says something else than follows from it; "now" is what does.
  function differs(now, told) {
    return Object.keys(now).some(function (name) {
      return !(Math.abs(now[name] - told[name]) < 2e-4 + 1e-9 * Math.abs(now[name]));
    });
  }

  return {
    data: data, outcome: outcome, missing: missing, saving: saving, whole: whole, language: language,
    exact: exact, near: near, euros: euros, filled: filled, element: element,
    rows: rows, fields: fields, used: used, write: write, read: read, fill: fill, add: add, remove: remove,
    isBlank: isBlank, isEmpty: isEmpty, words: words, label: label, title: title, tell: tell, slot: slot, line: line,
    parsed: parsed, opened: opened, offer: offer, differs: differs,
  };
};
