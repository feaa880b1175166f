// Searches the site in the browser. The index comes when somebody searches, as a script: that works from disk too.
(function () {
  "use strict";
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const input = form.querySelector("input");
  const status = form.querySelector("output");
  const list = document.querySelector("[data-results]");
  const kinds = JSON.parse(form.dataset.kinds);
  const weights = 3;
  const letters = { "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t" };
  let wordList = null;
  let loading = null;

  function words(text) {
    const plain = text.toLowerCase().normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "")
      .replace(/[^\x00-\x7f]/g, function (letter) { return letters[letter] || letter; });
    return (plain.match(/[\p{L}\p{N}]+/gu) || []).filter(function (word) { return word.length > 1; });
  }

  function load() {
    loading = loading || new Promise(function (done, failed) {
      const script = document.createElement("script");
      script.src = form.dataset.search;
      script.onload = done;
      script.onerror = function () { loading = null; script.remove(); failed(); };
      document.head.append(script);
    }).then(function () {
      wordList = Object.keys(window.searchIndex.words).map(function (word) {
        return { word: word, stem: window.dutchStem(word) };
      });
    });
    return loading;
  }

  // How well a word of the site answers a word of the question; a part of a compound counts for less.
  function match(entry, word, stem) {
    if (entry.word === word) return 8;
    if (entry.stem === stem) return 6;
    if (entry.word.startsWith(word)) return 3;
    if (word.length > 3 && entry.word.includes(word)) return 2;
    return stem.length > 3 && entry.word.includes(stem) ? 1 : 0;
  }

  function pagesWith(word) {
    const stem = window.dutchStem(word);
    const scores = new Map();
    wordList.forEach(function (entry) {
      const score = match(entry, word, stem);
      if (!score) return;
      let number = 0;
      window.searchIndex.words[entry.word].forEach(function (step) {
        number += step;
        const page = Math.floor(number / weights);
        const value = score * (1 + 3 * (number % weights));
        scores.set(page, Math.max(scores.get(page) || 0, value));
      });
    });
    return scores;
  }

  function find(asked) {
    const each = asked.map(pagesWith);
    const found = [];
    if (each.length) each[0].forEach(function (_, page) {
      if (!each.every(function (scores) { return scores.has(page); })) return;
      found.push([page, each.reduce(function (sum, scores) { return sum + scores.get(page); }, 0)]);
    });
    return found.sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
  }

  // Text goes in as text, piece by piece: nothing of the index or the question is ever read as markup.
  function marked(node, text, asked) {
    text.split(/([\p{L}\p{N}\p{M}\p{Cf}]+)/u).forEach(function (piece) {
      const here = words(piece)[0];
      const hit = here && asked.some(function (word) {
        return match({ word: here, stem: window.dutchStem(here) }, word, window.dutchStem(word));
      });
      const part = hit ? document.createElement("mark") : document.createTextNode(piece);
      if (hit) part.textContent = piece;
      node.append(part);
    });
    return node;
  }

  function result(page, asked) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const title = document.createElement("h2");
    const kind = document.createElement("p");
    item.className = "line";
    title.className = "line-title";
    kind.className = "line-date";
    link.href = page[0];
    kind.textContent = kinds[page[1]] || kinds.page;
    title.append(marked(link, page[2], asked));
    item.append(kind, title, marked(document.createElement("p"), page[3], asked));
    return item;
  }

  function show() {
    const asked = words(input.value);
    list.replaceChildren();
    if (!asked.length) { status.textContent = ""; return; }
    load().then(function () {
      const found = find(asked);
      const sentence = found.length === 1 ? status.dataset.one : found.length ? status.dataset.many : status.dataset.none;
      status.textContent = sentence.replace("{count}", found.length).replace("{words}", input.value.trim());
      list.replaceChildren.apply(list, found.slice(0, 50).map(function (hit) {
        return result(window.searchIndex.pages[hit[0]], asked);
      }));
    }, function () { status.textContent = status.dataset.failed; });
  }

  function read() {
    input.value = new URLSearchParams(location.search).get("q") || "";
    show();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.pushState(null, "", "?q=" + encodeURIComponent(input.value.trim()));
    show();
  });
  window.addEventListener("popstate", read);
  read();
})();
