// Dutch: which words are forms of one word, and which sound the same. Words come in small, without accents.
window.dutch = (function () {
  "use strict";
  // Plurals with another vowel or ending. ("besteden" and "geleden" are none.)
  const irregular = [
    [/(^|[dmnrst])leden$/, "$1lid"],
    [/(^|[^e])steden$/, "$1stad"],
    [/schepen$/, "schip"],
    [/heden$/, "heid"],
    [/(blad|ei|goed|kind|lied|rund|volk)eren$/, "$1"],
  ];
  const plural = /^(?!.*mens$)(.+(?:[^aeiou]e|.e[lmnr]|[^aeiou]aar|ie|oor|erd|eur|.[bdgm])|.*(?:aut|fot|vide)o)s$/;
  // Each at most once, in this order: "jongens" loses its s and then its en.
  const inflections = [plural, /^(.+(?:[^aeiou]|[ei]e))en$/, plural, /^(.+[^aeiou])e$/];
  // Of "kaartje" nobody can tell whether it is a small "kaart" or "kaar": then it is both.
  const diminutives = [
    [/^(.+?)([bdglmnprt])\2etjes?$/, "$1$2"],
    [/^(.+ing)etjes?$/, "$1"],
    [/^(.+in)kjes?$/, "$1g", "$1k"],
    [/^(.+m)pjes?$/, "$1"],
    [/^(.+[aeiouwlnrj])tjes?$/, "$1", "$1t"],
    [/^(..+[bdfghkpst])jes?$/, "$1"],
  ];
  const derivations = [
    /^(.{4,})heid$/, /^(.{4,}[^aeioucs])t$/, /^(.{5,}[^aeiou])d$/, /^(.{4,}?)(?:e?l)?ing$/, /^(.{4,})(?:ig|lijk|baar)$/,
  ];

  // What a word can be without what stood behind it: "mann" is "man", "ram" is "raam" or, as in "dagen", with one vowel.
  function closed(word) {
    const end = word.replace(/z$/, "s").replace(/v$/, "f");
    if (/([^aeiou])\1$/.test(word)) return [word.slice(0, -1)];
    const long = end.replace(/(^|[^aeiou])([aeou])([^aeiouwxj])$/, "$1$2$2$3");
    return long === end ? [end] : [end, long];
  }

  function without(rule, word) {
    const rest = word.replace(rule, "$1");
    if (rest === word || rest.length < (rule === plural ? 4 : 3)) return [word];
    return rule === plural ? [rest] : closed(rest);
  }

  function bare(word) {
    const change = irregular.find(function (rule) { return rule[0].test(word); });
    return inflections.reduce(function (words, rule) {
      return words.flatMap(function (one) { return without(rule, one); });
    }, [change ? word.replace(change[0], change[1]) : word]);
  }

  // What a word can be without its inflection: "ramen" is "raam" or "ram". Two words with one of these in common are forms of one.
  function forms(word) {
    const small = diminutives.find(function (rule) { return rule[0].test(word); });
    return small ? small.slice(1).flatMap(function (rest) { return bare(word.replace(small[0], rest)); }) : bare(word);
  }

  // What a word can be derived from: "eenzaamheid" and "eenzame" from "eenzaam".
  function stems(word) {
    return derivations.reduce(function (words, rule) {
      return words.flatMap(function (one) { return rule.test(one) ? closed(one.replace(rule, "$1")) : [one]; });
    }, forms(word));
  }

  const sounds = [
    [/ij|y/g, "ei"], [/[ao]uw?/g, "ou"], [/ch/g, "g"], [/c(?=[eiy])/g, "s"], [/ck?|q/g, "k"], [/x/g, "ks"],
    [/th/g, "t"], [/ph|v/g, "f"], [/z/g, "s"], [/dt?$/, "t"], [/b$/, "p"], [/ie/g, "i"], [/(.)\1+/g, "$1"],
  ];

  // What a word sounds like: "zelfmort" and "zelfmoord" do not differ.
  function sound(word) {
    return sounds.reduce(function (now, rule) { return now.replace(rule[0], rule[1]); }, word);
  }

  return {
    forms: forms,
    stems: stems,
    sound: sound,
    joins: /^(?:s|e|en|n|er)?$/,  // what stands between and behind the parts of a compound
    ending: /^(?:ig|lijk|loo?[sz]|dadig|vol)/,  // what makes another word of the word before it
    suffix: /^(?:.?ing|.?.?[dst]en|.?eren|heid|lijk|rijk|zaam|baar|loos|loze|atie|isch|isme|teit|schap|.?erij|.?elen)$/,  // no part, but an ending
  };
})();
