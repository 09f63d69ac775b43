/** Links to the bot itself: who of the people opens one, and copying it. */

import { $, el } from "./dom.js";
import { showAlert, showToast } from "./overlays.js";
import { avatar } from "./people.js";

const FEW_PEOPLE = 7; // so many are seen at a glance; more need a search
const COPIED_MS = 2000;

/** What a person writes to the bot by opening the link; null for a link that does not lead to this bot. */
export function startCommand(address, username) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  let bot = null;
  if (url.protocol === "tg:") bot = url.searchParams.get("domain");
  else if (/^(t|telegram)\.me$/.test(url.hostname)) bot = url.pathname.replace(/^\/|\/$/g, "");
  if (!bot || bot.toLowerCase() !== username.toLowerCase()) return null;
  const token = url.searchParams.get("start");
  return token ? `/start ${token}` : "/start";
}

/** Copies a link and says so; where the browser forbids it, shows the link to be copied by hand. */
export async function copyLink(address) {
  if (await copied(address)) showToast("Ссылка скопирована");
  else showAlert(address);
}

async function copied(text) {
  try {
    // Outside https and localhost there is no clipboard at all, hence an error as well.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export class LinkSheet {
  #dialog = $("link-dialog");
  #address = "";
  #command = "";
  #current = null;

  /** `people` is the PeopleList; onChosen(person, command) opens the link on behalf of that person. */
  constructor({ people, onChosen }) {
    this.people = people;
    $("link-search").addEventListener("input", () => this.#draw());
    $("link-people").addEventListener("click", (event) => {
      const row = event.target.closest(".person");
      if (!row) return;
      this.#dialog.close();
      onChosen(Number(row.dataset.id), this.#command);
    });
    $("link-newcomer").addEventListener("click", () => {
      this.#dialog.close();
      people.inviteNewcomer((person) => onChosen(person, this.#command));
    });
    $("link-copy").addEventListener("click", () => this.#copy());
  }

  /** Asks who opens the link. `current` is the person whose chat is open. */
  ask(address, command, current) {
    this.#address = address;
    this.#command = command;
    this.#current = current;
    $("link-address").textContent = address.replace(/^https?:\/\//, "");
    $("link-copy").textContent = "Скопировать";
    $("link-search").value = "";
    $("link-search-line").hidden = this.people.found("").length <= FEW_PEOPLE;
    this.#draw();
    this.#dialog.showModal();
    $("link-list").scrollTop = 0;
  }

  async #copy() {
    if (!(await copied(this.#address))) {
      this.#dialog.close();
      showAlert(this.#address);
      return;
    }
    $("link-copy").textContent = "Скопировано";
    setTimeout(() => ($("link-copy").textContent = "Скопировать"), COPIED_MS);
  }

  #draw() {
    const found = this.people.found($("link-search").value);
    $("link-people").replaceChildren(...found.map((person) => el("li", {}, this.#row(person))));
    $("link-none").hidden = found.length > 0;
  }

  #row(person) {
    const hint = person.hint ? ` · ${person.hint}` : "";
    return el(
      "button",
      { type: "button", class: "person", "data-id": person.id, "data-testid": `opener-${person.id}` },
      avatar(person),
      el(
        "span",
        { class: "person-body" },
        el("span", { class: "person-top" }, el("b", { text: person.name }), person.id === this.#current ? el("small", { text: "сейчас вы" }) : null),
        el("span", { class: "person-role" }, el("i", { text: person.role }), person.blocked ? " · бот заблокирован" : hint),
      ),
    );
  }
}
