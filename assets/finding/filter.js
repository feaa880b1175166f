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

  function has(item, name, value) { return (item.facets[name] || []).includes(value); }

  // The cards that have what is chosen, apart from what is chosen in the select `but`.
  function fitting(but) {
    return cards.filter(function (item) {
      return selects.every(function (select) { return select === but || !select.value || has(item, select.name, select.value); });
    });
  }

  // Each choice says how many there would be; what leaves nothing cannot be chosen.
  function recount(select) {
    const among = fitting(select);
    Array.from(select.options).forEach(function (option) {
      if (!option.value) return;
      const left = among.filter(function (item) { return has(item, select.name, option.value); }).length;
      option.textContent = option.value + " (" + left + ")";
      option.disabled = !left && !option.selected;
    });
  }

  function show() {
    const chosen = selects.some(function (select) { return select.value; });
    const left = fitting(null);
    const shown = left.length;
    cards.forEach(function (item) { item.card.hidden = !left.includes(item); });
    selects.forEach(recount);
    document.querySelectorAll("[data-group]").forEach(function (group) {
      group.hidden = !group.querySelector("[data-facets]:not([hidden])");
      group.classList.toggle("is-filtered", chosen);
    });
    count.textContent = (shown === 1 ? count.dataset.one : count.dataset.many).replace("{count}", shown);
    nothing.hidden = shown > 0;
    everything.hidden = !chosen;
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
  window.addEventListener("popstate", read);
  read();
})();
