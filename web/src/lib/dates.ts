const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** "Saturday 8 September 2018" for an ISO day; what was given where it is none. */
export function dayInWords(iso: string): string {
  const [year, month, day] = parts(iso);
  if (!year) return iso;
  if (!month) return String(year);
  const name = MONTHS[month - 1];
  if (!day) return `${name} ${year}`;
  return `${DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]} ${day} ${name} ${year}`;
}

/** "8 Sep 2018", the same without the weekday and with a short month. */
export function dayShort(iso: string): string {
  const [year, month, day] = parts(iso);
  if (!year || !month || !day) return iso;
  return `${day} ${MONTHS[month - 1]!.slice(0, 3)} ${year}`;
}

/** "2018-09-08", or the two days of an interval, or that there is none. */
export function days(start: string | null | undefined, end: string | null | undefined): string {
  if (!start && !end) return "day not known";
  if (start === end) return start!;
  return `${start ?? "…"} to ${end ?? "…"}`;
}

export function daysInWords(start: string | null | undefined, end: string | null | undefined): string {
  if (!start && !end) return "day not known";
  if (start === end) return dayInWords(start!);
  return `${start ? dayInWords(start) : "open"} to ${end ? dayInWords(end) : "open"}`;
}

/** A moment as written, its zone said: "2018-09-08 11:40 UTC+03:00"; only the day where no time is known. */
export function moment(iso: string | null | undefined): string {
  if (!iso) return "not known";
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/u.exec(iso);
  if (!match) return iso;
  const [, day, time, zone] = match;
  if (!time) return day!;
  const said = !zone ? "zone not known" : zone === "Z" || zone === "+00:00" ? "UTC" : `UTC${zone.replace("-", "−")}`;
  return `${day} ${time} ${said}`;
}

/** The same with the day in words, for titles of hover and for screen readers. */
export function momentInWords(iso: string | null | undefined): string {
  if (!iso) return "not known";
  const day = iso.slice(0, 10);
  return moment(iso).replace(day, `${dayInWords(day)},`).replace(/,$/u, "");
}

/** A day later or earlier by *by* days. */
export function shiftDay(iso: string, by: number): string {
  const [year, month, day] = parts(iso);
  const moved = new Date(Date.UTC(year!, (month ?? 1) - 1, (day ?? 1) + by));
  return moved.toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text)) && shiftDay(text, 0) === text;
}

function parts(iso: string): (number | undefined)[] {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/u.exec(iso);
  return match ? match.slice(1, 4).map((n) => (n ? Number(n) : undefined)) : [];
}
