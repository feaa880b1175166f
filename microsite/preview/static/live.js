// Put into every page by the preview: loads it again after a change, or shows what stands in the way of one.
(function () {
  "use strict";
  var shows = new URL(document.currentScript.src).search; // what this page is, and of which version
  var host = document.querySelector("microsite-bar");
  if (host && !host.shadowRoot) {
    host.attachShadow({ mode: "open" }).append(host.querySelector("template").content.cloneNode(true));
  }
  var root = host && host.shadowRoot;
  var source = null;
  var shown = "";

  function close() { root.getElementById("problems").hidden = true; }

  function show(told) {
    if (!root || told.html === shown) return;
    shown = told.html;
    var box = root.getElementById("problems");
    box.innerHTML = told.html;
    box.hidden = !told.html;
    root.getElementById("frame").hidden = !told.html;
    root.getElementById("count").textContent = told.count;
    if (told.html) root.getElementById("close").addEventListener("click", close);
  }

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource("/__microsite/events" + shows);
    source.addEventListener("reload", function () { rest(); location.reload(); });
    source.addEventListener("problems", function (event) { show(JSON.parse(event.data)); });
  }

  // A browser has few connections to one host, so a page that nobody sees gives its own back.
  function rest() {
    if (source) source.close();
    source = null;
  }

  // Advice on the text comes after the page, which does not wait for it.
  var hints = root && root.getElementById("hints");
  if (hints) {
    fetch("/__microsite/hints?page=" + encodeURIComponent(location.pathname)).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (html) {
      hints.innerHTML = html;
      hints.hidden = !html;
    }, function () {});
  }

  // The day is that of the preview itself: when it changes, every open page is loaded again.
  var day = root && root.getElementById("day");
  if (day) {
    day.hidden = false;
    day.addEventListener("submit", function (event) {
      event.preventDefault();
      var values = new FormData(day);
      if (event.submitter && event.submitter.value) values.set("day", event.submitter.value);
      fetch(day.action, { method: "POST", body: new URLSearchParams(values), redirect: "manual" });
    });
  }

  // What takes minutes is asked for until it is there. Without a script the page loads itself again.
  function wait() {
    fetch(location.href).then(function (answer) { return answer.text(); }).then(function (page) {
      if (page.indexOf(" data-waiting") < 0) location.reload(); else setTimeout(wait, 2000);
    }, function () { setTimeout(wait, 2000); });
  }
  if (document.querySelector("[data-waiting]")) setTimeout(wait, 500);

  document.addEventListener("visibilitychange", function () { if (document.hidden) rest(); else listen(); });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
