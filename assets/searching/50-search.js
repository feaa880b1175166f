// The page to search on. The index comes when somebody searches, as a script: that works from disk too.
(function () {
  "use strict";
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const input = form.querySelector("input");
  const status = form.querySelector("output");
  const said = status.dataset;
  const list = document.querySelector("[data-results]");
  const help = document.querySelector("[data-help]");
  const guess = document.querySelector("[data-guess]");
  const kinds = JSON.parse(form.dataset.kinds);
  const words = window.languages.words;
  let loading = null;

  function load() {
    loading = loading || new Promise(function (done, failed) {
      const script = document.createElement("script");
      script.src = form.dataset.search;
      script.onload = done;
      script.onerror = function () { loading = null; script.remove(); failed(); };
      document.head.append(script);
    }).then(function () { return window.matching(window.searchIndex); });
    return loading;
  }

  // Text goes in as text, piece by piece: nothing of the index or the question is ever read as markup.
  function marked(node, text, hits) {
    text.split(/([\p{L}\p{N}\p{M}\p{Cf}]+)/u).forEach(function (piece) {
      const part = hits.has(words(piece)[0]) ? document.createElement("mark") : document.createTextNode(piece);
      if (part.nodeType === Node.ELEMENT_NODE) part.textContent = piece;
      node.append(part);
    });
    return node;
  }

  function result(page, hits) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const title = document.createElement("h2");
    const kind = document.createElement("p");
    item.className = "line";
    title.className = "line-title";
    kind.className = "line-date";
    link.href = page[0];
    kind.textContent = kinds[page[1]] || kinds.page;
    title.append(marked(link, page[2], hits));
    const summary = marked(document.createElement("p"), page[3], hits);
    if (page[4]) [link, summary].forEach(function (node) { node.lang = page[4]; node.dir = "auto"; });
    item.append(kind, title, summary);
    return item;
  }

  function filled(sentence, count, asked) {
    return sentence.replace("{count}", count).replace("{words}", function () { return asked; });
  }

  function report(found, typed, helped) {
    const count = found.pages.length;
    const counted = count === 1 ? said.one : count ? said.many : helped ? "" : said.none;
    const sentences = [helped ? said.first : ""];
    if (count && found.partly) sentences.push(said.partly);
    else if (found.instead) sentences.push(filled(said.instead, 0, typed), filled(counted, count, found.instead));
    else sentences.push(filled(counted, count, typed));
    status.textContent = sentences.filter(Boolean).join(" ");
  }

  function show() {
    const typed = input.value.trim();
    const asked = words(typed);
    const helps = function (isKnown) { return window.helpLines(help, form.dataset.language, asked, isKnown); };
    let helped = helps(function () { return true; });
    list.replaceChildren();
    guess.hidden = true;
    status.textContent = helped ? said.first : "";
    if (!asked.length) return;
    load().then(function (find) {
      helped = helps(find.knows);
      const found = find.pages(asked, helped);
      report(found, typed, helped);
      if (found.guess) {
        const link = guess.querySelector("a") || guess.appendChild(document.createElement("a"));
        link.textContent = found.guess;
        link.href = "?q=" + encodeURIComponent(found.guess);
        guess.hidden = false;
      }
      list.replaceChildren.apply(list, found.pages.slice(0, 50).map(function (page) {
        return result(window.searchIndex.pages[page], found.words);
      }));
    }, function () {
      status.textContent = helps(function () { return false; }) ? said.first : said.failed;
    });
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
