// A plan as an iCalendar file (RFC 5545): the same bytes as microsite/rendering/calendar.py writes.
// `words` has the texts of the site: {name, host, url, partOf}; `stamp` is the day of this version.
window.planCalendar = function (plan, words, stamp) {
  "use strict";
  const encoder = new TextEncoder();

  function escaped(value) {
    return value.replace(/[\\;,]/g, "\\$&").split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/).filter(Boolean).join("\\n");
  }

  // At most 75 bytes a line, and no sign in two.
  function folded(line) {
    let bytes = 0;
    return Array.from(line, function (sign) {
      const size = encoder.encode(sign).length;
      const fits = bytes + size <= 75;
      bytes = fits ? bytes + size : 1 + size;
      return fits ? sign : "\r\n " + sign;
    }).join("") + "\r\n";
  }

  const compact = function (iso) { return iso.replace(/-/g, ""); };
  const next = function (iso) { return new Date(Date.parse(iso + "T00:00:00Z") + 864e5).toISOString().slice(0, 10); };
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//" + escaped(words.host) + "//campagneplan//NL",
    "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:" + escaped(words.name)];
  plan.entries.forEach(function (entry) {
    const about = entry.step ? words.partOf + " " + entry.activity.title : entry.activity.what;
    const id = [compact(plan.start), entry.activity.id, entry.number, entry.step].join("-");
    lines.push("BEGIN:VEVENT", "UID:" + id + "@" + words.host, "DTSTAMP:" + compact(stamp) + "T000000Z",
      "DTSTART;VALUE=DATE:" + compact(entry.day), "DTEND;VALUE=DATE:" + compact(next(entry.day)),
      "SUMMARY:" + escaped(entry.title), "DESCRIPTION:" + escaped(about));
    if (words.url && entry.activity.guide) lines.push("URL:" + words.url + entry.activity.guide);
    lines.push("TRANSP:TRANSPARENT", "END:VEVENT");
  });
  lines.push("END:VCALENDAR");
  return lines.map(folded).join("");
};
