// The planner: what a visitor chooses becomes a plan to print and to add to a calendar. Choices stay in the address, behind
// its "#", so that nobody else gets them. Without this file the page shows the standard plan.
(function () {
  "use strict";
  const planner = document.querySelector("[data-planner]");
  if (!planner) return;
  const data = JSON.parse(planner.dataset.planner);
  const start = planner.querySelector("input[type=date]");
  const efforts = Array.from(planner.querySelectorAll("input[type=radio]"));
  const boxes = Array.from(planner.querySelectorAll("input[type=checkbox]"));
  const region = planner.querySelector("select");
  const table = planner.querySelector("table");
  const said = planner.querySelector("output");
  const calendar = planner.querySelector("[data-calendar]");
  const home = new URL(planner.dataset.home, document.baseURI);
  const words = {
    name: planner.dataset.name,
    host: planner.dataset.host,
    url: planner.dataset.url,
    partOf: planner.dataset.partOf,
  };
  let file = "";

  const value = function (inputs) {
    return inputs.filter(function (one) { return one.checked; }).map(function (one) { return one.value; });
  };
  const parts = function (iso) { return iso.split("-").map(Number); };
  const long = function (iso) {
    const at = parts(iso);
    return at[2] + "\u00a0" + data.months[at[1] - 1] + " " + at[0];
  };

  function element(name, text, attributes) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    Object.entries(attributes || {}).forEach(function (pair) { made.setAttribute(pair[0], pair[1]); });
    return made;
  }

  function row(entry) {
    const made = element("tr", "", entry.step ? {} : { class: "planner-main" });
    const day = element("td");
    const weekday = (new Date(entry.day + "T00:00:00Z").getUTCDay() + 6) % 7;
    day.append(element("time", data.weekdays[weekday] + " " + parts(entry.day)[2], { datetime: entry.day }));
    const what = element("td");
    const guide = entry.activity.guide;
    if (entry.step) what.append(entry.title + " ", element("small", entry.activity.title));
    else if (guide) what.append(element("a", entry.title, { href: new URL(guide, home) }));
    else what.append(entry.title);
    made.append(day, what, element("td", "", { class: "planner-who" }));
    return made;
  }

  function show() {
    const chosen = value(boxes);
    const able = start.value && start.validity.valid && chosen.length;
    const asked = { start: start.value, effort: value(efforts)[0], activities: chosen, region: region.value };
    const plan = able ? window.campaignPlan(data, asked) : { entries: [], beyond: false };
    table.querySelectorAll("tbody").forEach(function (one) { one.remove(); });
    let month = "", body;
    plan.entries.forEach(function (entry) {
      if (entry.day.slice(0, 7) !== month) {
        month = entry.day.slice(0, 7);
        const at = parts(entry.day);
        body = element("tbody");
        const head = element("tr");
        head.append(element("th", data.months[at[1] - 1] + " " + at[0], { colspan: 3, scope: "rowgroup" }));
        body.append(head);
        table.append(body);
      }
      body.append(row(entry));
    });
    const count = plan.entries.length;
    const first = plan.entries[0], last = plan.entries[count - 1];
    said.textContent = count
      ? said.dataset.many.replace("{count}", count).replace("{first}", long(first.day)).replace("{last}", long(last.day))
      : said.dataset.none;
    table.hidden = calendar.hidden = planner.querySelector("[data-print]").hidden = !count;
    planner.querySelector("[data-beyond]").hidden = !plan.beyond;
    if (file) URL.revokeObjectURL(file);
    file = count ? URL.createObjectURL(new Blob([window.planCalendar(plan, words, new Date().toISOString().slice(0, 10))],
      { type: "text/calendar" })) : "";
    calendar.href = file;
  }

  function keep() {
    const asked = new URLSearchParams();
    asked.set("begin", start.value);
    asked.set("tijd", value(efforts)[0]);
    asked.set("doe", value(boxes).join(" "));
    if (region.value) asked.set("regio", region.value);
    history.replaceState(null, "", "#" + asked);
    show();
  }

  function fill(effort) {
    const own = data.efforts.find(function (one) { return one[0] === effort; });
    boxes.forEach(function (box) { box.checked = own[2].includes(box.value); });
  }

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const effort = efforts.find(function (one) { return one.value === asked.get("tijd"); }) || efforts[0];
    const begin = new Date((asked.get("begin") || "") + "T00:00:00Z");
    if (!isNaN(begin) && begin.toISOString().startsWith(asked.get("begin") + "T")) start.value = asked.get("begin");
    effort.checked = true;
    fill(effort.value);
    if (asked.has("doe")) {
      const chosen = asked.get("doe").split(" ");
      boxes.forEach(function (box) { box.checked = chosen.includes(box.value); });
    }
    region.value = asked.get("regio") || "";
    if (region.selectedIndex < 0) region.value = "";
    show();
  }

  planner.addEventListener("change", function (event) {
    if (efforts.includes(event.target)) fill(event.target.value);
    keep();
  });
  planner.querySelector("[data-print]").addEventListener("click", function () { window.print(); });
  window.addEventListener("hashchange", function () { if (location.hash.includes("begin=")) read(); });
  read();
})();
