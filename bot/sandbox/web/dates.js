/** Times and days as a messenger writes them, by the clock of the bot. All arguments are unix seconds. */

let ahead = 0; // milliseconds between this clock and that of the browser
let formats = formatsOf(undefined);

function formatsOf(timeZone) {
  const format = (options) => new Intl.DateTimeFormat("ru", { ...options, timeZone });
  return {
    timeZone,
    time: format({ hour: "2-digit", minute: "2-digit" }),
    timeSeconds: format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    dayMonth: format({ day: "numeric", month: "long" }),
    dayMonthYear: format({ day: "numeric", month: "long", year: "numeric" }),
    weekday: format({ weekday: "short" }),
    numeric: format({ day: "2-digit", month: "2-digit", year: "2-digit" }),
    // As 2025-11-21: the only one that sorts and counts.
    iso: new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone }),
  };
}

const toDate = (seconds) => new Date(seconds * 1000);
const iso = (seconds) => formats.iso.format(toDate(seconds));

/** Takes the bot's present moment and time zone; returns whether the zone is another one than before. */
export function setClock({ now, zone }) {
  ahead = now * 1000 - Date.now();
  const changed = zone !== formats.timeZone;
  if (changed) formats = formatsOf(zone);
  return changed;
}

/** The present moment by the bot's clock. */
export const present = () => (Date.now() + ahead) / 1000;

/** Whole days from the given moment to today: 0 today, 1 yesterday. */
const daysAgo = (seconds) => Math.round((Date.parse(iso(present())) - Date.parse(iso(seconds))) / 86_400_000);

export const time = (seconds) => formats.time.format(toDate(seconds));
export const timeSeconds = (seconds) => formats.timeSeconds.format(toDate(seconds));

/** A key that sorts by day, such as 20251121. */
export const dayKey = (seconds) => Number(iso(seconds).replaceAll("-", ""));

export function dayLabel(seconds) {
  const days = daysAgo(seconds);
  if (days === 0) return "Сегодня";
  if (days === 1) return "Вчера";
  const date = toDate(seconds);
  if (iso(seconds).slice(0, 4) === iso(present()).slice(0, 4)) return formats.dayMonth.format(date);
  return formats.dayMonthYear.format(date).replace(/\s?г\.$/, "");
}

/** The short stamp in the list of people: a time today, a weekday this week, else a date. */
export function stamp(seconds) {
  const days = daysAgo(seconds);
  if (days <= 0) return time(seconds);
  return (days < 7 ? formats.weekday : formats.numeric).format(toDate(seconds));
}

/** A day with its weekday, such as «вс, 22 ноября». */
export const weekdayDay = (seconds) => `${formats.weekday.format(toDate(seconds))}, ${formats.dayMonth.format(toDate(seconds))}`;
