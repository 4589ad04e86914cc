// Single keys, and the help that lists them. Whoever types text, or talks to the machine, is left alone.

import { button, element } from "./dom.js";

const SWITCH = "afterword.keys";
const TEXT = "input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]";
const ACTIVE = "button, a[href], summary, [role=button]";

export class Keyboard {
  constructor() {
    this.keys = {};
    addEventListener("keydown", (event) => this.pressed(event), { capture: true });
  }

  // `keys`: by key, `{ does, act }`.
  use(keys) {
    this.keys = keys;
  }

  pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || event.target.closest?.(TEXT)) return;
    if ([" ", "Enter"].includes(event.key) && event.target.closest?.(ACTIVE)) return;
    if (localStorage.getItem(SWITCH) === "off" && event.key.length === 1 && event.key !== " ") return;
    const known = event.key === "?" ? { act: () => this.help() } : this.keys[event.key];
    if (!known) return;
    event.preventDefault();
    event.stopPropagation();
    known.act();
  }

  help() {
    const rows = [...groups({ ...this.keys, "?": { does: "This help" } })].map(([does, names]) =>
      element("div", {}, element("dt", {}, names.map((name) => element("kbd", {}, name))), element("dd", {}, does)));
    const box = element("input", {
      type: "checkbox", id: "single-keys", checked: localStorage.getItem(SWITCH) !== "off",
      onchange: () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"),
    });
    const dialog = element("dialog", { "aria-labelledby": "help-title", onclose: () => dialog.remove() },
      element("h2", { id: "help-title" }, "Keys"),
      element("dl", { class: "keys" }, rows),
      element("p", {}, box, " ", element("label", { for: "single-keys" }, "Single-key shortcuts are on")),
      element("div", { class: "row end" }, button("Close", () => dialog.close(), { class: "strong", autofocus: true })));
    document.body.append(dialog);
    dialog.showModal();
  }
}

const SHOWN = { " ": "Space", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

function groups(keys) {
  const found = new Map();
  for (const [key, { does }] of Object.entries(keys)) {
    found.set(does, [...(found.get(does) || []), SHOWN[key] || key]);
  }
  return found;
}
