// Lengths and dates, as people read and hear them. Dates are told in the zone of whoever looks.

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

const pad = (number) => String(number).padStart(2, "0");

function parts(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0));
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
}

// 1:02:03, or 2:03
export function clock(seconds) {
  const [hours, minutes, rest] = parts(seconds);
  return hours ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

// 1 hour 2 minutes 3 seconds
export function spoken(seconds) {
  const names = ["hour", "minute", "second"];
  const said = parts(seconds).map((count, place) => (count ? `${count} ${names[place]}${count > 1 ? "s" : ""}` : ""));
  return said.filter(Boolean).join(" ") || "0 seconds";
}

// 1 h 2 min, 12 min, 40 s
export function span(seconds) {
  const [hours, minutes, rest] = parts(seconds);
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes ? `${minutes} min${minutes < 5 && rest ? ` ${rest} s` : ""}` : `${rest} s`;
}

const valid = (iso) => Boolean(iso) && !Number.isNaN(Date.parse(iso));
const told = (format, iso) => (valid(iso) ? format.format(new Date(iso)) : "unknown");

export const moment = (iso) => told(MOMENT, iso);
export const exact = (iso) => told(EXACT, iso);
export const timeOfDay = (iso) => told(TIME, iso);

export function between(startIso, endIso) {
  return valid(startIso) && valid(endIso) ? (Date.parse(endIso) - Date.parse(startIso)) / 1000 : null;
}
