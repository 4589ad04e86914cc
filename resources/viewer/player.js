// Plays the video or the sound, whatever becomes of its address: those expire, and are asked for anew.

import { expired, local } from "./api.js";
import { announce, button, element, fill } from "./dom.js";
import { clock, spoken } from "./times.js";

const RATES = [0.75, 1, 1.25, 1.5, 1.75, 2];
const PATIENCE_MS = 8000; // an address that fails again so soon is not at fault

export class Player extends EventTarget {
  // `renewed`: a promise of a fresh address. Tells `time` and `length`, with seconds in `detail`.
  constructor(kind, address, renewed) {
    super();
    this.since = Date.now();
    this.renewed = renewed;
    this.renewedAt = 0;
    this.trouble = element("div", { role: "alert" });
    this.media = element(kind, { controls: true, preload: "metadata", playsinline: true, tabindex: "0", "aria-label": "Recording" });
    this.media.src = local(address);
    this.listen();
    this.root = element("div", { class: `player ${kind}` }, this.media, this.trouble, this.controls());
  }

  listen() {
    const on = (name, act) => this.media.addEventListener(name, act);
    on("error", () => this.renew());
    on("timeupdate", () => this.tell("time"));
    on("seeking", () => this.tell("time"));
    on("seeked", () => this.tell("time"));
    on("durationchange", () => this.tell("length"));
    on("play", () => this.playing());
    on("pause", () => this.label());
    on("ratechange", () => (this.rate.value = String(this.media.playbackRate)));
  }

  controls() {
    this.toggleButton = button("Play", () => this.toggle(), { class: "strong" });
    this.rate = element("select", { id: "rate", onchange: () => (this.media.playbackRate = Number(this.rate.value)) },
      RATES.map((rate) => element("option", { value: String(rate), selected: rate === 1 }, `${rate}×`)));
    this.extra = element("span", { class: "row" });
    return element("div", { class: "row controls" },
      button("−10 s", () => this.move(-10), { title: "Back 10 seconds" }),
      this.toggleButton,
      button("+10 s", () => this.move(10), { title: "Forward 10 seconds" }),
      this.extra,
      element("span", { class: "rate" }, element("label", { for: "rate" }, "Speed"), this.rate));
  }

  get time() {
    return this.wantedTime ?? this.media.currentTime;
  }

  get length() {
    return Number.isFinite(this.media.duration) ? this.media.duration : 0;
  }

  tell(name) {
    this.dispatchEvent(new CustomEvent(name, { detail: name === "time" ? this.time : this.length }));
  }

  playing() {
    this.label();
    if (expired(this.since)) this.renew();
    const frame = () => {
      this.tell("time");
      if (!this.media.paused && this.media.isConnected) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  label() {
    this.toggleButton.textContent = this.media.paused ? "Play" : "Pause";
  }

  toggle() {
    if (this.media.paused) this.media.play().catch((error) => this.refused(error));
    else this.media.pause();
  }

  // A browser may want a click first; what else goes wrong is an `error` of the medium, too.
  refused(error) {
    if (error.name === "NotAllowedError") announce("The browser plays only after a click.");
  }

  move(by) {
    this.seek(this.time + by);
  }

  seek(seconds) {
    const time = Math.max(0, Math.min(seconds, this.length || seconds));
    if (expired(this.since)) this.renew(time);
    else if (this.media.readyState === HTMLMediaElement.HAVE_NOTHING) this.media.addEventListener("loadedmetadata", () => (this.media.currentTime = time), { once: true });
    else this.media.currentTime = time;
  }

  faster(steps) {
    const place = RATES.indexOf(this.media.playbackRate) + steps;
    if (RATES[place]) this.media.playbackRate = RATES[place];
    announce(`Speed ${this.media.playbackRate}`);
  }

  say() {
    announce(`${spoken(this.time)} of ${spoken(this.length)}`);
  }

  mute() {
    this.media.muted = !this.media.muted;
    announce(this.media.muted ? "Muted" : "Sound on");
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.media.requestFullscreen?.();
  }

  // Goes on at `time` with a fresh address, playing if it played.
  async renew(time = this.time) {
    if (this.wantedTime !== undefined) {
      this.wantedTime = time;
      return;
    }
    if (Date.now() - this.renewedAt < PATIENCE_MS) {
      this.fail();
      return;
    }
    const played = !this.media.paused || this.media.autoplay;
    this.wantedTime = time;
    this.renewedAt = Date.now();
    const address = await this.renewed().catch(() => null);
    if (!address) {
      this.wantedTime = undefined;
      this.fail();
      return;
    }
    this.since = Date.now();
    fill(this.trouble);
    this.media.addEventListener("loadedmetadata", () => this.goOn(played), { once: true });
    this.media.src = local(address);
  }

  goOn(played) {
    const rate = Number(this.rate.value);
    this.media.currentTime = this.wantedTime;
    this.wantedTime = undefined;
    this.media.playbackRate = rate;
    if (played) this.media.play().catch((error) => this.refused(error));
  }

  fail() {
    const time = this.time;
    this.wantedTime = undefined;
    const again = () => {
      this.renewedAt = 0;
      fill(this.trouble);
      this.renew(time);
    };
    const what = `It cannot be played at ${clock(time)}: the server does not send it, or this browser does not know its format.`;
    fill(this.trouble, element("div", { class: "notice bad" }, element("p", {}, what), button("Try again", again)));
  }

  // Subtitles that the player's own menu switches on.
  subtitle(cues) {
    if (this.media.tagName !== "VIDEO" || !cues.length) return;
    const track = this.media.addTextTrack("captions", "Transcript");
    for (const { start, end, text } of cues) if (end > start) track.addCue(new VTTCue(start, end, text));
    this.track = track;
  }

  captions() {
    if (!this.track) return;
    this.track.mode = this.track.mode === "showing" ? "hidden" : "showing";
    announce(this.track.mode === "showing" ? "Subtitles on" : "Subtitles off");
  }

  end() {
    this.media.pause();
    this.media.removeAttribute("src");
    this.media.load();
  }
}
