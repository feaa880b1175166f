// The Snowball stemmer for Dutch: "verhalen" and "verhaal" have one stem. Words come in small, without accents.
window.dutchStem = function (word) {
  "use strict";
  if (word.length < 3) return word;
  const vowel = "aeiouyè";
  const isVowel = function (sign) { return sign !== undefined && vowel.includes(sign); };
  word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y").replace(/([aeiouy])i(?=[aeiouy])/g, "$1I");
  const region = function (from) {
    const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
    return found ? from + found.index + 2 : word.length;
  };
  const r1 = Math.max(3, region(0));
  const r2 = region(region(0));
  const ends = function (end, from) { return word.endsWith(end) && word.length - end.length >= from; };
  const cut = function (count) { word = word.slice(0, word.length - count); };
  const undouble = function () { if (/(kk|dd|tt)$/.test(word)) cut(1); };
  const en = function (count) {
    const before = word.slice(0, word.length - count);
    if (word.length - count < r1 || isVowel(before.slice(-1)) || before.endsWith("gem")) return;
    cut(count);
    undouble();
  };

  let removedE = false;
  if (word.endsWith("heden")) {
    if (ends("heden", r1)) word = word.slice(0, -5) + "heid";
  } else if (word.endsWith("ene")) en(3);
  else if (word.endsWith("en")) en(2);
  else if (word.endsWith("se")) {
    if (ends("se", r1) && !isVowel(word.slice(-3, -2)) && word.slice(-3, -2) !== "j") cut(2);
  } else if (word.endsWith("s") && ends("s", r1) && !isVowel(word.slice(-2, -1)) && word.slice(-2, -1) !== "j") cut(1);

  if (ends("e", r1) && !isVowel(word.slice(-2, -1))) { cut(1); undouble(); removedE = true; }

  if (ends("heid", r2) && word.slice(-5, -4) !== "c") { cut(4); if (word.endsWith("en")) en(2); }

  if (/(end|ing)$/.test(word)) {
    if (word.length - 3 >= r2) {
      cut(3);
      if (ends("ig", r2) && word.slice(-3, -2) !== "e") cut(2);
      else undouble();
    }
  } else if (word.endsWith("ig")) {
    if (ends("ig", r2) && word.slice(-3, -2) !== "e") cut(2);
  } else if (ends("lijk", r2)) {
    cut(4);
    if (ends("e", r1) && !isVowel(word.slice(-2, -1))) { cut(1); undouble(); }
  } else if (ends("baar", r2)) cut(4);
  else if (removedE && ends("bar", r2)) cut(3);

  if (/[^aeiouy](aa|ee|oo|uu)[^aeiouyI]$/.test(word)) word = word.slice(0, -2) + word.slice(-1);
  return word.toLowerCase();
};
