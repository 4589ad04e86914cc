// What codes mean, in words.

import { element, button } from "./dom.js";

export const MEDIA_NAMES = {
  video_mixed: "Video",
  audio_mixed: "Sound",
  transcript: "Transcript",
  participant_events: "Participants",
  meeting_metadata: "Meeting details",
  audio_separate: "Each side's sound",
  video_separate: "Each picture",
};

const STATES = {
  processing: "in the making",
  paused: "paused",
  done: "ready",
  failed: "failed",
  deleted: "deleted",
  pending: "waiting",
  delivered: "delivered",
  interrupted: "interrupted: what was recorded until then is whole",
};

const ENDINGS = {
  duration: "its time was up",
  stop: "it was stopped",
  end_of_input: "the program was closed",
  signal: "the system ended it",
  source_lost: "what it recorded was gone",
  window_closed: "the window was closed",
  disk_full: "the disk was full",
  storage: "the disk failed",
  encoder: "the encoder failed",
  crash: "the recorder crashed",
};

const ACTIONS = {
  join: "joined",
  leave: "left",
  update: "changed",
  webcam_on: "camera on",
  webcam_off: "camera off",
  screenshare_on: "shares a screen",
  screenshare_off: "stopped sharing",
};

const plain = (code) => String(code).replaceAll("_", " ");

export const stateWords = (code) => STATES[code] || plain(code);
export const endingWords = (code) => ENDINGS[code] || plain(code);
export const actionWords = (code) => ACTIONS[code] || plain(code);
export const plainWords = plain;

export function nameOf(participant) {
  if (participant?.name) return participant.name;
  return participant?.is_host ? "You" : "The other side";
}

export function titleOf(recording) {
  const title = recording.media_shortcuts?.meeting_metadata?.data?.title || recording.metadata?.title;
  return title || "Untitled recording";
}

export function errorWords(error) {
  if (error.code === "unreachable") return "The server does not answer. It may have been stopped, or the network is away.";
  if (error.status === 403 && error.code === "permission_denied") return `This API key may not do that. ${error.detail}`;
  if (error.status === 404) return "This is not here, or not any more.";
  if (error.status === 410) return "This was deleted.";
  if (error.status === 429) return "This server was asked too often. Wait a minute.";
  if (error.status === 503) return "The server's database or store cannot be reached right now.";
  if (error.status >= 500) return `The server failed (${error.code}). Its log tells why.`;
  if (error.status) return `The server refused (${error.code}). ${error.detail}`;
  return `This page failed: ${error.message}`;
}

export function problem(error, again) {
  const retry = again ? button("Try again", again) : null;
  return element("div", { class: "notice bad", role: "alert" }, element("p", {}, errorWords(error)), retry);
}
