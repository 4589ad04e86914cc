// Elements are made here and never from markup: whatever a sender wrote is only ever text.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  fill(made, ...children);
  return made;
}

export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
  return parent;
}

// Text that somebody else wrote, in whichever direction it runs.
export function foreign(text, name = "bdi", attributes = {}) {
  return element(name, { dir: "auto", ...attributes }, text);
}

export function button(label, act, attributes = {}) {
  return element("button", { type: "button", onclick: act, ...attributes }, label);
}

export function announce(text) {
  const announcer = document.getElementById("announcer");
  announcer.textContent = "";
  announcer.textContent = text;
}

export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
