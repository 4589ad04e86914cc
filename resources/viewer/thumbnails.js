// Small pictures, made here from the videos themselves, for those that are looked at; one at a time.
// The server may not decode, and a stored picture would be one more thing to deliver, to keep and to delete.

import { local } from "./api.js";

const WIDTH_PX = 256;
const HEIGHT_PX = 144;
const PATIENCE_MS = 15000;
const PLACE = 0.1; // of the length: meetings begin with an empty room
const LATEST_S = 60;

export class Thumbnails {
  constructor() {
    this.waiting = [];
    this.isBusy = false;
    this.seen = new IntersectionObserver((entries) => this.look(entries), { rootMargin: "200px" });
  }

  // `canvas` shows a picture of the video at `address` once somebody looks there.
  add(canvas, address) {
    canvas.width = WIDTH_PX;
    canvas.height = HEIGHT_PX;
    canvas.dataset.address = local(address);
    this.seen.observe(canvas);
  }

  stop() {
    this.seen.disconnect();
    this.waiting = [];
  }

  look(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.waiting.push(target);
      else this.waiting = this.waiting.filter((canvas) => canvas !== target);
    }
    this.next();
  }

  async next() {
    if (this.isBusy) return;
    const canvas = this.waiting.shift();
    if (!canvas) return;
    this.isBusy = true;
    this.seen.unobserve(canvas);
    canvas.dataset.state = await drawn(canvas, canvas.dataset.address);
    this.isBusy = false;
    this.next();
  }
}

// "shown", or "none" where the browser makes no picture of it. Of another server's video it may be shown, not read.
function drawn(canvas, address) {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "metadata";
  return new Promise((resolve) => {
    const timer = setTimeout(() => end("none"), PATIENCE_MS);
    const end = (state) => {
      clearTimeout(timer);
      video.removeAttribute("src");
      video.load();
      resolve(state);
    };
    video.addEventListener("error", () => video.hasAttribute("src") && end("none"));
    video.addEventListener("loadedmetadata", () => {
      if (!video.videoWidth) end("none");
      else video.currentTime = Math.min(video.duration * PLACE, LATEST_S) || 0;
    });
    video.addEventListener("seeked", () => {
      paint(canvas, video);
      end("shown");
    });
    video.src = address;
  });
}

function paint(canvas, video) {
  const scale = Math.min(WIDTH_PX / video.videoWidth, HEIGHT_PX / video.videoHeight);
  const [width, height] = [video.videoWidth * scale, video.videoHeight * scale];
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(video, (WIDTH_PX - width) / 2, (HEIGHT_PX - height) / 2, width, height);
}
