// All recordings, newest first, as far as somebody scrolls; or those that hold certain words.

import { announce, button, element, fill, foreign } from "./dom.js";
import { Thumbnails } from "./thumbnails.js";
import { between, exact, moment, span } from "./times.js";
import { MEDIA_NAMES, problem, stateWords, titleOf } from "./words.js";

const PAUSE_MS = 350; // of whoever types
const LOOK_MS = 20000;
const LOOKED_AT = 10; // recordings
const STATUSES = { "": "All", done: "Ready", processing: "In the making", paused: "Paused", failed: "Failed" };

export class ListPage {
  constructor(api, told) {
    this.api = api;
    this.wanted = told.toString();
    this.search = told.get("q") || "";
    this.status = told.get("status") || "";
    this.count = 0;
    this.next = "";
    this.scroll = null;
    this.thumbnails = new Thumbnails();
    this.ask = new AbortController();
    this.makeParts();
    this.keys = { "/": { does: "Search", act: () => this.input.focus() } };
    this.more();
  }

  makeParts() {
    this.input = element("input", {
      type: "search", id: "search", value: this.search, placeholder: "Title, people, words that were said",
      autocomplete: "off", maxlength: "200", oninput: () => this.typed(),
    });
    this.choice = element("select", { id: "status", onchange: () => this.go() },
      Object.entries(STATUSES).map(([code, name]) =>
        element("option", { value: code, selected: code === this.status }, name)));
    this.items = element("ul", { class: "recordings", "aria-label": "Recordings" });
    this.state = element("p", { class: "hint", role: "status" });
    this.news = element("div", { role: "status" });
    this.foot = element("div", { class: "foot" });
    const submitted = (event) => {
      event.preventDefault();
      this.go();
    };
    this.root = element("div", {},
      element("h1", { tabindex: "-1" }, "Recordings"),
      element("form", { class: "row find", role: "search", onsubmit: submitted },
        element("div", { class: "grow" }, element("label", { for: "search" }, "Search"), this.input),
        element("div", {}, element("label", { for: "status" }, "Status"), this.choice)),
      this.state, this.news, this.items, this.foot);
  }

  enter() {
    document.title = "Recordings · Afterword";
    this.looking = setInterval(() => this.look(), LOOK_MS);
  }

  // Puts whoever comes back where they were.
  restore() {
    if (this.scroll === null) return this.isTyping();
    scrollTo({ top: this.scroll, behavior: "instant" });
    this.opened?.focus({ preventScroll: true });
    return true;
  }

  isTyping() {
    const before = ListPage.typed;
    ListPage.typed = null;
    if (!before) return false;
    this.input.value = before.value;
    if (before.value.trim() !== this.search) this.typed();
    this.input.focus();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
    return true;
  }

  leave() {
    this.scroll = scrollY;
    clearTimeout(this.timer);
    clearInterval(this.looking);
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.go(), PAUSE_MS);
  }

  // What is looked for stands in the address, so that it can be come back to.
  go() {
    clearTimeout(this.timer);
    const told = new URLSearchParams();
    if (this.input.value.trim()) told.set("q", this.input.value.trim());
    if (this.choice.value) told.set("status", this.choice.value);
    if (told.toString() === this.wanted) return;
    ListPage.typed = document.activeElement === this.input ? this.input : null;
    this.ask.abort();
    this.thumbnails.stop();
    const hash = told.size ? `#/?${told}` : "#/";
    if (this.wanted) location.replace(hash);
    else location.hash = hash;
  }

  async more() {
    this.items.setAttribute("aria-busy", "true");
    if (!this.count) this.state.textContent = "Looking …";
    try {
      const query = { search: this.search, status_code: this.status, cursor: this.next };
      const page = await this.api.get("recording/", query, this.ask.signal);
      this.add(page);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.state.textContent = "";
      fill(this.foot, problem(error, () => this.more()));
    } finally {
      this.items.removeAttribute("aria-busy");
    }
  }

  add(page) {
    if (!this.count) this.seen = signature(page);
    this.next = page.next ? new URL(page.next).searchParams.get("cursor") : "";
    for (const recording of page.results) this.items.append(this.item(recording));
    this.count += page.results.length;
    const number = `${this.count}${this.next ? " or more" : ""} recording${this.count === 1 && !this.next ? "" : "s"}`;
    this.state.textContent = this.count ? `${number}${this.search ? ` with “${this.search}”` : ""}` : "";
    fill(this.foot, this.count ? null : this.nothing(), this.next ? this.onward() : null);
  }

  // Tells of recordings that came since, and of others' progress; the list does not move by itself.
  async look() {
    if (document.hidden || this.seen === undefined) return;
    const query = { search: this.search, status_code: this.status };
    const page = await this.api.get("recording/", query, this.ask.signal).catch(() => null);
    if (page && signature(page) !== this.seen) fill(this.news, button("There is something new: show it", () => this.again()));
  }

  again() {
    Object.assign(this, { count: 0, next: "", seen: undefined });
    fill(this.items);
    fill(this.news);
    this.more();
  }

  onward() {
    const act = () => {
      watch.disconnect();
      this.more();
    };
    const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && act(), {
      rootMargin: "400px",
    });
    const made = button("Show older ones", act);
    watch.observe(made);
    return made;
  }

  item(recording) {
    const query = this.search ? `?q=${encodeURIComponent(this.search)}` : "";
    const length = between(recording.started_at, recording.completed_at);
    const link = element("a", { href: `#/recording/${recording.id}${query}`, onclick: () => (this.opened = link) },
      foreign(titleOf(recording), "span", { class: "title" }));
    return element("li", {}, this.picture(recording),
      element("div", { class: "about" }, link,
        element("p", { class: "hint" },
          element("time", { datetime: recording.started_at || recording.created_at, title: exact(recording.started_at || recording.created_at) },
            moment(recording.started_at || recording.created_at)),
          length === null ? null : ` · ${span(length)}`),
        element("p", { class: "chips" }, chips(recording))));
  }

  picture(recording) {
    const video = recording.media_shortcuts.video_mixed?.data?.download_url;
    const canvas = element("canvas", { class: "thumbnail", "aria-hidden": "true" });
    if (video) this.thumbnails.add(canvas, video);
    else canvas.dataset.state = recording.media_shortcuts.audio_mixed ? "sound" : "none";
    return canvas;
  }

  nothing() {
    if (this.search || this.status) {
      const clear = button("Show all", () => {
        this.input.value = "";
        this.choice.value = "";
        this.go();
      });
      announce("Nothing was found.");
      return element("div", { class: "card empty" },
        element("h2", {}, "Nothing was found"),
        element("p", {}, "Every word has to be in the title, a name, the chat or the transcript. “Quotation marks” keep words together."),
        clear);
    }
    return element("div", { class: "card empty" },
      element("h2", {}, "No recordings yet"),
      element("p", {}, "Recordings appear here as soon as one is delivered to this server:"),
      element("ol", {},
        element("li", {}, element("code", {}, `afterword key ${location.origin}`), " keeps this server's API key."),
        element("li", {}, element("code", {}, `afterword record --title "Weekly" --destination ${location.origin}`),
          " records until Ctrl-C, and sends it here.")),
      button("Look again", () => this.again()));
  }
}

function signature(page) {
  return page.results.slice(0, LOOKED_AT).map(({ id, status }) => id + status.updated_at).join();
}

// Only what is not as usual is coloured; what there is, is told in words.
function chips(recording) {
  const { code, sub_code: why } = recording.status;
  const made = [];
  if (code !== "done" || why) made.push(element("span", { class: `chip ${code}` }, stateWords(why || code)));
  for (const [name, media] of Object.entries(recording.media_shortcuts)) {
    if (!media || name === "meeting_metadata") continue;
    const state = media.status.code;
    const words = state === "done" ? MEDIA_NAMES[name] : `${MEDIA_NAMES[name]} ${stateWords(state)}`;
    made.push(element("span", { class: `chip ${state}` }, words));
  }
  return made;
}
