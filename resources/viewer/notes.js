// What somebody noted about a recording: names and texts, to be changed by hand.

import { button, element } from "./dom.js";

// The changed ones, or null where they are to stay.
export function changedNotes(notes) {
  return new Promise((resolve) => {
    let answer = null;
    const rows = element("div", { class: "notes" });
    const add = (name = "", text = "") => {
      const input = (label, value) => element("input", { "aria-label": label, value, dir: "auto", maxlength: 4000 });
      const row = element("div", { class: "row" }, input("Name", name), input("Text", text),
        button("Remove", () => row.remove(), { "aria-label": "Remove this note" }));
      rows.append(row);
      return row;
    };
    const read = () => Object.fromEntries([...rows.children]
      .map((row) => [...row.querySelectorAll("input")].map(({ value }) => value.trim())).filter(([name]) => name));
    const end = (given) => {
      answer = given;
      dialog.close();
    };
    const submitted = (event) => {
      event.preventDefault();
      end(read());
    };
    const dialog = element("dialog", {
      "aria-labelledby": "notes-title",
      onclose: () => {
        dialog.remove();
        resolve(answer);
      },
    },
    element("form", { onsubmit: submitted },
      element("h2", { id: "notes-title" }, "Notes"), rows,
      element("p", {}, button("Add a note", () => add().querySelector("input").focus())),
      element("div", { class: "row end" }, button("Cancel", () => end(null)), element("button", { class: "strong" }, "Save"))));
    for (const [name, text] of Object.entries(notes)) add(name, text);
    if (!rows.children.length) add();
    document.body.append(dialog);
    dialog.showModal();
  });
}
