// What was said: it follows the player, every word leads to its moment, and words can be looked for.

import { announce, button, calm, element, fill, foreign } from "./dom.js";
import { clock, spoken } from "./times.js";
import { nameOf } from "./words.js";

const UNSPACED = /^(zh|ja|th|lo|km|my)\b/i;
const RATHER_NONE = 3; // seconds after a word in which it still counts as the last one

const folded = (text) => text.normalize("NFKC").toLocaleLowerCase();

export class Transcript {
  constructor(player, query = "") {
    this.player = player;
    this.words = [];
    this.utterances = [];
    this.found = [];
    this.place = -1;
    this.isFollowing = true;
    this.makeParts(query);
    player.addEventListener("time", ({ detail }) => this.at(detail));
  }

  makeParts(query) {
    this.input = element("input", {
      type: "search", id: "find", value: query.replaceAll('"', ""), autocomplete: "off", oninput: () => this.find(),
      onkeydown: (event) => event.key === "Enter" && (event.preventDefault(), this.step(event.shiftKey ? -1 : 1)),
    });
    this.count = element("span", { class: "hint", role: "status" });
    this.follow = button("Follow", () => this.resume(), { hidden: true, class: "follow" });
    this.pane = element("div", {
      class: "words", tabindex: "0", role: "group", "aria-label": "What was said",
      onclick: (event) => this.clicked(event),
    });
    for (const name of ["wheel", "touchmove", "pointerdown"]) {
      this.pane.addEventListener(name, (event) => event.target.closest("[data-word]") || this.pause(), { passive: true });
    }
    this.tools = element("div", { class: "row find" },
      element("label", { for: "find" }, "Find"), this.input, this.count,
      button("Previous", () => this.step(-1), { class: "narrow" }),
      button("Next", () => this.step(1), { class: "narrow" }));
    this.root = element("section", { class: "card transcript", "aria-labelledby": "transcript-title" },
      element("div", { class: "row" }, element("h2", { id: "transcript-title", class: "grow" }, "Transcript"), this.follow),
      this.pane);
  }

  note(text) {
    this.tools.remove();
    fill(this.pane, element("p", { class: "hint" }, text));
  }

  // The stored document. Utterances without words are passed over.
  show(document, colourOf) {
    this.utterances = document.filter((each) => each.words?.length).map((each) => this.utterance(each, colourOf));
    if (!this.utterances.length) {
      this.note("Nothing was said, or nothing was understood.");
      return;
    }
    this.pane.before(this.tools);
    fill(this.pane, this.utterances.map((each) => each.root));
    if (this.input.value) this.find();
    this.at(this.player.time);
  }

  utterance({ participant, words, language_code: language }, colourOf) {
    const glue = UNSPACED.test(language || "") ? "" : " ";
    const start = words[0].start_timestamp.relative;
    const body = element("p", { dir: "auto", lang: language || null });
    const made = { start, end: start, words: [], text: "" };
    for (const word of words) {
      const text = word.text.trim();
      const shown = element("span", { "data-word": String(this.words.length) }, text);
      made.words.push(this.words.length);
      this.words.push({ start: word.start_timestamp.relative, end: word.end_timestamp?.relative ?? null, shown, text: folded(text), utterance: made });
      body.append(shown, glue);
      made.end = word.end_timestamp?.relative ?? word.start_timestamp.relative;
      made.text += text + glue;
    }
    const seek = button(clock(start), () => this.jump(start), { class: "stamp", "aria-label": `${clock(start)}, play from here` });
    const speaker = foreign(nameOf(participant), "strong", { class: `speaker-${colourOf(participant)}` });
    made.root = element("div", { class: "utterance" }, element("div", { class: "who" }, seek, speaker), body);
    return made;
  }

  cues() {
    return this.utterances.map(({ start, end, text }) => ({ start, end: end || start + RATHER_NONE, text: text.trim() }));
  }

  clicked(event) {
    const shown = event.target.closest("[data-word]");
    if (shown && getSelection().isCollapsed) this.jump(this.words[Number(shown.dataset.word)].start);
  }

  jump(time) {
    this.resume();
    this.player.seek(time);
  }

  at(time) {
    const place = last(this.words, time + 0.02);
    const word = this.words[place];
    if (word === this.current) return;
    this.current?.shown.classList.remove("now");
    if (word?.utterance !== this.current?.utterance) {
      this.current?.utterance.root.removeAttribute("aria-current");
      word?.utterance.root.setAttribute("aria-current", "true");
    }
    this.current = word;
    word?.shown.classList.add("now");
    if (word && this.isFollowing) this.bring(word.shown);
  }

  bring(shown) {
    const [pane, box] = [this.pane.getBoundingClientRect(), shown.getBoundingClientRect()];
    if (box.top >= pane.top + 40 && box.bottom <= pane.bottom - 60) return;
    const top = this.pane.scrollTop + box.top - pane.top - pane.height / 3;
    this.pane.scrollTo({ top, behavior: calm() ? "instant" : "smooth" });
  }

  pause() {
    this.isFollowing = false;
    this.follow.hidden = !this.words.length;
  }

  resume() {
    this.isFollowing = true;
    this.follow.hidden = true;
    if (this.current) this.bring(this.current.shown);
  }

  // All of it together, or, where that is nowhere, each word by itself.
  find() {
    for (const { shown } of this.words) shown.classList.remove("found", "here");
    const wanted = folded(this.input.value).split(/\s+/).filter(Boolean);
    this.found = wanted.length ? this.runs(wanted) : [];
    if (!this.found.length) this.found = wanted.flatMap((word) => this.runs([word])).sort((one, other) => one - other);
    for (const place of this.found) this.words[place].shown.classList.add("found");
    this.place = -1;
    this.count.textContent = wanted.length ? (this.found.length ? "" : "not said") : "";
    if (this.found.length) this.step(1);
  }

  // Where those words follow each other; the first and the last may be parts of longer ones.
  runs(wanted) {
    const fits = (text, word, place) => {
      if (wanted.length === 1) return text.includes(word);
      if (place === 0) return text.endsWith(word);
      return place === wanted.length - 1 ? text.startsWith(word) : bare(text) === bare(word);
    };
    return [...this.words.keys()].filter((first) =>
      wanted.every((word, place) => this.words[first + place] && fits(this.words[first + place].text, word, place)));
  }

  step(by) {
    if (!this.found.length) return;
    this.words[this.found[this.place]]?.shown.classList.remove("here");
    this.place = (this.place + by + this.found.length) % this.found.length;
    const word = this.words[this.found[this.place]];
    word.shown.classList.add("here");
    this.pause();
    this.bring(word.shown);
    this.count.textContent = `${this.place + 1} of ${this.found.length}`;
    announce(`${this.place + 1} of ${this.found.length}, at ${spoken(word.start)}`);
  }
}

const bare = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");

// The last of `words`, which are in order, that has begun.
function last(words, time) {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle].start <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
