/** The bot's clock above the page: its date and time, and the buttons that move it ahead. */

import { moveClock } from "./api.js";
import { dayKey, present, setClock, time, weekdayDay } from "./dates.js";
import { $ } from "./dom.js";
import { hideToast, showAlert, showError, showToast } from "./overlays.js";

const ABOUT = `По этим часам бот решает, о чём пора напомнить.

Переводить их можно только вперёд: что уже пришло, второй раз не приходит. К настоящему времени возвращает новая песочница:
python -m bot sandbox --reset`;

export class Clock {
  #panel = $("clock");
  #buttons = [...this.#panel.querySelectorAll("[data-by]")];
  #busy = false;
  #day = 0;

  /** onDay() runs when another day has come, onZone() when all times have to be written anew. */
  constructor({ onDay, onZone }) {
    this.onDay = onDay;
    this.onZone = onZone;
    $("clock-now").addEventListener("click", () => showAlert(ABOUT));
    for (const button of this.#buttons) button.addEventListener("click", () => this.#move(button));
    setInterval(() => this.#draw(), 1000);
  }

  /** The server's clock, or null while there is none. */
  set(clock) {
    this.#panel.hidden = clock === null;
    if (clock === null) return;
    const zoneChanged = setClock(clock);
    this.#draw();
    if (zoneChanged) this.onZone();
  }

  #draw() {
    const now = present();
    $("clock-time").textContent = time(now);
    $("clock-day").textContent = weekdayDay(now);
    if (dayKey(now) === this.#day) return;
    this.#day = dayKey(now);
    this.onDay();
  }

  async #move(button) {
    if (this.#busy) return;
    this.#setBusy(button);
    hideToast();
    try {
      const { told } = await moveClock(button.dataset.by);
      if (told) showToast(told);
    } catch (error) {
      showError(error);
    } finally {
      this.#setBusy(null);
    }
  }

  #setBusy(pressed) {
    this.#busy = pressed !== null;
    for (const button of this.#buttons) {
      button.classList.toggle("waiting", button === pressed);
      button.setAttribute("aria-disabled", String(this.#busy));
    }
  }
}
