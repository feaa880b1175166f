// Leaves out of an overview what was not asked for. The address keeps the choice; without this file all is shown.
(function () {
  "use strict";
  const filter = document.querySelector("[data-filter]");
  if (!filter) return;
  const cards = Array.from(document.querySelectorAll("[data-facets]"), function (card) {
    return { card: card, facets: JSON.parse(card.dataset.facets) };
  });
  const selects = Array.from(filter.querySelectorAll("select"));
  const count = filter.querySelector("output");
  const everything = filter.querySelector("button");
  const nothing = document.querySelector("[data-nothing]");

  function show() {
    const chosen = selects.filter(function (select) { return select.value; });
    let shown = 0;
    cards.forEach(function (item) {
      const fits = chosen.every(function (select) { return (item.facets[select.name] || []).includes(select.value); });
      item.card.hidden = !fits;
      if (fits) shown += 1;
    });
    document.querySelectorAll("[data-group]").forEach(function (group) {
      group.hidden = !group.querySelector("[data-facets]:not([hidden])");
      group.classList.toggle("is-filtered", chosen.length > 0);
    });
    count.textContent = (shown === 1 ? count.dataset.one : count.dataset.many).replace("{count}", shown);
    nothing.hidden = shown > 0;
    everything.hidden = !chosen.length;
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    selects.forEach(function (select) {
      const value = asked.get(select.name) || "";
      select.value = value;
      if (select.selectedIndex < 0) select.value = "";
    });
    show();
  }

  function keep() {
    const asked = new URLSearchParams();
    selects.forEach(function (select) { if (select.value) asked.set(select.name, select.value); });
    const words = asked.toString();
    history.pushState(null, "", words ? "?" + words : location.pathname);
    show();
  }

  function clear() {
    selects.forEach(function (select) { select.value = ""; });
    keep();
    selects[0].focus();
  }

  filter.addEventListener("change", keep);
  everything.addEventListener("click", clear);
  nothing.querySelector("button").addEventListener("click", clear);
  window.addEventListener("popstate", read);
  read();
})();
