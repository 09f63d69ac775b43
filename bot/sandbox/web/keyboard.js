/** Inline keyboards: drawn and redrawn in place, with a spinner on a tapped button until the bot answers. */

import { sendTap } from "./api.js";
import { el, icon } from "./dom.js";

const GIVE_UP_MS = 10_000;
const ENDLESS_WORD = 24; // letters; longer words do not fit into a phone's row and have to be broken

/**
 * Remembers which taps still wait for the bot.
 * onAnswer gets the "answer" event of a tap made on this page, onError an Error, onChange runs when a spinner has to
 * appear or go.
 */
export class Taps {
  #waiting = new Map(); // "person message data" -> number of taps under way
  #open = new Map(); // query id -> closes its tap
  #early = new Map(); // answers that came before the reply to their own tap

  constructor({ onAnswer, onError, onChange }) {
    Object.assign(this, { onAnswer, onError, onChange });
  }

  isWaiting(person, messageId, data) {
    return this.#waiting.has(`${person} ${messageId} ${data}`);
  }

  async tap(person, messageId, data) {
    const key = `${person} ${messageId} ${data}`;
    this.#waiting.set(key, (this.#waiting.get(key) ?? 0) + 1);
    this.onChange(messageId);
    let closed = false;
    const close = () => {
      if (closed) return;
      closed = true;
      const left = this.#waiting.get(key) - 1;
      if (left > 0) this.#waiting.set(key, left);
      else this.#waiting.delete(key);
      this.onChange(messageId);
    };
    setTimeout(close, GIVE_UP_MS);
    try {
      const { query_id: query } = await sendTap(person, messageId, data);
      this.#open.set(query, close);
      const answer = this.#early.get(query);
      if (answer) this.answer(answer);
    } catch (error) {
      close();
      this.onError(error);
    }
  }

  /** Takes an "answer" event; an answer to a tap of another page is kept for a while and then forgotten. */
  answer(event) {
    const close = this.#open.get(event.query_id);
    if (!close) {
      this.#early.set(event.query_id, event);
      setTimeout(() => this.#early.delete(event.query_id), GIVE_UP_MS);
      return;
    }
    this.#open.delete(event.query_id);
    this.#early.delete(event.query_id);
    close();
    this.onAnswer(event);
  }
}

/**
 * Makes `holder` show the rows of buttons. Nodes that are already there are reused, so that a finger that is on its way
 * or a keyboard focus does not lose its button while the bot edits the message.
 */
export function drawKeyboard(holder, rows, isWaiting) {
  while (holder.children.length > rows.length) holder.lastChild.remove();
  rows.forEach((buttons, index) => {
    const row = holder.children[index] ?? holder.appendChild(el("div", { class: "keys" }));
    while (row.children.length > buttons.length) row.lastChild.remove();
    row.classList.toggle("few", buttons.length === 3);
    row.classList.toggle("many", buttons.length > 3);
    buttons.forEach((button, place) => drawButton(row, place, button, isWaiting));
  });
}

function drawButton(row, place, button, isWaiting) {
  let node = row.children[place];
  if (!node) {
    node = el("button", { type: "button", class: "key", "data-testid": "inline-button" }, el("span"));
    row.append(node);
  }
  const label = node.firstChild;
  if (label.textContent !== button.text) label.textContent = button.text;
  node.classList.toggle("endless", button.text.split(/\s/u).some((word) => word.length > ENDLESS_WORD));
  const isLink = button.url !== undefined;
  node.classList.toggle("link", isLink);
  if (isLink && !node.querySelector(".icon")) node.append(icon("out"));
  if (!isLink) node.querySelector(".icon")?.remove();
  delete node.dataset.data;
  delete node.dataset.url;
  if (isLink) node.dataset.url = button.url;
  else node.dataset.data = button.data;
  drawSpinner(node, isWaiting);
}

/** Shows or hides the spinner; the button stays enabled, since a fast second tap has to reach the bot. */
export function drawSpinner(node, isWaiting) {
  const waiting = node.dataset.data !== undefined && isWaiting(node.dataset.data);
  node.classList.toggle("waiting", waiting);
  if (waiting) node.setAttribute("aria-busy", "true");
  else node.removeAttribute("aria-busy");
}
