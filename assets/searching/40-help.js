// Help lines come first when somebody asks for them, or uses a word of danger: spelled wrong, and as a part of a compound, but
// never as another word that happens to begin so ("geweldig"), for then nobody would look at them.
window.helpLines = (function () {
  "use strict";
  const languages = window.languages;

  function says(rules, typed, word, isKnown) {
    if (rules.forms(typed).some(function (form) { return rules.forms(word).includes(form); })) return true;
    if (word.length < 6) return false;
    const rest = typed.startsWith(word) ? typed.slice(word.length) : "";
    if (rules.joins && (typed.endsWith(word) || (rest.length > 3 && !rules.ending.test(rest)))) return true;
    return languages.slip(rules, typed, word, 9, true) >= 0 && !isKnown(typed);
  }

  // Whether the words of a phrase are in the question, in their order, with at most one other word between them.
  function has(rules, asked, phrase, isKnown) {
    return asked.some(function (_, start) {
      let at = start;
      const last = start + phrase.length + (phrase.length > 1 ? 1 : 0);
      return phrase.every(function (word) {
        while (at < asked.length && at < last && !says(rules, asked[at], word, isKnown)) at += 1;
        return at < asked.length && at++ < last;
      });
    });
  }

  // Shows the lines that these words ask for, and returns whether there are any. A word that `isKnown` is no other word spelled wrong.
  return function (section, language, asked, isKnown) {
    if (!section) return false;
    const rules = languages.of(language);
    const isAsked = function (node) {
      return JSON.parse(node.dataset.words).some(function (phrase) { return has(rules, asked, languages.words(phrase), isKnown); });
    };
    const all = isAsked(section);
    const lines = Array.from(section.querySelectorAll("[data-words]"));
    lines.forEach(function (line) { line.hidden = !all && !isAsked(line); });
    const any = lines.some(function (line) { return !line.hidden; });
    section.classList.toggle("is-asked", any);
    return any;
  };
})();
