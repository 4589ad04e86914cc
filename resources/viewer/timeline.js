// Who speaks when, and what else happened when: a lane for each, under one playhead.

import { button, element, fill, foreign } from "./dom.js";
import { clock, span, spoken } from "./times.js";
import { nameOf } from "./words.js";

const COLOURS = 8;
const DRAG_STEP_S = 1;

// Turns by participant, who speaks most comes first; colours go by who spoke first, which no length changes.
// What has no end goes on to the recording's.
export function lanesOf(turns, length) {
  const lanes = new Map();
  for (const { participant, start_timestamp: start, end_timestamp: end } of turns) {
    const lane = lanes.get(participant.id) || { participant, turns: [], seconds: 0, colour: lanes.size % COLOURS };
    const turn = { start: start.relative, end: Math.max(end?.relative ?? length, start.relative) };
    lane.turns.push(turn);
    lane.seconds += turn.end - turn.start;
    lanes.set(participant.id, lane);
  }
  return [...lanes.values()].sort((one, other) => other.seconds - one.seconds);
}

export class Timeline {
  constructor(player) {
    this.player = player;
    this.length = 0;
    this.lanes = [];
    this.marks = [];
    this.gaps = [];
    this.loudness = [];
    this.slider = element("input", {
      type: "range", min: "0", step: String(DRAG_STEP_S), value: "0", "aria-label": "Place in the recording",
      oninput: () => player.seek(Number(this.slider.value)),
    });
    this.clock = element("span", { class: "clock", "aria-hidden": "true" });
    this.rows = element("div", { class: "lanes" });
    this.playhead = element("div", { class: "playhead", "aria-hidden": "true" });
    this.root = element("section", { class: "timeline", "aria-label": "Timeline" },
      element("div", { class: "lane ruler" }, this.clock, this.slider), this.rows);
    player.addEventListener("time", ({ detail }) => this.at(detail));
    player.addEventListener("length", ({ detail }) => this.stretch(detail));
  }

  stretch(length) {
    if (!length || length === this.length) return;
    this.length = length;
    this.slider.max = String(Math.floor(length));
    this.draw();
    this.at(this.player.time);
  }

  // Each may come whenever it is there; times are seconds from the start.
  show({ lanes = this.lanes, marks = this.marks, gaps = this.gaps, loudness = this.loudness }) {
    Object.assign(this, { lanes, marks, gaps, loudness });
    this.draw();
  }

  draw() {
    if (!this.length) return;
    const total = this.lanes.reduce((sum, lane) => sum + lane.seconds, 0);
    const rows = this.lanes.map((lane) => this.lane(lane, total));
    if (this.loudness.length) rows.unshift(this.soundLane());
    if (this.marks.length) rows.push(row("Marks", this.marks.map((mark) => this.mark(mark)), "marks"));
    if (this.gaps.length) rows.push(this.gapLane());
    fill(this.rows, rows, this.playhead);
    this.rows.hidden = !rows.length;
  }

  lane({ participant, turns, seconds, colour }, total) {
    const share = total ? Math.round((seconds / total) * 100) : 0;
    const bars = turns.map((turn) => placed(element("i"), turn.start, turn.end, this.length));
    const name = foreign(nameOf(participant), "span", { class: "name", title: nameOf(participant) });
    const said = `speaks ${turns.length} ${turns.length === 1 ? "time" : "times"}, ${spoken(seconds)}, ${share} percent`;
    const made = row([name, element("span", { class: "share", "aria-hidden": "true" }, `${share} % · ${span(seconds)}`),
      element("span", { class: "unseen" }, said)], bars, `speaker speaker-${colour}`);
    made.lastChild.addEventListener("click", (event) => this.seekTo(event));
    return made;
  }

  soundLane() {
    const step = this.length / this.loudness.length;
    const most = Math.max(...this.loudness, 0.01);
    const bars = this.loudness.map((peak, number) => {
      const bar = placed(element("i", { hidden: peak === null }), number * step, (number + 0.8) * step, this.length);
      bar.style.top = bar.style.bottom = `${50 - 48 * (peak / most)}%`;
      return bar;
    });
    const made = row("Sound", bars, "sound");
    made.lastChild.addEventListener("click", (event) => this.seekTo(event));
    return made;
  }

  gapLane() {
    const bars = this.gaps.map((gap) => placed(element("i", { title: gap.text }), gap.start, gap.end, this.length));
    const made = row(["Gaps", element("span", { class: "unseen" }, this.gaps.map((gap) => gap.text).join("; "))], bars, "gaps");
    made.lastChild.addEventListener("click", (event) => this.seekTo(event));
    return made;
  }

  mark({ at, text }) {
    const label = `Mark at ${clock(at)}${text ? `: ${text}` : ""}`;
    const made = button("", () => this.player.seek(at), { class: "mark", "aria-label": label, title: label });
    made.style.insetInlineStart = `${Math.min(100, (at / this.length) * 100)}%`;
    return made;
  }

  seekTo(event) {
    const box = event.currentTarget.getBoundingClientRect();
    this.player.seek(((event.clientX - box.left) / box.width) * this.length);
  }

  at(time) {
    if (!this.length) return;
    this.slider.value = String(Math.floor(time));
    this.slider.setAttribute("aria-valuetext", `${spoken(time)} of ${spoken(this.length)}`);
    this.clock.textContent = `${clock(time)} / ${clock(this.length)}`;
    this.playhead.style.setProperty("--at", String(Math.min(1, time / this.length)));
  }

  // The turn after this moment, or the one before it, of whomever.
  turn(direction) {
    const starts = this.lanes.flatMap((lane) => lane.turns.map((turn) => turn.start)).sort((one, other) => one - other);
    const now = this.player.time;
    const found = direction > 0 ? starts.find((start) => start > now + 0.05) : starts.findLast((start) => start < now - 1);
    if (found !== undefined) this.player.seek(found);
  }
}

function row(label, bars, kind) {
  return element("div", { class: `lane ${kind}` },
    element("div", { class: "label" }, label),
    element("div", { class: "track", dir: "ltr", "aria-hidden": kind === "marks" ? null : "true" }, bars));
}

function placed(bar, start, end, length) {
  const share = (seconds) => `${Math.min(100, Math.max(0, (seconds / length) * 100))}%`;
  bar.style.left = share(start);
  bar.style.width = share(Math.max(0, end - start));
  return bar;
}
