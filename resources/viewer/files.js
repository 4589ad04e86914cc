// The media objects of a recording: what state each is in, and its files for taking along.

import { expired, fetchDocument, local } from "./api.js";
import { element, fill, foreign } from "./dom.js";
import { errorWords, MEDIA_NAMES, nameOf, stateWords } from "./words.js";

const PARTS = ["audio_separate", "video_separate"];

export class Files {
  // `renewed`: a promise of the recording with fresh addresses.
  constructor(api, renewed) {
    this.api = api;
    this.renewed = renewed;
    this.body = element("tbody");
    this.extra = element("tbody");
    this.root = element("section", { class: "card", "aria-labelledby": "files-title" },
      element("h2", { id: "files-title" }, "Files"),
      element("table", {}, element("thead", { class: "unseen" }, element("tr", {},
        ["What", "State", "Files"].map((name) => element("th", { scope: "col" }, name)))), this.body, this.extra));
  }

  show(recording) {
    this.recording = recording;
    this.since = Date.now();
    fill(this.body, Object.entries(recording.media_shortcuts).map(([name, media]) => this.row(name, media, linksOf(media))));
  }

  async showParts(signal) {
    for (const resource of PARTS) {
      const { results } = await this.api.get(`${resource}/`, { recording_id: this.recording.id }, signal);
      for (const media of results) {
        const address = media.data.download_url;
        const parts = address ? await fetchDocument(address, signal) : [];
        const links = parts.map((part) => [part.download_url, nameOf(part.participant), part.id]);
        this.extra.append(this.row(resource, media, links));
      }
    }
  }

  row(name, media, links) {
    const state = media ? stateWords(media.status.code) : "not there";
    const why = media?.status.sub_code ? ` (${stateWords(media.status.sub_code)})` : "";
    const made = links.map(([address, label, part]) => this.link(address, label, name, part));
    return element("tr", {}, element("th", { scope: "row" }, MEDIA_NAMES[name] || name),
      element("td", {}, element("span", { class: `chip ${media?.status.code || "absent"}` }, state + why)),
      element("td", {}, made.flatMap((link) => [link, " "])));
  }

  link(address, label, resource, part) {
    const what = `Download ${MEDIA_NAMES[resource] || resource}: ${label}`;
    const link = element("a", { href: local(address), download: true, "aria-label": what }, foreign(label, "span"));
    link.addEventListener("click", (event) => {
      if (!expired(this.since)) return;
      event.preventDefault();
      this.again(link, resource, label, part);
    });
    return link;
  }

  // An address that has expired is exchanged before it is followed.
  async again(link, resource, label, part) {
    try {
      const fresh = part ? await this.freshPart(resource, part) : await this.fresh(resource, label);
      if (!fresh) return;
      const download = element("a", { href: local(fresh), download: true });
      download.click();
    } catch (error) {
      link.after(element("span", { class: "bad", role: "alert" }, ` ${errorWords(error)}`));
    }
  }

  async fresh(resource, label) {
    const recording = await this.renewed();
    return linksOf(recording.media_shortcuts[resource]).find(([, name]) => name === label)?.[0];
  }

  async freshPart(resource, part) {
    const { results } = await this.api.get(`${resource}/`, { recording_id: this.recording.id });
    const parts = await fetchDocument(results[0].data.download_url);
    return parts.find(({ id }) => id === part)?.download_url;
  }
}

const LABELS = {
  participant_events_download_url: "Events",
  speaker_timeline_download_url: "Speakers",
  participants_download_url: "People",
  provider_data_download_url: "Provider's data",
};

// Pairs of an address and what stands on its link.
function linksOf(media) {
  return Object.entries(media?.data || {})
    .filter(([name, value]) => name.endsWith("download_url") && value)
    .map(([name, value]) => [value, LABELS[name] || (media.format || "json").toUpperCase()]);
}
