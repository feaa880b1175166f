// What a question finds in the index. Exact words count most, then other forms of them, then what begins with them, compounds
// with them, and words with the same stem. Only of a word that is nowhere, its parts are sought, or a word spelled nearly as it.
window.matching = function (index) {
  "use strict";
  const languages = window.languages;
  const weights = 3;
  const EXACT = 8, FORM = 6, BEGINNING = 4, PART = 3, STEM = 2;
  const AUTOMATIC = 7;  // of a shorter word, a slip is only suggested: another word is too often just as near
  const pageCount = index.pages.length;
  const own = languages.of(index.language);

  const lists = Object.keys(index.words).map(function (code) {
    const list = { words: index.words[code], rules: languages.of(code), known: new Set() };
    list.entries = Object.keys(list.words).map(function (word) {
      const entry = { word: word, forms: list.rules.forms(word), stems: list.rules.stems(word), places: places(list.words[word]) };
      entry.forms.concat(word).forEach(list.known.add, list.known);
      return entry;
    });
    return list;
  });

  // The pages of a word, each with its weight there: the index has the steps between page * weights + weight.
  function places(steps) {
    let number = 0;
    return steps.map(function (step) {
      number += step;
      return [Math.floor(number / weights), number % weights];
    });
  }

  function share(some, others) {
    return some.some(function (one) { return others.includes(one); });
  }

  // Whether this can be what a compound has beside a part: nothing, a word of the site, or what is long enough to be a word.
  function isRest(list, rest, behind, least) {
    if (behind ? list.rules.joins.test(rest) : !rest) return true;
    if (rest.length < 2 || (behind ? /^(.)\1/ : /[chjqvz]$/).test(rest)) return false;
    const bare = behind ? rest.replace(/^s/, "") : rest.replace(/s$/, "");
    return rest.length >= least || list.rules.forms(rest).concat(bare).some(list.known.has, list.known);
  }

  function isPart(list, whole, part) {
    const at = whole.indexOf(part);
    const least = part.length > 3 && list.words[part] ? 5 : Infinity;
    return at >= 0 && !list.rules.suffix.test(part) &&
      isRest(list, whole.slice(0, at), false, least) && isRest(list, whole.slice(at + part.length), true, least);
  }

  // Whether a compound of the site has this word, in one of its forms, for a part.
  function hasPart(list, whole, asked) {
    if (!list.rules.joins || asked.word.length < 3) return false;
    return isPart(list, whole, asked.word) || asked.forms.some(function (form) {
      return form.length > 3 && form !== asked.word && list.known.has(form) && isPart(list, whole, form);
    });
  }

  // How well a word of the site answers a word of the question.
  function match(list, entry, asked) {
    if (entry.word === asked.word) return EXACT;
    if (share(entry.forms, asked.forms)) return FORM;
    if (asked.word.length > 4 && entry.word.startsWith(asked.word)) return BEGINNING;
    if (hasPart(list, entry.word, asked)) return PART;
    return share(entry.stems, asked.stems) ? STEM : 0;
  }

  function raise(pages, page, score) {
    pages.set(page, Math.max(pages.get(page) || 0, score));
  }

  // What one word finds: pages with their scores, and words of the site, the best first. `fits` leaves some out.
  function direct(word, fits) {
    const pages = new Map();
    const hits = [];
    lists.forEach(function (list) {
      const asked = { word: word, forms: list.rules.forms(word), stems: list.rules.stems(word) };
      list.entries.forEach(function (entry) {
        const score = match(list, entry, asked);
        if (!score || (fits && !fits(score, entry.word))) return;
        hits.push([score, entry.word]);
        entry.places.forEach(function (place) { raise(pages, place[0], score * (1 + 3 * place[1])); });
      });
    });
    hits.sort(function (a, b) { return b[0] - a[0]; });
    return { pages: pages, words: hits.map(function (hit) { return hit[1]; }), instead: "" };
  }

  // The pages that all of these find.
  function common(each) {
    const pages = new Map();
    each[0].pages.forEach(function (_, page) {
      if (!each.every(function (one) { return one.pages.has(page); })) return;
      pages.set(page, each.reduce(function (sum, one) { return sum + one.pages.get(page); }, 0) / each.length);
    });
    return { pages: pages, words: each.flatMap(function (one) { return one.words; }), instead: "" };
  }

  // What a word finds, with half a score for what the campaign calls it.
  function whole(word) {
    const found = direct(word);
    const nowhere = !found.pages.size;
    const said = [];
    Object.keys(index.synonyms).forEach(function (typed) {
      if (!share(own.forms(typed), own.forms(word))) return;
      index.synonyms[typed].forEach(function (words) {
        const other = common(languages.words(words).map(function (one) { return direct(one, isSame); }));
        if (!other.pages.size) return;
        said.push(words);
        found.words = found.words.concat(other.words);
        other.pages.forEach(function (score, page) { raise(found.pages, page, score / 2); });
      });
    });
    if (nowhere) found.instead = said.join(", ");
    return found;
  }

  function isSame(score) {
    return score >= FORM;
  }

  // A part of a compound that is nowhere, other than a word that is on so many pages that it says nothing.
  function part(list, word, fits) {
    if (word.length < 4 || list.rules.suffix.test(word) || (!list.words[word] && list.rules.forms(word)[0].length < 4)) return null;
    const found = direct(word, fits);
    return found.pages.size && found.pages.size <= pageCount / 4 ? found : null;
  }

  // A compound that is nowhere: the longest words that it begins and ends with, where they are on one page.
  function parts(word) {
    for (const list of lists.filter(function (one) { return one.rules.joins; })) {
      let first = null, last = null, from = 0, to = 0;
      const begins = function (score, other) {
        return isSame(score) || (other.startsWith(word.slice(0, to)) && (score === PART || (to > 5 && other.length > to + 3)));
      };
      for (to = word.length - 3; to > 3 && !(first = part(list, word.slice(0, to), begins)); to -= 1);
      for (from = 3; first && from <= word.length - 4 && !(last = part(list, word.slice(from), isSame)); from += 1);
      if (!first || !last || !list.rules.joins.test(word.slice(to, from))) continue;
      const both = common([first, last]);
      if (both.pages.size) return Object.assign(both, { instead: first.words[0] + " " + last.words[0] });
    }
    return null;
  }

  // The word of the site that is spelled nearly as this one: the nearest, and of those the one on most pages.
  function near(word) {
    let best = { word: "", away: 2, pages: 0 };
    const consider = function (rules, meant, far, pages) {
      const away = languages.slip(rules, word, meant, AUTOMATIC) + far;
      if (away >= far && (away < best.away || (away === best.away && pages > best.pages))) best = { word: meant, away: away, pages: pages };
    };
    lists.forEach(function (list) {
      list.entries.forEach(function (entry) {
        const pages = entry.places.length;
        if (pages > pageCount / 2) return;
        consider(list.rules, entry.word, 0, pages);
        // The beginning of a longer word: "mantelsorg" is the beginning of "mantelzorger".
        if (word.length > 8 && entry.word.length > word.length) consider(list.rules, entry.word.slice(0, word.length), 0.5, pages);
      });
    });
    Object.keys(index.synonyms).forEach(function (typed) { consider(own, typed, 0, 1); });
    return best.word;
  }

  // What a word finds; `guess` is a word that may have been meant, where that is too far a guess to search for unasked.
  function find(word, exactly) {
    const found = whole(word);
    if (found.pages.size || exactly) return found;
    const compound = parts(word);
    if (compound) return compound;
    const other = near(word);
    if (!other || word.length < AUTOMATIC) return Object.assign(found, { guess: other });
    const meant = whole(other);
    return Object.assign(meant, { instead: meant.instead || other });
  }

  // The pages for these words, the best first. A word on many pages counts for little, and one on most is not required.
  // Where no page has all words, `partly`: those that have most of what was asked, and no fewer than half.
  // `exactly`: nothing is guessed, for who asks for help.
  function pages(asked, exactly) {
    const each = asked.map(function (word) {
      const found = find(word, exactly);
      return Object.assign(found, { rarity: Math.log(1 + pageCount / Math.max(found.pages.size, 0.5)), common: found.pages.size > pageCount / 2 });
    });
    const required = each.some(function (one) { return !one.common; }) ? each.filter(function (one) { return !one.common; }) : each;
    const sums = new Map();
    each.forEach(function (one) {
      one.pages.forEach(function (score, page) {
        const sum = sums.get(page) || { score: 0, has: 0 };
        sum.score += score * one.rarity;
        if (required.includes(one)) sum.has += one.rarity;
        sums.set(page, sum);
      });
    });
    const all = required.reduce(function (sum, one) { return sum + one.rarity; }, 0);
    const most = Math.max(0, ...Array.from(sums.values(), function (sum) { return sum.has; }));
    const least = most > all - 1e-9 ? most : Math.max(most / 1.5, all / 2);
    const changed = each.map(function (one, i) { return one.instead || one.guess || asked[i]; }).join(" ");
    return {
      pages: Array.from(sums).filter(function (hit) { return hit[1].has >= least - 1e-9; })
        .sort(function (a, b) { return b[1].score - a[1].score || a[0] - b[0]; }).map(function (hit) { return hit[0]; }),
      partly: most < all - 1e-9,
      instead: each.some(function (one) { return one.instead; }) ? changed : "",
      guess: each.some(function (one) { return one.guess; }) ? changed : "",
      words: new Set(each.flatMap(function (one) { return one.words; })),
    };
  }

  return {
    pages: pages,
    knows: function (word) { return lists.some(function (list) { return list.rules.forms(word).concat(word).some(list.known.has, list.known); }); },
  };
};
