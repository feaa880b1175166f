// Toolkit pages: boxes that remember their ticks on this device, and texts to copy. Both can be read without.
(function () {
  "use strict";
  var own = document.querySelector("[data-own-device]");
  var tasks = document.querySelectorAll("li.task");
  if (!own) return;

  function boxes(key, ticked) {
    function save() {
      var now = all.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
      try {
        if (now.length) localStorage.setItem(key, JSON.stringify(now));
        else localStorage.removeItem(key);
      } catch (full) { /* the boxes still work, for as long as the page is open */ }
    }
    var all = Array.from(tasks, function (task) {
      var box = document.createElement("input");
      var label = document.createElement("label");
      box.type = "checkbox";
      box.value = task.textContent.trim();
      box.checked = ticked.includes(box.value);
      box.addEventListener("change", save);
      label.append(box, ...task.childNodes);
      task.append(label);
      return box;
    });
    var note = own.querySelector(".tasks-note");
    note.querySelector("[data-clear]").addEventListener("click", function () {
      all.forEach(function (box) { box.checked = false; });
      save();
      all[0].focus();
    });
    tasks[tasks.length - 1].parentNode.after(note);
  }

  if (tasks.length) {
    try {
      var key = "afvinken:" + location.pathname;
      var kept = JSON.parse(localStorage.getItem(key) || "[]");
      boxes(key, Array.isArray(kept) ? kept : []);
    } catch (closed) { /* a browser that keeps nothing: the list is a list */ }
  }

  document.querySelectorAll(".callout-overnemen").forEach(function (text, index) {
    if (!navigator.clipboard) return;
    var button = own.querySelector("[data-take]").cloneNode(true);
    button.setAttribute("aria-live", "polite");
    var title = text.querySelector(".callout-title");
    if (title) {
      title.id = "tekst--" + index;
      button.setAttribute("aria-describedby", title.id);
    }
    button.addEventListener("click", function () {
      var parts = Array.from(text.children).filter(function (part) {
        return part !== button && !part.classList.contains("callout-title");
      });
      navigator.clipboard.writeText(parts.map(function (part) { return part.innerText.trim(); }).join("\n\n"))
        .then(function () { button.textContent = button.dataset.done; }, function () {});
    });
    text.append(button);
  });
})();
