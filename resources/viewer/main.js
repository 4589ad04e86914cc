// Where everything begins: the key, the pages behind the address's fragment, and what they share.

import { Api, forgetKey, keepKey, keptKey } from "./api.js";
import { DeliveriesPage } from "./deliveries.js";
import { announce, calm, element, fill } from "./dom.js";
import { Keyboard } from "./keyboard.js";
import { ListPage } from "./list.js";
import { RecordingPage } from "./recording.js";

const main = document.getElementById("main");
const keyboard = new Keyboard();
let api = null;
let page = null;
let list = null;

function start() {
  takeKey();
  document.getElementById("skip").addEventListener("click", () => main.focus());
  document.getElementById("leave").addEventListener("click", () => askForKey("The key is forgotten."));
  document.getElementById("keys").addEventListener("click", () => keyboard.help());
  addEventListener("hashchange", () => {
    if (takeKey()) enter();
    else show();
  });
  addEventListener("recordingdeleted", () => (list = null));
  enter();
}

// A key in the fragment never reaches a server; it leaves the address at once, and the history with it.
function takeKey() {
  const fragment = location.hash.slice(1);
  if (!fragment || fragment.startsWith("/")) return false;
  const told = new URLSearchParams(fragment);
  const recording = told.get("recording");
  const target = recording ? `#/recording/${encodeURIComponent(recording)}` : "#/";
  history.replaceState(null, "", location.pathname + target);
  if (told.get("key")) keepKey(told.get("key"));
  return Boolean(told.get("key"));
}

function enter() {
  const key = keptKey();
  if (!key) {
    askForKey("");
    return;
  }
  api = new Api(key, () => askForKey("The server refused this key. It may have been revoked, or be another server's."), waiting);
  list = null;
  chrome(true);
  show();
}

function waiting(seconds) {
  announce(`The server was asked too often. Going on in ${seconds} seconds.`);
}

function chrome(isIn) {
  for (const id of ["pages", "leave", "keys"]) document.getElementById(id).hidden = !isIn;
}

function show() {
  if (!api) return;
  const [path, query] = location.hash.slice(1).split("?");
  const told = new URLSearchParams(query);
  const [, kind, id] = path.split("/");
  leave();
  if (kind === "recording" && id) open(new RecordingPage(api, decodeURIComponent(id), told, keyboard));
  else if (kind === "deliveries") open(new DeliveriesPage(api));
  else openList(told);
  markPage(kind || "");
}

function openList(told) {
  const wanted = told.toString();
  if (list?.wanted !== wanted) list = new ListPage(api, told);
  open(list);
}

function open(next) {
  page = next;
  fill(main, page.root);
  keyboard.use(page.keys || {});
  page.enter();
  const heading = main.querySelector("h1");
  if (!page.restore?.()) {
    scrollTo({ top: 0, behavior: calm() ? "instant" : "auto" });
    heading?.focus({ preventScroll: true });
  }
}

function leave() {
  page?.leave();
  page = null;
}

function markPage(kind) {
  for (const link of document.querySelectorAll("#pages a")) {
    const isHere = link.hash.slice(2) === kind || (link.hash === "#/" && kind === "recording");
    link.toggleAttribute("aria-current", isHere);
    if (isHere) link.setAttribute("aria-current", "page");
  }
}

function askForKey(reason) {
  forgetKey();
  api = null;
  leave();
  list = null;
  keyboard.use({});
  chrome(false);
  document.title = "API key · Afterword";
  fill(main, keyForm(reason));
  main.querySelector("input").focus();
}

function keyForm(reason) {
  const input = element("input", {
    id: "key", type: "password", autocomplete: "off", spellcheck: "false", required: true,
    "aria-describedby": "key-help", "aria-errormessage": reason ? "key-reason" : null,
  });
  const enterKey = (event) => {
    event.preventDefault();
    keepKey(input.value.trim());
    enter();
  };
  return element("form", { class: "card key-form", onsubmit: enterKey },
    element("h1", { tabindex: "-1" }, "Recordings"),
    reason ? element("p", { class: "notice", role: "alert", id: "key-reason" }, reason) : null,
    element("label", { for: "key" }, "API key"),
    input,
    element("p", { class: "hint", id: "key-help" },
      "It is in the file ", element("code", {}, "api_key"), " in the server's data folder, and what ",
      element("code", {}, "afterword serve --json"), " prints. This tab keeps it until it is closed."),
    element("button", { type: "submit", class: "strong" }, "Open"));
}

start();
