// A question that has to be answered before anything is done for good.

import { button, element } from "./dom.js";

// Whether the answer was yes.
export function confirmed(title, text, yes) {
  return new Promise((resolve) => {
    let answer = false;
    const end = (given) => {
      answer = given;
      dialog.close();
    };
    const dialog = element("dialog", {
      role: "alertdialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text",
      onclose: () => {
        dialog.remove();
        resolve(answer);
      },
    },
    element("h2", { id: "confirm-title" }, title),
    element("p", { id: "confirm-text" }, text),
    element("div", { class: "row end" },
      button("Keep it", () => end(false), { autofocus: true }),
      button(yes, () => end(true), { class: "danger" })));
    document.body.append(dialog);
    dialog.showModal();
  });
}
