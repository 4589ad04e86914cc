// What the recorder itself tells: marks, pauses, gaps, and whatever did not go as it should.

import { clock, span } from "./times.js";
import { endingWords, plainWords } from "./words.js";

const S = 1e9;
const list = (value) => (Array.isArray(value) ? value : []);

// `{ marks, gaps, happenings, facts }`; a sender may leave out anything. Times are seconds from the start.
export function readAccount(account) {
  const receipt = account.receipt || {};
  const marks = list(account.marks).map(({ at_s: at, text }) => ({ at, text: text || "" }));
  const gaps = list(receipt.audio).flatMap(({ source, gaps: found }) => list(found).map((gap) => gapOf(source, gap)));
  return {
    marks,
    gaps,
    happenings: [
      ...marks.map(({ at, text }) => ({ at, text: text ? `Mark: ${text}` : "Mark" })),
      ...gaps.map(({ start, what }) => ({ at: start, text: what })),
      ...pauses(list(account.timeline)),
      ...incidents(receipt),
    ],
    facts: facts(receipt),
  };
}

function gapOf(source, { start_s: start, duration_s: length, reason }) {
  const what = `Gap: nothing from the ${source} for ${length < 10 ? `${length.toFixed(1)} s` : span(length)} (${plainWords(reason)})`;
  return { start, end: start + length, what, text: `${what} at ${clock(start)}` };
}

function pauses(segments) {
  const cut = segments.slice(1).filter((segment, place) => !segment.is_blank && !segments[place].is_blank);
  const blank = segments.filter((segment) => segment.is_blank);
  return [
    ...cut.map(({ start_ns: start }) => ({ at: start / S, text: "Paused here; the pause is cut out" })),
    ...blank.map(({ start_ns: start, duration_ns: length }) => ({ at: start / S, text: `Blank for ${span(length / S)}: paused or asleep` })),
  ];
}

function incidents(receipt) {
  return [
    ...list(receipt.devices).map(({ at_s: at, from_: from, to }) => ({ at, text: `Device changed from ${from} to ${to}` })),
    ...list(receipt.quality).map(({ at_s: at, step, reason }) => ({ at, text: `Picture: ${plainWords(step)} (${plainWords(reason)})` })),
    ...list(receipt.power).map(({ at_s: at, change, duration_s: length }) => ({ at, text: `Machine ${plainWords(change)}${length ? ` after ${span(length)}` : ""}` })),
    ...list(receipt.disk).map(({ at_s: at, room }) => ({ at, text: `Room on the disk: ${plainWords(room)}` })),
    ...list(receipt.warnings).map(({ at_s: at, code, source }) => ({ at, text: `Warning of ${source}: ${plainWords(code)}` })),
  ];
}

function facts(receipt) {
  const { captured, repeated, dropped } = receipt.frames || {};
  const told = [];
  if (receipt.ended_by) told.push(["Ended because", endingWords(receipt.ended_by)]);
  if (captured) told.push(["Pictures", `${captured} seen, ${repeated} repeated, ${dropped} lost`]);
  for (const { source, drift_ms_per_min: drift } of list(receipt.audio)) {
    if (typeof drift === "number") told.push([`Clock of the ${source}`, `${drift.toFixed(1)} ms a minute off, mended`]);
  }
  return told;
}
