/** Times and days as a messenger writes them. All arguments are unix seconds. */

const clock = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const clockSeconds = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayMonth = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });
const dayMonthYear = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", year: "numeric" });
const weekday = new Intl.DateTimeFormat("ru", { weekday: "short" });
const numeric = new Intl.DateTimeFormat("ru", { day: "2-digit", month: "2-digit", year: "2-digit" });

const toDate = (seconds) => new Date(seconds * 1000);

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Whole days from the given moment to today: 0 today, 1 yesterday. */
function daysAgo(seconds) {
  return Math.round((midnight(new Date()) - midnight(toDate(seconds))) / 86_400_000);
}

export const time = (seconds) => clock.format(toDate(seconds));
export const timeSeconds = (seconds) => clockSeconds.format(toDate(seconds));

/** A key that sorts by day, such as 20251121. */
export function dayKey(seconds) {
  const date = toDate(seconds);
  return date.getFullYear() * 10_000 + (date.getMonth() + 1) * 100 + date.getDate();
}

export function dayLabel(seconds) {
  const days = daysAgo(seconds);
  if (days === 0) return "Сегодня";
  if (days === 1) return "Вчера";
  const date = toDate(seconds);
  if (date.getFullYear() === new Date().getFullYear()) return dayMonth.format(date);
  return dayMonthYear.format(date).replace(/\s?г\.$/, "");
}

/** The short stamp in the list of people: a time today, a weekday this week, else a date. */
export function stamp(seconds) {
  const days = daysAgo(seconds);
  if (days <= 0) return time(seconds);
  return (days < 7 ? weekday : numeric).format(toDate(seconds));
}
