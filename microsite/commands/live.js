// Put into every page by the preview: loads it again after a change, or shows what stands in the way of one.
(function () {
  "use strict";
  var version = new URL(document.currentScript.src).searchParams.get("v");
  var source = null;
  var box = null;

  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/__microsite/live.css";
  document.head.append(style);

  function element(name, text) {
    var made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function item(problem) {
    var line = document.createElement("li");
    line.append(element("code", problem.place), " ", element("b", problem.severity), " ", problem.message);
    if (problem.hint) line.append(element("span", problem.hint));
    return line;
  }

  function show(told) {
    if (box) box.remove();
    box = null;
    // A page that is about problems has the box already.
    if (!told.problems.length || document.getElementById("microsite-problems")) return;
    box = document.createElement("section");
    box.id = "microsite-problems";
    box.setAttribute("role", "alert");
    box.tabIndex = 0;
    var close = element("button", told.close);
    close.type = "button";
    close.addEventListener("click", function () { box.remove(); });
    var list = document.createElement("ul");
    told.problems.forEach(function (problem) { list.append(item(problem)); });
    box.append(close, element("h2", told.title), list);
    document.body.append(box);
  }

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource("/__microsite/events?v=" + encodeURIComponent(version));
    source.addEventListener("reload", function () { rest(); location.reload(); });
    source.addEventListener("problems", function (event) { show(JSON.parse(event.data)); });
  }

  // A browser has few connections to one host, so a page that nobody sees gives its own back.
  function rest() {
    if (source) source.close();
    source = null;
  }

  document.addEventListener("visibilitychange", function () { if (document.hidden) rest(); else listen(); });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
