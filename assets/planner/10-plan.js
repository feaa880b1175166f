// A local campaign plan: the same rules as microsite/content/campaign_plan.py, held equal by tests/content/planner/vectors.json.
// Days are numbers since 1970-01-01.
window.campaignPlan = function (data, asked) {
  "use strict";
  const day = 864e5;
  const number = function (iso) { return Date.parse(iso + "T00:00:00Z") / day; };
  const of = function (at) { return new Date(at * day); };
  const on = function (year, month, date) { return Date.UTC(year, month, date) / day; };
  const weekday = function (at) { return (of(at).getUTCDay() + 6) % 7; };
  const weekdays = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"];

  const free = data.holidays.filter(function (one) { return !asked.region || one[2].includes(asked.region); })
    .map(function (one) { return [number(one[0]), number(one[1])]; });
  const inHoliday = function (at) { return free.some(function (one) { return one[0] <= at && at <= one[1]; }); };

  // The anonymous Gregorian rule (Meeus, Astronomical Algorithms, chapter 8), and the Algemene termijnenwet.
  function publicHolidays(year) {
    const div = Math.floor;
    const century = div(year / 100), rest = year % 100;
    const epact = (19 * (year % 19) + century - div(century / 4) - div((century - div((century + 8) / 25) + 1) / 3) + 15) % 30;
    const last = (32 + 2 * (century % 4) + 2 * div(rest / 4) - epact - rest % 4) % 7;
    const shift = epact + last - 7 * div((year % 19 + 11 * epact + 22 * last) / 451) + 114;
    const easter = on(year, div(shift / 31) - 1, shift % 31 + 1);
    const king = on(year, 3, 27);
    return [on(year, 0, 1), easter - 2, easter, easter + 1, weekday(king) === 6 ? king - 1 : king, on(year, 4, 5),
      easter + 39, easter + 49, easter + 50, on(year, 11, 25), on(year, 11, 26)];
  }

  const isWorkday = function (at) { return weekday(at) < 5 && !publicHolidays(of(at).getUTCFullYear()).includes(at); };
  const onOrAfter = function (at, wanted) { return at + (wanted - weekday(at) + 7) % 7; };

  function workingWeek(at) {
    while (inHoliday(at)) at += 7;
    return at;
  }

  function firstWorkday(at) {
    while (inHoliday(at) || !isWorkday(at)) at += 1;
    return at;
  }

  function weeksLater(at, weeks) {
    const step = weeks > 0 ? 7 : -7;
    for (let left = Math.abs(weeks); left; left -= 1) {
      at += step;
      while (inHoliday(at)) at += step;
    }
    return at;
  }

  function workday(at) {
    if (isWorkday(at)) return at;
    const monday = at - weekday(at);
    const near = [-1, 1, -2, 2, -3, 3, -4, 4].map(function (step) { return at + step; });
    const found = near.find(function (one) { return one >= monday && one < monday + 7 && isWorkday(one); });
    return found === undefined ? at : found;
  }

  function monthsLater(at, months) {
    const from = of(at);
    return on(from.getUTCFullYear(), from.getUTCMonth() + months, Math.min(from.getUTCDate(), 28));
  }

  function monthly(first, every, end) {
    const date = of(first).getUTCDate();
    const nth = Math.min(Math.floor((date - 1) / 7), 3);
    const days = [first];
    while (days[days.length - 1] <= end) {
      const month = monthsLater(first - date + 1, every * days.length);
      days.push(workingWeek(onOrAfter(month, weekday(first)) + nth * 7));
    }
    const kept = days.slice(0, -1).filter(function (one, i) { return days[i + 1] - one >= every * 14; });
    return kept.length ? kept : days.slice(0, 1);
  }

  function rhythm(activity, begin, end) {
    const wanted = weekdays.indexOf(activity.weekday);
    const first = workingWeek(onOrAfter(weeksLater(begin, activity.afterWeeks), wanted));
    let days = [first];
    if (activity.month) {
      days = [];
      for (let year = of(begin).getUTCFullYear(); year <= of(end).getUTCFullYear(); year += 1) {
        const at = workingWeek(onOrAfter(on(year, activity.month - 1, 1), wanted));
        if (at >= first) days.push(at);
      }
    } else if (activity.everyWeeks) {
      while (days[days.length - 1] <= end) days.push(weeksLater(days[days.length - 1], activity.everyWeeks));
    } else if (activity.everyMonths) {
      days = monthly(first, activity.everyMonths, end);
    }
    days = days.filter(function (one) { return one <= end; });
    return activity.times ? days.slice(0, activity.times) : days;
  }

  const effort = data.efforts.find(function (one) { return one[0] === asked.effort; }) || data.efforts[0];
  const chosen = asked.activities.length ? asked.activities : effort[2];
  const start = number(asked.start);
  const begin = firstWorkday(start);
  const end = monthsLater(start, effort[1]);
  const entries = [];
  data.activities.forEach(function (activity, order) {
    if (!chosen.includes(activity.id)) return;
    rhythm(activity, begin, end).forEach(function (at, i) {
      const add = function (when, step, title) {
        entries.push({ at: workday(when), order: order, activity: activity, number: i + 1, step: step, title: title });
      };
      add(at, 0, activity.title);
      activity.steps.forEach(function (step, j) {
        if (!step[2] || i === 0) add(Math.max(weeksLater(at, step[0]), begin), j + 1, step[1]);
      });
    });
  });
  entries.sort(function (a, b) { return a.at - b.at || a.order - b.order || a.number - b.number || a.step - b.step; });
  entries.forEach(function (entry) { entry.day = of(entry.at).toISOString().slice(0, 10); });
  const last = entries.length ? entries[entries.length - 1].at : end;
  const beyond = start < number(data.known[0]) || Math.max(last, end) > number(data.known[1]);
  return { start: asked.start, end: of(end).toISOString().slice(0, 10), entries: entries, beyond: beyond };
};
