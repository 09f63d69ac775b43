/** The foot of the chat: the draft, the commands, invitations, «Начать» and «Разблокировать». */

import { $, el } from "./dom.js";

const NONE = -1;
const canHover = matchMedia("(hover: hover) and (pointer: fine)");

export class Composer {
  #field = $("composer");
  #suggest = $("suggest");
  #commands = [];
  #active = 0;
  #drafts = new Map(); // person -> text not sent yet
  #person = null;

  /** onText(text) sends; onUnblock() asks the server to unblock. */
  constructor({ onText, onUnblock }) {
    this.onText = onText;
    this.#field.addEventListener("input", () => this.#noteInput());
    this.#field.addEventListener("keydown", (event) => this.#noteKey(event));
    $("composer-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    // The textarea must keep the focus, or a phone's keyboard would close after each message.
    $("send").addEventListener("pointerdown", (event) => event.preventDefault());
    $("start").addEventListener("click", () => onText("/start"));
    $("unblock").addEventListener("click", onUnblock);
    $("links").addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (!chip) return;
      onText(`/start ${chip.dataset.start}`);
    });
    this.#setUpCommands();
  }

  /** Shows the foot for a person whose chat is not known yet. */
  open(person) {
    this.#person = person;
    this.#field.value = this.#drafts.get(person) ?? "";
    this.show({ commands: [], started: true, blocked: false, links: [] });
    this.#noteInput();
    if (canHover.matches) this.#field.focus();
  }

  show({ commands, started, blocked, links }) {
    this.setCommands(commands);
    this.setStarted(started);
    this.setBlocked(blocked);
    $("links").replaceChildren(
      ...links.map(({ title, start }) =>
        el("button", { type: "button", class: "chip", "data-start": start, "data-testid": "invite" }, el("span", { text: `Открыть приглашение: ${title}` })),
      ),
    );
  }

  setCommands(commands) {
    this.#commands = commands;
    $("commands").hidden = commands.length === 0;
  }

  setStarted(started) {
    $("start").hidden = started;
  }

  /** The person has written this: the bot is started, and an invitation may be opened by it. */
  noteSent(text) {
    this.setStarted(true);
    for (const chip of $("links").querySelectorAll("button")) if (text === `/start ${chip.dataset.start}`) chip.remove();
  }

  setBlocked(blocked) {
    $("blocked").hidden = !blocked;
    $("composer-form").hidden = blocked;
    $("links").hidden = blocked;
  }

  /** Whether the open chat takes messages. */
  get mayWrite() {
    return this.#person !== null && !$("composer-form").hidden;
  }

  /** Gives back a text that could not be sent, unless something new is being typed. */
  restore(person, text) {
    if (person !== this.#person || this.#field.value) return;
    this.#field.value = text;
    this.#noteInput();
  }

  #send(text = this.#field.value.trim()) {
    if (!text) return;
    this.#field.value = "";
    this.#noteInput();
    this.onText(text);
  }

  #noteInput() {
    const text = this.#field.value;
    this.#drafts.set(this.#person, text);
    // An unseen copy of the text stretches the field; measuring it instead would make the chat above jump.
    this.#field.parentElement.dataset.copy = `${text} `;
    $("composer-form").classList.toggle("typed", text !== "");
    const found = /^\/[^\s]*$/u.test(text) ? this.#matching(text.slice(1).toLowerCase()) : [];
    this.#drawSuggest(found);
  }

  #matching(start) {
    return this.#commands
      .filter(({ command }) => command.startsWith(start))
      .sort((a, b) => (b.command === start) - (a.command === start));
  }

  #noteKey(event) {
    if (event.isComposing) return;
    const options = this.#suggest.hidden ? [] : [...this.#suggest.children];
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (options.length && move) {
      event.preventDefault();
      const next = this.#active === NONE && move < 0 ? options.length - 1 : this.#active + move;
      this.#setActive((next + options.length) % options.length);
    } else if (options[this.#active] && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.#field.value = `/${options[this.#active].dataset.command} `;
      this.#noteInput();
    } else if (options.length && event.key === "Escape") {
      this.#drawSuggest([]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (options[this.#active]) this.#pick(options[this.#active].dataset.command);
      else this.#send();
    }
  }

  #setUpCommands() {
    const button = $("commands");
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => this.#drawSuggest(this.#suggest.hidden ? this.#commands : [], NONE));
    this.#suggest.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#suggest.addEventListener("click", (event) => {
      const option = event.target.closest("button");
      if (option) this.#pick(option.dataset.command);
    });
    $("composer-form").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#drawSuggest([]);
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.#suggest.hidden && !$("composer-form").contains(event.target)) this.#drawSuggest([]);
    });
  }

  /** A command chosen from the menu leaves a draft alone; a typed beginning of a command is used up. */
  #pick(command) {
    this.#drawSuggest([]);
    if (this.#field.value.startsWith("/")) this.#send(`/${command}`);
    else this.onText(`/${command}`);
  }

  #drawSuggest(commands, active = 0) {
    this.#suggest.replaceChildren(
      ...commands.map(({ command, description }) =>
        el(
          "button",
          { type: "button", role: "option", class: "option", id: `command-${command}`, "data-command": command, "data-testid": `command-${command}` },
          el("span", { text: description }),
          el("small", { text: `/${command}` }),
        ),
      ),
    );
    this.#suggest.hidden = commands.length === 0;
    $("commands").setAttribute("aria-expanded", String(!this.#suggest.hidden));
    if (commands.length) this.#setActive(active);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  #setActive(place) {
    this.#active = place;
    [...this.#suggest.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    const option = this.#suggest.children[place];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#field.setAttribute("aria-activedescendant", option.id);
  }
}
