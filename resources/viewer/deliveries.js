// What webhooks were told, what they answered, and the same once more.

import { announce, button, element, fill } from "./dom.js";
import { exact, moment } from "./times.js";
import { errorWords, problem, stateWords } from "./words.js";

const STATUSES = { "": "All", pending: "Waiting", delivered: "Delivered", failed: "Failed" };

export class DeliveriesPage {
  constructor(api) {
    this.log = new DeliveryLog(api);
    this.choice = element("select", { id: "delivery-status", onchange: () => this.log.load({ status_code: this.choice.value }) },
      Object.entries(STATUSES).map(([code, name]) => element("option", { value: code }, name)));
    this.root = element("div", {},
      element("h1", { tabindex: "-1" }, "Webhook deliveries"),
      element("div", { class: "row find" }, element("label", { for: "delivery-status" }, "Status"), this.choice),
      this.log.root);
  }

  enter() {
    document.title = "Webhook deliveries · Afterword";
    this.log.load({});
  }

  leave() {}
}

export class DeliveryLog {
  constructor(api) {
    this.api = api;
    this.body = element("tbody");
    this.state = element("div", { role: "status" });
    this.foot = element("div", { class: "foot" });
    const head = ["Event", "State", "When", "Attempts", ""].map((name) => element("th", { scope: "col" }, name || element("span", { class: "unseen" }, "Acts")));
    this.table = element("table", { hidden: true }, element("thead", {}, element("tr", {}, head)), this.body);
    this.root = element("div", { class: "scroll" }, this.state, this.table, this.foot);
  }

  // `query`: filters of `/webhook_delivery/`.
  async load(query) {
    fill(this.body);
    this.query = query;
    this.table.hidden = true;
    this.state.textContent = "Looking …";
    await this.more("");
  }

  async more(cursor) {
    const query = this.query;
    try {
      const page = await this.api.get("webhook_delivery/", { ...query, cursor });
      if (query === this.query) this.add(page);
    } catch (error) {
      this.state.textContent = "";
      fill(this.foot, problem(error, error.status === 403 ? null : () => this.more(cursor)));
    }
  }

  add(page) {
    this.body.append(...page.results.flatMap((delivery) => this.rows(delivery)));
    const count = this.body.children.length;
    this.table.hidden = !count;
    this.state.textContent = count ? "" : "No webhook was told anything.";
    const cursor = page.next ? new URL(page.next).searchParams.get("cursor") : "";
    fill(this.foot, cursor ? button("Show older ones", () => this.more(cursor)) : null);
  }

  rows(delivery) {
    const state = element("td", {}, stateOf(delivery));
    const detail = element("td", { colspan: "5" });
    const below = element("tr", { hidden: true }, detail);
    const open = button("Details", () => {
      below.hidden = !below.hidden;
      open.setAttribute("aria-expanded", String(!below.hidden));
      if (!below.hidden) this.detail(delivery, detail, state);
    }, { "aria-expanded": "false", "aria-label": `Details of ${delivery.event}` });
    const when = element("time", { datetime: delivery.created_at, title: exact(delivery.created_at) }, moment(delivery.created_at));
    return [element("tr", {}, element("td", {}, element("code", {}, delivery.event)), state, element("td", {}, when),
      element("td", {}, String(delivery.attempts)), element("td", {}, open)), below];
  }

  async detail(delivery, cell, state) {
    fill(cell, "Looking …");
    try {
      const full = await this.api.get(`webhook_delivery/${delivery.id}/`);
      fill(state, stateOf(full));
      fill(cell, attempts(full.log), element("pre", { tabindex: "0" }, pretty(full.body)),
        button("Send it again", () => this.replay(delivery, cell, state)));
    } catch (error) {
      fill(cell, problem(error, () => this.detail(delivery, cell, state)));
    }
  }

  async replay(delivery, cell, state) {
    try {
      await this.api.post(`webhook_delivery/${delivery.id}/replay/`);
      announce("It is sent again.");
      await this.detail(delivery, cell, state);
    } catch (error) {
      announce(errorWords(error));
      cell.append(problem(error));
    }
  }
}

function stateOf({ status, next_attempt_at: next, attempts: made }) {
  const chip = element("span", { class: `chip ${status === "delivered" ? "done" : status}` }, stateWords(status));
  return status === "pending" && made && next ? [chip, ` again ${moment(next)}`] : [chip];
}

function attempts(log) {
  if (!log.length) return element("p", {}, "Not tried yet.");
  return element("ol", { class: "attempts" }, log.map(({ created_at: when, answer, error }) =>
    element("li", {}, `${moment(when)}: ${answer ? `answered ${answer}` : `no answer (${error})`}`)));
}

function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body || "";
  }
}
