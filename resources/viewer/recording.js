// One recording: played, read, looked through, taken along, deleted.

import { readAccount } from "./account.js";
import { fetchDocument } from "./api.js";
import { confirmed } from "./confirm.js";
import { DeliveryLog } from "./deliveries.js";
import { announce, button, element, fill, foreign } from "./dom.js";
import { Files } from "./files.js";
import { loudness } from "./loudness.js";
import { changedNotes } from "./notes.js";
import { Player } from "./player.js";
import { lanesOf, Timeline } from "./timeline.js";
import { clock, exact, moment, span, timeOfDay } from "./times.js";
import { Transcript } from "./transcript.js";
import { actionWords, nameOf, problem, stateWords, titleOf } from "./words.js";

const LOOK_AGAIN_MS = 10000;
const MEETING = { platform: "Platform", app: "Program", url: "Address" };
const UNDER_WAY = ["processing", "paused"];

export class RecordingPage {
  constructor(api, id, told, keyboard) {
    this.api = api;
    this.id = id;
    this.told = told;
    this.keyboard = keyboard;
    this.ask = new AbortController();
    this.happenings = [];
    this.title = element("h1", { tabindex: "-1", dir: "auto" }, "…");
    this.state = element("div", { role: "status" });
    this.content = element("div");
    this.root = element("div", {},
      element("p", {}, element("a", { href: "#/", class: "back" }, "← All recordings")),
      this.title, this.state, this.content);
  }

  enter() {
    document.title = "Recording · Afterword";
    this.load();
  }

  leave() {
    this.ask.abort();
    clearTimeout(this.timer);
    this.player?.end();
  }

  fetched() {
    return this.api.get(`recording/${encodeURIComponent(this.id)}/`, {}, this.ask.signal);
  }

  async load() {
    try {
      this.show(await this.fetched());
    } catch (error) {
      if (error.name !== "AbortError") this.fail(error);
    }
  }

  fail(error) {
    this.title.textContent = "Recording";
    fill(this.content, problem(error, error.status === 404 ? null : () => this.load()));
  }

  show(recording) {
    this.recording = recording;
    const { status } = recording;
    this.title.textContent = titleOf(recording);
    document.title = `${titleOf(recording)} · Afterword`;
    if (status.code === "deleted") {
      fill(this.content, element("p", { class: "notice" }, `This recording was deleted ${moment(status.updated_at)}.`));
      return;
    }
    fill(this.state, this.headline());
    if (UNDER_WAY.includes(status.code)) this.lookAgain();
    this.compose();
  }

  headline() {
    const { status, started_at: started, created_at: created } = this.recording;
    const when = started || created;
    this.lengthWords = element("span");
    const problemChip = status.code !== "done" || status.sub_code
      ? element("span", { class: `chip ${status.code}` }, stateWords(status.sub_code || status.code)) : null;
    const hint = UNDER_WAY.includes(status.code)
      ? element("p", { class: "notice" }, "It is still being made or delivered. Its media appear here once they are whole.") : null;
    return [element("p", { class: "hint" }, element("time", { datetime: when, title: exact(when) }, moment(when)), this.lengthWords, " ", problemChip), hint];
  }

  lookAgain() {
    this.timer = setTimeout(async () => {
      const recording = await this.fetched().catch(() => null);
      if (recording && recording.status.code !== this.recording.status.code) this.show(recording);
      else if (!this.ask.signal.aborted) this.lookAgain();
    }, LOOK_AGAIN_MS);
  }

  compose() {
    this.files = new Files(this.api, () => this.fetched());
    this.files.show(this.recording);
    this.people = element("section", { class: "card", "aria-labelledby": "people-title" }, element("h2", { id: "people-title" }, "What happened"), element("p", { class: "hint" }, "Nothing is told."));
    this.facts = element("dl", { class: "facts" });
    this.deliveries = new DeliveryLog(this.api);
    const opened = ({ target }) => target.open && this.deliveries.load({ recording_id: this.id });
    fill(this.content, this.stage(),
      element("div", { class: "columns" }, this.files.root, this.people,
        element("section", { class: "card", "aria-labelledby": "about-title" }, element("h2", { id: "about-title" }, "About it"), this.facts,
          element("p", { class: "row end" }, button("Change notes …", () => this.changeNotes())))),
      element("details", { class: "card", ontoggle: opened }, element("summary", {}, element("h2", {}, "Webhook deliveries")), this.deliveries.root),
      element("p", { class: "row end" }, button("Delete this recording …", () => this.delete(), { class: "danger" })));
    this.describe([]);
    this.fillIn();
  }

  // The player with all that follows it, where there is something to play.
  stage() {
    const { video_mixed: video, audio_mixed: audio } = this.recording.media_shortcuts;
    const kind = video?.data?.download_url ? "video" : "audio";
    const playable = kind === "video" ? video : audio;
    if (!playable?.data?.download_url) return element("p", { class: "notice" }, "There is no sound and no picture to play.");
    const renewed = async () => {
      const recording = await this.fetched();
      return recording.media_shortcuts[`${kind}_mixed`]?.data?.download_url;
    };
    this.player = new Player(kind, playable.data.download_url, renewed);
    this.timeline = new Timeline(this.player);
    this.transcript = new Transcript(this.player, this.told.get("q") || "");
    this.player.extra.append(
      button("‹ Turn", () => this.timeline.turn(-1), { title: "Previous turn" }),
      button("Turn ›", () => this.timeline.turn(1), { title: "Next turn" }),
      button("Copy link", () => this.copyLink(), { title: "Copy a link to this moment" }));
    this.keyboard.use(this.playerKeys());
    if (Number(this.told.get("t")) > 0) this.player.seek(Number(this.told.get("t")));
    return element("div", { class: `stage ${kind}` },
      element("div", { class: "screen" }, this.player.root, this.timeline.root), this.transcript.root);
  }

  playerKeys() {
    const { player, timeline, transcript } = this;
    const key = (does, act) => ({ does, act });
    return {
      " ": key("Play or pause", () => player.toggle()), k: key("Play or pause", () => player.toggle()),
      j: key("Back 10 seconds", () => player.move(-10)), l: key("Forward 10 seconds", () => player.move(10)),
      ArrowLeft: key("Back 5 seconds", () => player.move(-5)), ArrowRight: key("Forward 5 seconds", () => player.move(5)),
      "[": key("Previous turn", () => timeline.turn(-1)), "]": key("Next turn", () => timeline.turn(1)),
      "<": key("Slower", () => player.faster(-1)), ">": key("Faster", () => player.faster(1)),
      m: key("Mute", () => player.mute()), c: key("Subtitles", () => player.captions()),
      f: key("Whole screen", () => player.fullScreen()), t: key("Tell the time", () => player.say()),
      "/": key("Find in the transcript", () => transcript.input.isConnected && transcript.input.focus()),
    };
  }

  async copyLink() {
    const link = `${location.origin}${location.pathname}#/recording/${this.id}?t=${Math.floor(this.player.time)}`;
    try {
      await navigator.clipboard.writeText(link);
      announce(`A link to ${clock(this.player.time)} is copied.`);
    } catch {
      prompt("A link to this moment:", link);
    }
  }

  // Every document comes by itself: one that is missing or damaged keeps none of the others back.
  fillIn() {
    const { transcript, participant_events: events, meeting_metadata: meeting } = this.recording.media_shortcuts;
    const each = (promise) => promise.catch((error) => error.name !== "AbortError" && this.content.append(problem(error)));
    this.content.setAttribute("aria-busy", "true");
    Promise.all([
      each(this.fillAccount()), each(this.fillSpeakers(events, transcript)), each(this.fillEvents(events)),
      each(this.fillMeeting(meeting)), each(this.files.showParts(this.ask.signal)),
      this.fillLoudness(),
    ]).then(() => this.content.removeAttribute("aria-busy"));
  }

  document(address) {
    return address ? fetchDocument(address, this.ask.signal) : null;
  }

  async fillAccount() {
    const account = await this.api.get(`recording/${encodeURIComponent(this.id)}/account/`, {}, this.ask.signal);
    const { marks, gaps, happenings, facts } = readAccount(account);
    if (account.duration_s) this.lengthWords.textContent = ` · ${span(account.duration_s)}`;
    this.timeline?.show({ marks, gaps });
    this.tell(happenings);
    this.describe(facts);
  }

  async fillSpeakers(events, transcript) {
    const turns = (await this.document(events?.data?.speaker_timeline_download_url)) || [];
    const draw = () => this.timeline?.show({ lanes: lanesOf(turns, this.player.length) });
    draw();
    this.player?.addEventListener("length", draw, { once: true });
    const colours = new Map(lanesOf(turns, 0).map((lane) => [lane.participant.id, lane.colour]));
    const words = await this.document(transcript?.data?.download_url);
    if (!this.transcript) return;
    if (words) this.transcript.show(words, ({ id }) => colours.get(id) ?? 0);
    else this.transcript.note(transcript ? `The transcript is ${stateWords(transcript.status.code)}.` : "There is no transcript of this recording.");
    this.player.subtitle(this.transcript.cues());
  }

  // A lane more, where there is nothing else to see; without it nothing is missing.
  async fillLoudness() {
    const { video_mixed: video, audio_mixed: audio } = this.recording.media_shortcuts;
    if (!this.timeline || video?.data?.download_url || audio.format !== "mp3") return;
    const heard = await loudness(audio.data.download_url, this.ask.signal).catch(() => []);
    this.timeline.show({ loudness: heard });
  }

  async fillEvents(events) {
    const happened = (await this.document(events?.data?.participant_events_download_url)) || [];
    this.tell(happened.filter(({ action }) => !action.startsWith("speech_")).map(({ action, participant, timestamp, data }) =>
      ({ at: timestamp.relative, absolute: timestamp.absolute, who: nameOf(participant), text: action === "chat_message" ? data?.text || "" : actionWords(action), isChat: action === "chat_message" })));
  }

  async fillMeeting(meeting) {
    const told = await this.document(meeting?.data?.download_url);
    if (!told) return;
    const texts = Object.entries(MEETING).filter(([name]) => typeof told[name] === "string").map(([name, label]) => [label, told[name]]);
    const consent = told.consent?.status === "announced"
      ? [["Consent", `${told.consent.by || "Somebody"} told the others ${moment(told.consent.at)}${told.consent.text ? `: “${told.consent.text}”` : ""}`]] : [];
    this.describe([...texts, ...consent]);
  }

  tell(more) {
    this.happenings = [...this.happenings, ...more].sort((one, other) => one.at - other.at);
    if (!this.happenings.length) return;
    fill(this.people, this.people.firstChild, element("ul", { class: "happenings", tabindex: "0", "aria-labelledby": "people-title" }, this.happenings.map((each) => this.happening(each))));
  }

  happening({ at, absolute, who, text, isChat }) {
    const seek = button(clock(at), () => this.player?.seek(at), { class: "stamp", title: absolute ? timeOfDay(absolute) : null, "aria-label": `To ${clock(at)}`, disabled: !this.player });
    return element("li", {}, seek, who ? [foreign(who, "strong"), isChat ? ": " : " "] : null, foreign(text));
  }

  describe(more) {
    this.described = [...(this.described || []), ...more];
    const { recording } = this;
    const own = [["Kept until", recording.expires_at ? moment(recording.expires_at) : "it is deleted"], ["Delivered", moment(recording.created_at)], ...Object.entries(recording.metadata), ["ID", recording.id]];
    fill(this.facts, [...this.described, ...own].map(([name, text]) => element("div", {}, foreign(name, "dt"), foreign(text, "dd"))));
  }

  async changeNotes() {
    const metadata = await changedNotes(this.recording.metadata);
    if (!metadata) return;
    try {
      this.recording = await this.api.patch(`recording/${encodeURIComponent(this.id)}/`, { metadata });
      this.describe([]);
      announce("The notes are saved.");
    } catch (error) {
      this.content.append(problem(error));
      announce(error.message);
    }
  }

  async delete() {
    const sure = await confirmed(`Delete “${titleOf(this.recording)}”?`,
      "Picture, sound, transcript and all that is known of it leave this server for good. Copies on other machines stay.", "Delete");
    if (!sure) return;
    try {
      await this.api.delete(`recording/${encodeURIComponent(this.id)}/`);
      dispatchEvent(new CustomEvent("recordingdeleted"));
      location.hash = "#/";
      announce("The recording is deleted.");
    } catch (error) {
      this.content.append(problem(error));
      announce(error.message);
    }
  }
}
