// How loud a recording is over its time, where no picture shows it: heard in pieces here and there, for all of it is long.

import { fetchBytes } from "./api.js";

const BARS = 160;
const PIECE_BYTES = 6144; // a third of a second and more; its first frames may need what was before them
const RATE_HZ = 8000;
const AT_ONCE = 6;

// The loudest sample of each part of an MP3, from 0 to 1, or null where none could be heard.
// Its bytes are spread evenly enough over its time.
export async function loudness(address, signal) {
  const first = await fetchBytes(address, 0, PIECE_BYTES - 1, signal);
  const size = Number(first.headers.get("Content-Range")?.split("/")[1]);
  if (size <= BARS * PIECE_BYTES) return whole(await fetchBytes(address, 0, size - 1, signal));
  const found = new Array(BARS).fill(null);
  const next = found.keys();
  const listen = async () => {
    for (const bar of next) {
      const begin = Math.floor((bar / BARS) * size);
      const samples = await heard(await fetchBytes(address, begin, begin + PIECE_BYTES - 1, signal));
      found[bar] = samples && loudest(samples);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, listen));
  return found;
}

async function whole(answer) {
  const samples = await heard(answer);
  if (!samples) return [];
  const step = Math.ceil(samples.length / BARS);
  return Array.from({ length: Math.ceil(samples.length / step) }, (_, bar) => loudest(samples.subarray(bar * step, (bar + 1) * step)));
}

async function heard(answer) {
  try {
    const sound = await new OfflineAudioContext(1, 1, RATE_HZ).decodeAudioData(await answer.arrayBuffer());
    return sound.getChannelData(0);
  } catch (error) {
    if (error.name === "EncodingError") return null;
    throw error;
  }
}

function loudest(samples) {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}
