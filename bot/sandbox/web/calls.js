/** The log of the bot's API calls: a column on a wide screen, a sheet on a narrow one. */

import { timeSeconds } from "./dates.js";
import { $, el } from "./dom.js";

const KEEP = 200;
const REMEMBERED = "sandbox.calls";
const wide = matchMedia("(min-width: 1100px)");

export class Calls {
  #calls = [];
  #person = null;
  #panel = $("calls");
  #due = false;

  /** nameOf(chatId) gives the name of the person whose chat it is. */
  constructor(nameOf) {
    this.nameOf = nameOf;
    $("calls-toggle").addEventListener("click", () => this.#toggle(this.#panel.hidden));
    $("calls-close").addEventListener("click", () => this.#toggle(false));
    $("shade").addEventListener("click", () => this.#toggle(false));
    $("calls-only").addEventListener("change", () => this.#draw());
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !wide.matches) this.#toggle(false);
    });
    $("calls-list").addEventListener("click", (event) => event.target.closest("li")?.classList.toggle("full"));
    // A sheet left open over a phone's chat would hide it, so only the column comes and goes with the width.
    wide.addEventListener("change", () => this.#settle());
    this.#settle();
  }

  replace(calls) {
    this.#calls = calls.slice(-KEEP);
    this.#drawSoon();
  }

  add(call) {
    this.#calls.push(call);
    if (this.#calls.length > KEEP) this.#calls.shift();
    this.#drawSoon();
  }

  select(person) {
    this.#person = person;
    this.#drawSoon();
  }

  #settle() {
    this.#show(wide.matches && localStorage.getItem(REMEMBERED) !== "closed");
  }

  #toggle(open) {
    if (wide.matches) localStorage.setItem(REMEMBERED, open ? "open" : "closed");
    this.#show(open);
    if (wide.matches) return;
    if (open) this.#panel.focus();
    else $("calls-toggle").focus();
  }

  #show(open) {
    this.#panel.hidden = !open;
    const sheet = open && !wide.matches;
    $("shade").hidden = !sheet;
    for (const pane of [$("people-pane"), $("chat")]) pane.inert = sheet;
    $("calls-toggle").setAttribute("aria-expanded", String(open));
    this.#draw();
  }

  // A mailing makes hundreds of calls in a second; one drawing a frame is enough.
  #drawSoon() {
    if (this.#due || this.#panel.hidden) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#draw();
    });
  }

  #draw() {
    if (this.#panel.hidden) return;
    const only = $("calls-only").checked;
    const shown = this.#calls.filter((call) => !only || call.chat_id === this.#person);
    const list = $("calls-list");
    const open = new Map([...list.children].map((item) => [item.call, item]));
    const fromBottom = list.scrollHeight - list.scrollTop;
    const atTop = list.scrollTop === 0;
    list.replaceChildren(...shown.reverse().map((call) => open.get(call) ?? this.#row(call)));
    if (!atTop) list.scrollTop = list.scrollHeight - fromBottom;
    $("calls-none").hidden = shown.length > 0;
  }

  #row(call) {
    const failed = call.status >= 400;
    const who = call.chat_id === null ? "" : this.nameOf(call.chat_id);
    const item = el(
      "li",
      { class: failed ? "failed" : "", title: call.summary },
      el("span", { class: "call-top" }, el("code", { text: call.method }), el("span", { class: "status", text: call.status }), el("span", { class: "ms", text: `${Math.round(call.ms)} мс` })),
      el("span", { class: "call-who" }, el("time", { text: timeSeconds(call.at) }), who ? ` ${who}` : null),
      call.summary ? el("span", { class: "call-summary", text: call.summary }) : null,
    );
    item.call = call;
    return item;
  }
}
