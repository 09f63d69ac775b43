/** The list of people one can be: avatars, unread badges, search, and the newcomer's dialog. */

import { addPerson } from "./api.js";
import { stamp } from "./dates.js";
import { $, el } from "./dom.js";
import { showError } from "./overlays.js";

const HUES = [210, 150, 28, 265, 340, 185, 5, 235];
const NEWCOMER_ROLE = "педагог";

export function avatar({ id, name }) {
  const initials = name.trim().split(/\s+/u).slice(0, 2).map((word) => [...word][0] ?? "").join("");
  const node = el("span", { class: "avatar", "aria-hidden": "true", text: initials.toUpperCase() });
  node.style.setProperty("--hue", HUES[Math.abs(id) % HUES.length]);
  return node;
}

// People type «Демин» when they look for Дёмин.
const letters = (text) => text.trim().toLocaleLowerCase("ru").replaceAll("ё", "е");

export class PeopleList {
  #people = new Map();
  #rows = new Map(); // person id -> {item, drawn}
  #current = null;
  #list = $("people");
  #onNewcomer = null; // what to do with the id of the person who is being added

  constructor({ onOpen }) {
    this.#list.addEventListener("click", (event) => {
      const row = event.target.closest(".person");
      if (row) onOpen(Number(row.dataset.id));
    });
    $("search").addEventListener("input", () => this.#draw());
    $("new-person").addEventListener("click", () => this.inviteNewcomer(onOpen));
    this.#setUpNewcomer();
  }

  get(id) {
    return this.#people.get(id);
  }

  nameOf(id) {
    return this.#people.get(id)?.name ?? String(id);
  }

  /** Unread messages of everybody but the current person. */
  get unread() {
    let sum = 0;
    for (const person of this.#people.values()) if (person.id !== this.#current) sum += person.unread;
    return sum;
  }

  replace(people) {
    const isFirst = this.#people.size === 0;
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#draw();
    if (isFirst) this.#rows.get(this.#current)?.item.scrollIntoView({ block: "nearest" });
  }

  merge(people) {
    for (const person of people) this.#people.set(person.id, person);
    this.#draw();
  }

  /** The last line of somebody's chat, known from a message event before the server tells it. */
  noteMessage(id, text, at) {
    const person = this.#people.get(id);
    if (person && at >= person.last_at) this.merge([{ ...person, last_text: text, last_at: at }]);
  }

  /** Writes the stamps anew: another day has come. */
  redraw() {
    this.#draw();
  }

  select(id) {
    this.#current = id;
    this.#draw();
    this.#rows.get(id)?.item.scrollIntoView({ block: "nearest" });
  }

  /** People with all these words in their name or role, the latest chat first. */
  found(words) {
    const wanted = letters(words).split(/\s+/u);
    return [...this.#people.values()]
      .filter(({ name, role }) => wanted.every((word) => letters(`${name} ${role}`).includes(word)))
      .sort((a, b) => b.last_at - a.last_at);
  }

  #draw() {
    const shown = this.found($("search").value);
    const wanted = shown.map((person) => this.#row(person));
    const ids = new Set(this.#people.keys());
    for (const id of [...this.#rows.keys()]) if (!ids.has(id)) this.#rows.delete(id);
    // Moving nodes only when the order changed keeps the focus and the scroll position of the list.
    const before = [...this.#list.children];
    if (before.length !== wanted.length || before.some((item, place) => item !== wanted[place])) {
      const top = this.#list.scrollTop;
      const focused = document.activeElement;
      this.#list.replaceChildren(...wanted);
      this.#list.scrollTop = top;
      if (this.#list.contains(focused)) focused.focus({ preventScroll: true });
    }
    $("people-none").hidden = shown.length > 0;
  }

  #row(person) {
    const current = person.id === this.#current;
    const drawn = JSON.stringify([person, current, person.last_at && stamp(person.last_at)]);
    const row = this.#rows.get(person.id) ?? { item: el("li"), drawn: "" };
    this.#rows.set(person.id, row);
    if (row.drawn === drawn) return row.item;
    row.drawn = drawn;
    const button = row.item.firstChild ?? row.item.appendChild(el("button", { type: "button", class: "person" }));
    button.dataset.id = person.id;
    button.dataset.testid = `person-${person.id}`;
    button.classList.toggle("current", current);
    if (current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    const unread = current && document.visibilityState === "visible" ? 0 : person.unread;
    const hint = person.hint ? ` · ${person.hint}` : "";
    const last = person.blocked ? "Бот заблокирован" : person.last_text || "Переписки пока нет";
    button.replaceChildren(
      avatar(person),
      el(
        "span",
        { class: "person-body" },
        el("span", { class: "person-top" }, el("b", { text: person.name }), person.last_at ? el("time", { text: stamp(person.last_at) }) : null),
        el("span", { class: "person-role", title: person.role + hint }, el("i", { text: person.role }), hint),
        el(
          "span",
          { class: "person-last" },
          el("span", { text: last }),
          unread ? el("span", { class: "badge", text: unread > 99 ? "99+" : unread, "aria-label": `Непрочитанных: ${unread}` }) : null,
        ),
      ),
    );
    return row.item;
  }

  /** Asks for the name of a new person; onAdded(id) runs once there is one. */
  inviteNewcomer(onAdded) {
    this.#onNewcomer = onAdded;
    $("new-form").reset();
    $("new-dialog").showModal();
  }

  #setUpNewcomer() {
    $("new-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const name = $("new-name").value.trim();
      if (!name) return;
      $("new-dialog").close();
      try {
        const person = await addPerson(name, NEWCOMER_ROLE);
        $("search").value = "";
        this.merge([person]);
        this.#onNewcomer(person.id);
      } catch (error) {
        showError(error);
      }
    });
  }
}
