/** The column of messages: order, days, and a scroll position that does not jump. */

import { dayKey, dayLabel } from "./dates.js";
import { $, el } from "./dom.js";
import { drawSpinner } from "./keyboard.js";
import { createMessage, drawMessage } from "./message.js";

const NEAR_BOTTOM_PX = 32;

export class Thread {
  #scroller = $("thread");
  #inner = $("thread-inner");
  #jump = $("jump");
  #count = $("jump-count");
  #nodes = new Map(); // message id -> its node
  #stick = true; // the reader is at the bottom and wants to stay there
  #unseen = 0;
  #height = 0; // of the room for messages when it was last observed

  /** isWaiting(messageId, data) tells which inline buttons spin. */
  constructor(isWaiting) {
    this.isWaiting = isWaiting;
    // A scroll event may be told after the room has changed already; then it is the observer's turn.
    const note = () => this.#scroller.clientHeight === this.#height && this.#noteScroll();
    this.#scroller.addEventListener("scroll", note, { passive: true });
    this.#jump.addEventListener("click", () => this.toBottom());
    // The room shrinks when a phone's keyboard or a long draft appears; the last message must stay in sight.
    const resized = new ResizeObserver(() => {
      this.#height = this.#scroller.clientHeight;
      if (this.#stick) this.toBottom();
      else this.#noteScroll();
    });
    resized.observe(this.#scroller);
  }

  clear() {
    this.#inner.replaceChildren();
    this.#nodes.clear();
    this.#setUnseen(0);
    this.#stick = true;
  }

  /** Brings the column to exactly these messages: new ones drawn, changed ones redrawn, the rest removed. */
  sync(messages) {
    this.#keepPlace(() => {
      this.#inner.querySelector(".empty")?.remove();
      const ids = new Set(messages.map((message) => message.id));
      for (const id of [...this.#nodes.keys()]) if (!ids.has(id)) this.#drop(id);
      for (const message of messages) this.#put(message);
    });
  }

  /** What is shown while there is no message. */
  showEmpty(node) {
    if (!this.#nodes.size) this.#inner.replaceChildren(node);
  }

  edit(message) {
    if (this.#nodes.has(message.id)) this.#keepPlace(() => this.#put(message));
  }

  remove(id) {
    this.#keepPlace(() => this.#drop(id));
  }

  /** Adds a message; returns false when it was there already. */
  add(message) {
    if (this.#nodes.has(message.id)) {
      this.edit(message);
      return false;
    }
    this.#inner.querySelector(".empty")?.remove();
    const mine = message.from === "user";
    const follow = mine || this.#stick;
    let node = null;
    this.#keepPlace(() => {
      node = this.#put(message);
      node.classList.add("fresh");
    });
    if (!follow) this.#setUnseen(this.#unseen + 1);
    else if (!mine && node.offsetHeight > this.#scroller.clientHeight) this.#toTopOf(node);
    else this.toBottom();
    return true;
  }

  /** Another day has come: what was «Сегодня» is not any more. */
  redrawDays() {
    for (const day of this.#inner.querySelectorAll(".day")) day.querySelector(".day-label span").textContent = dayLabel(day.began);
  }

  redrawSpinners(messageId) {
    const buttons = this.#nodes.get(messageId)?.querySelectorAll(".key") ?? [];
    for (const button of buttons) drawSpinner(button, (data) => this.isWaiting(messageId, data));
  }

  toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#noteScroll();
  }

  // A message longer than the screen is read from its beginning.
  #toTopOf(node) {
    const delta = node.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
    this.#scroller.scrollTop += delta - 44;
    this.#noteScroll();
  }

  #put(message) {
    let node = this.#nodes.get(message.id);
    const state = JSON.stringify(message);
    if (node?.drawn === state) return node;
    if (!node) {
      node = createMessage(message);
      this.#nodes.set(message.id, node);
      this.#place(node, message);
    }
    drawMessage(node, message, (data) => this.isWaiting(message.id, data));
    node.drawn = state;
    return node;
  }

  #place(node, message) {
    const day = this.#day(message.date);
    let before = null;
    for (let last = day.lastElementChild; last?.dataset.id; last = last.previousElementSibling) {
      if (Number(last.dataset.id) < message.id) break;
      before = last;
    }
    day.insertBefore(node, before);
  }

  #day(seconds) {
    const key = dayKey(seconds);
    const days = [...this.#inner.querySelectorAll(".day")];
    const found = days.find((day) => Number(day.dataset.day) === key);
    if (found) return found;
    const day = el("section", { class: "day", "data-day": key }, el("div", { class: "day-label" }, el("span", { text: dayLabel(seconds) })));
    day.began = seconds;
    this.#inner.insertBefore(day, days.find((other) => Number(other.dataset.day) > key) ?? null);
    return day;
  }

  #drop(id) {
    const node = this.#nodes.get(id);
    if (!node) return;
    const day = node.parentElement;
    node.remove();
    this.#nodes.delete(id);
    if (!day.querySelector(".msg")) day.remove();
  }

  /** Runs a change so that the reader sees the same place after it: the bottom, or the message at the top of the view. */
  #keepPlace(change) {
    if (this.#stick) {
      change();
      this.toBottom();
      return;
    }
    const top = this.#scroller.getBoundingClientRect().top;
    const anchor = [...this.#inner.querySelectorAll(".msg")].find((node) => node.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) this.#scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  #noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#stick = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    if (this.#stick) this.#setUnseen(0);
    this.#jump.hidden = this.#stick;
  }

  #setUnseen(count) {
    this.#unseen = count;
    this.#count.textContent = count;
    this.#count.hidden = count === 0;
  }
}
