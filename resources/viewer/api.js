// The recordings API, called as any other program calls it: with a key, which is kept for this tab alone.

const KEY = "afterword.key";
const LONGEST_WAIT_S = 65;
const VALID_MS = 4.9 * 3600 * 1000;

export const keptKey = () => sessionStorage.getItem(KEY);
export const keepKey = (key) => sessionStorage.setItem(KEY, key);
export const forgetKey = () => sessionStorage.removeItem(KEY);

export class ApiError extends Error {
  constructor(status, code, detail) {
    super(detail || code);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

export class Api {
  // `onRefused` is told when the key is no good (any more).
  constructor(key, onRefused, onWait) {
    this.key = key;
    this.onRefused = onRefused;
    this.onWait = onWait;
  }

  get(path, query = {}, signal = undefined) {
    const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
    return this.call("GET", asked.size ? `${path}?${asked}` : path, { signal });
  }

  post(path) {
    return this.call("POST", path);
  }

  patch(path, changes) {
    return this.call("PATCH", path, { body: JSON.stringify(changes) });
  }

  delete(path) {
    return this.call("DELETE", path);
  }

  async call(method, path, { signal, body, mayWait = true } = {}) {
    const headers = { Authorization: `Token ${this.key}`, Accept: "application/json", ...(body && { "Content-Type": "application/json" }) };
    const answer = await reached(`/api/v1/${path}`, { method, headers, signal, body, cache: "no-store" });
    const waitS = Number(answer.headers.get("Retry-After"));
    if (answer.status === 429 && mayWait && waitS <= LONGEST_WAIT_S) {
      this.onWait(waitS);
      await rested(waitS, signal);
      return this.call(method, path, { signal, body, mayWait: false });
    }
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const error = await refusal(answer);
    if (answer.status === 401) this.onRefused(error);
    throw error;
  }
}

// A stored document, by its signed address, which needs no key.
export async function fetchDocument(address, signal) {
  const answer = await reached(local(address), { signal });
  if (!answer.ok) throw await refusal(answer);
  return answer.json().catch(() => {
    throw new ApiError(answer.status, "no_document", "What is stored there is no document.");
  });
}

// Some of what is stored, from the first byte to the last.
export async function fetchBytes(address, first, last, signal) {
  const answer = await reached(local(address), { signal, headers: { Range: `bytes=${first}-${last}` } });
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

// Addresses are told in the name by which the server was asked, which may be another behind a proxy: this page's counts.
export function local(address) {
  const { pathname, search } = new URL(address, location.href);
  return pathname + search;
}

// Signed addresses are good for five hours; told by this machine's clock alone, for the server's may differ.
export function expired(sinceMs) {
  return Date.now() - sinceMs > VALID_MS;
}

async function reached(address, options) {
  try {
    return await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", error.message);
  }
}

async function refusal(answer) {
  const body = await answer.json().catch(() => ({}));
  return new ApiError(answer.status, body.code || `http_${answer.status}`, body.detail || "");
}

function rested(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
