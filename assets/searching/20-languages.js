// The rules of each language in which the site has pages. Of a language without rules, words are what was typed.
window.languages = (function () {
  "use strict";
  const doubled = function (word) { return word.replace(/(.)\1+/g, "$1"); };
  const plain = { forms: function (word) { return [word]; }, stems: function (word) { return [word]; }, sound: doubled };

  function english(word) {
    if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
    return word.replace(/ies$/, "y").replace(/(s|x|z|ch|sh)es$/, "$1").replace(/([^s])s$/, "$1");
  }

  function englishStem(word) {
    const rest = english(word).replace(/^(.{2,}[aeiouy].*?)(?:ing|ed|ly|ness|e)$/, "$1").replace(/^(..+)(?:ing|ed)$/, "$1");
    return rest.replace(/([^aeiouls])\1$/, "$1").replace(/^(.{3,})e$/, "$1").replace(/y$/, "i");
  }

  // The article, with or without a preposition, and letters that many write in two ways.
  function arabic(word) {
    return word.replace(/\u0640/g, "").replace(/^\u0648?(?:\u0627\u0644|\u0628\u0627\u0644|\u0643\u0627\u0644|\u0641\u0627\u0644|\u0644\u0644)(?=..)/, "")
      .replace(/\u0629$/, "\u0647").replace(/\u0649$/, "\u064a");
  }

  const rules = {
    nl: window.dutch,
    en: { forms: function (word) { return [english(word)]; }, stems: function (word) { return [englishStem(word)]; }, sound: doubled },
    ar: { forms: function (word) { return [arabic(word)]; }, stems: function (word) { return [arabic(word)]; }, sound: doubled },
  };
  const letters = { "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t" };

  return {
    of: function (code) { return rules[code] || plain; },

    // The words of a text, as the index has them.
    words: function (text) {
      const bare = text.toLowerCase().normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "")
        .replace(/[^\x00-\x7f]/g, function (letter) { return letters[letter] || letter; });
      return (bare.match(/[\p{L}\p{N}]+/gu) || []).filter(function (word) { return word.length > 1; });
    },

    // How far a word is from another when it can be that one spelled wrong: 0 (the same sound) or 1; -1 when it cannot. A letter can
    // be missing, too many or swapped. Another letter mostly makes another word, so that is for words of `long` letters and more;
    // so is a letter more than what sounds the same, unless `strict`.
    slip: function (rules, typed, meant, long, strict) {
      if (Math.min(typed.length, meant.length) < 4 || typed[0] !== meant[0] || /\d/.test(typed)) return -1;
      const one = rules.sound(typed), other = rules.sound(meant);
      const away = distance(one, other);
      if (away > 1) return -1;
      if (away && (strict || typed.length < long) && distance(typed, meant) > 1) return -1;
      if (away && typed.length < long && isOther(one, other)) return -1;
      return away;
    },
  };

  // Whether one has a letter that the other has not, in the place of another.
  function isOther(one, other) {
    return one.length === other.length && Array.from(one).sort().join() !== Array.from(other).sort().join();
  }

  // Whether one letter differs, is missing or too many, or two are swapped: 0, 1, or 2 for more.
  function distance(one, other) {
    let begin = 0, end = 0;
    if (Math.abs(one.length - other.length) > 1) return 2;
    while (begin < one.length && one[begin] === other[begin]) begin += 1;
    if (begin === one.length && begin === other.length) return 0;
    const left = Math.min(one.length, other.length) - begin;
    while (end < left && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    const a = one.slice(begin, one.length - end), b = other.slice(begin, other.length - end);
    return a.length + b.length === 1 || (a.length === 1 && b.length === 1) || (a.length === 2 && a === b[1] + b[0]) ? 1 : 2;
  }
})();
