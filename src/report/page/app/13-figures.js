/* Numbers, dates and spans of time as text. All times are in UTC. */

const thousands = new Intl.NumberFormat("en");
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const count = (n) => thousands.format(n);
const DAY = 86400;

/* "1 article", "2 articles". */
function many(n, one, more = one + "s") {
  return `${count(n)} ${n === 1 ? one : more}`;
}

function share(part, whole) {
  if (!whole) return "–";
  const percent = 100 * part / whole;
  return (percent > 0 && percent < 9.95 ? percent.toFixed(1) : Math.round(percent)) + "\u202F%";
}

/* A score in [0, 1], as news people and engineers read it: .72 */
const score = (value) => value === null || value === undefined ? "–" : value.toFixed(2);

const LATEST = 8.64e12; /* the last second that a date has */

/* Seconds since 1970 as a date; null where there is none. */
function dated(seconds) {
  return seconds === null || seconds === undefined || !(Math.abs(seconds) <= LATEST) ? null : new Date(seconds * 1000);
}

function day(seconds) {
  const date = dated(seconds);
  return date ? dayFormat.format(date) : "no date";
}

const clock = (date) => date.toISOString().slice(-13, -8);

/* Where all articles of a day have no time of the day, midnight says nothing. */
function moment(seconds) {
  const date = dated(seconds);
  if (!date) return "no date";
  return seconds % DAY === 0 ? day(seconds) : `${day(seconds)}, ${clock(date)}`;
}

function timeElement(seconds) {
  const date = dated(seconds);
  return date ? h("time", { datetime: date.toISOString() }, moment(seconds)) : h("span", { class: "none" }, "no date");
}

/* "3 h 20 min", "2 days". */
function span(seconds) {
  const t = Math.abs(seconds);
  if (t < 60) return `${t} s`;
  if (t < 3600) return `${Math.round(t / 60)} min`;
  if (t < DAY) {
    const minutes = Math.round(t / 60);
    return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
  }
  if (t < 10 * DAY) {
    const hours = Math.round(t / 3600);
    return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : many(hours / 24, "day");
  }
  return many(Math.round(t / DAY), "day");
}

/* From one day to another, each part of a date once. */
function period(first, last) {
  if (dated(first) === null) return "no date";
  const from = day(first).split(" "), to = day(last).split(" ");
  while (from.length && to[from.length - 1] === from[from.length - 1]) from.pop();
  return from.length ? `${from.join(" ")}${from.length > 1 ? " – " : "–"}${day(last)}` : day(last);
}
