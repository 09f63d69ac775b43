/** The page as a whole: which person is open, what the server's events change, what the person's actions send. */

import * as api from "./api.js";
import { Attachments } from "./attachments.js";
import { Calls } from "./calls.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { $, el, icon } from "./dom.js";
import { Taps } from "./keyboard.js";
import { copyLink, LinkSheet, startCommand } from "./links.js";
import { plainText } from "./message.js";
import { hideToast, setUpDialogs, setUpMenu, showAlert, showError, showPhoto, showToast } from "./overlays.js";
import { PeopleList } from "./people.js";
import { Thread } from "./thread.js";

const TYPING_MS = 5000;
const OFFLINE_AFTER_MS = 700;
const ANNOUNCED_LETTERS = 400;

let current = null; // id of the person whose chat is open
let botUsername = "";
let loading = 0; // fetches of the chat under way; events that come meanwhile wait in `held`
let held = [];
let visit = 0; // grows with each opened chat, so that a late answer of an older fetch is dropped
let sending = Promise.resolve();
let typingTimer = 0;
let offlineTimer = 0;
let readTimer = 0;

const taps = new Taps({
  onAnswer: ({ text, alert }) => text && (alert ? showAlert(text) : showToast(text)),
  onError: showError,
  onChange: (messageId) => thread.redrawSpinners(messageId),
});
const thread = new Thread((messageId, data) => taps.isWaiting(current, messageId, data));
const people = new PeopleList({ onOpen: go });
const calls = new Calls((id) => people.nameOf(id));
const composer = new Composer({ onText: sendText, onUnblock: () => setBlocked(false) });
const clock = new Clock({ onDay: redrawDays, onZone: redrawTimes });
const linkSheet = new LinkSheet({ people, onChosen: openAs });
new Attachments({ onFile: sendFile, mayWrite: () => composer.mayWrite });

// --- which chat is open -------------------------------------------------------------------------

function hashPerson() {
  const id = Number(/^#person=(-?\d+)$/.exec(location.hash)?.[1]);
  return Number.isSafeInteger(id) && id !== 0 ? id : null;
}

function go(id) {
  if (id !== hashPerson()) {
    // On a phone the list is a screen of its own, and the system's back gesture has to lead to it.
    const fromList = document.body.dataset.view === "list";
    history[fromList ? "pushState" : "replaceState"]({ fromList }, "", `#person=${id}`);
  }
  route();
}

function goBack() {
  if (history.state?.fromList) history.back();
  else {
    history.replaceState(null, "", location.pathname);
    route();
  }
}

function route() {
  const id = hashPerson();
  document.body.dataset.view = id === null ? "list" : "chat";
  if (id === current) return;
  current = id;
  visit += 1;
  loading = 0;
  held = [];
  stopTyping();
  hideToast();
  thread.clear();
  people.select(id);
  calls.select(id);
  drawPerson();
  if (id === null) return;
  composer.open(id);
  loadChat();
}

async function loadChat() {
  const mine = visit;
  const id = current;
  loading += 1;
  try {
    const chat = await api.getChat(id);
    if (mine !== visit) return;
    botUsername = chat.bot.username;
    $("bot-name").textContent = chat.bot.name;
    composer.show(chat);
    drawBlocked(chat.blocked);
    thread.sync(chat.messages);
    if (!chat.messages.length) thread.showEmpty(emptyChat(chat));
    markReadSoon();
  } catch (error) {
    if (mine === visit) showError(error);
  } finally {
    if (mine === visit && --loading === 0) for (const event of held.splice(0)) take(event);
  }
}

function emptyChat({ bot, started, links }) {
  let advice = "Сообщений пока нет. Напишите что-нибудь или выберите команду.";
  if (!started) advice = links.length ? "Откройте приглашение или нажмите «Начать»." : "Нажмите «Начать», чтобы познакомиться с ботом.";
  return el("div", { class: "empty" }, el("span", { class: "avatar bot-avatar" }, icon("bot")), el("b", { text: bot.name }), el("p", { text: advice }));
}

function drawPerson() {
  const person = people.get(current);
  $("as-person").textContent = person ? ` · вы: ${person.name}` : "";
  if (person) drawBlocked(person.blocked);
  document.title = `${people.unread ? `(${people.unread}) ` : ""}${person?.name ?? "Песочница бота"}`;
}

function drawBlocked(blocked) {
  composer.setBlocked(blocked);
  $("block").textContent = blocked ? "Разблокировать" : "Заблокировать бота";
  $("block").dataset.blocked = blocked ? "yes" : "";
}

// --- what the server tells ----------------------------------------------------------------------

function take(event) {
  const here = event.person !== undefined && event.person === current;
  if (here && loading && event.type !== "answer") {
    held.push(event);
    return;
  }
  switch (event.type) {
    case "message":
      people.noteMessage(event.person, plainText(event.message), event.message.date);
      if (here) arrive(event.message);
      break;
    case "edit":
      if (here) {
        thread.edit(event.message);
        announce(event.message);
      }
      break;
    case "delete":
      if (here) thread.remove(event.message_id);
      break;
    case "answer":
      taps.answer(event);
      break;
    case "commands":
      if (here) composer.setCommands(event.commands);
      break;
    case "typing":
      if (here) startTyping();
      break;
    case "people":
      people.merge(event.people);
      drawPerson();
      break;
    case "clock":
      clock.set(event.clock);
      break;
    case "call":
      calls.add(event.call);
      break;
  }
}

function arrive(message) {
  const isNew = thread.add(message);
  if (message.from === "user") {
    composer.noteSent(plainText(message));
    return;
  }
  stopTyping();
  if (!isNew) return;
  announce(message);
  markReadSoon();
}

function announce(message) {
  if (message.from !== "bot") return;
  const buttons = (message.keyboard ?? []).flat().map((button) => button.text);
  const tail = buttons.length ? `. Кнопки: ${buttons.join(", ")}` : "";
  $("announcer").textContent = `Бот: ${plainText(message).slice(0, ANNOUNCED_LETTERS)}${tail}`;
}

function startTyping() {
  clearTimeout(typingTimer);
  $("typing").hidden = false;
  typingTimer = setTimeout(stopTyping, TYPING_MS);
}

function stopTyping() {
  clearTimeout(typingTimer);
  $("typing").hidden = true;
}

function markReadSoon() {
  clearTimeout(readTimer);
  const id = current;
  readTimer = setTimeout(() => {
    if (id !== null && id === current && !document.hidden) api.markRead(id).catch(() => {});
  }, 250);
}

function setOffline(offline) {
  clearTimeout(offlineTimer);
  const show = () => document.body.classList.toggle("is-offline", offline);
  // A break shorter than a blink is not worth a line.
  if (offline) offlineTimer = setTimeout(show, OFFLINE_AFTER_MS);
  else show();
}

function redrawDays() {
  thread.redrawDays();
  people.redraw();
}

function redrawTimes() {
  thread.clear();
  people.redraw();
  if (current !== null) loadChat();
}

async function refresh() {
  const [list, log, present] = await Promise.all([api.getPeople(), api.getCalls(), api.getClock()]);
  clock.set(present);
  people.replace(list);
  calls.replace(log);
  drawPerson();
}

// --- what the person does -----------------------------------------------------------------------

// One after another: two messages typed fast must reach the bot in the order they were typed.
function sendInTurn(send, onFail) {
  const id = current;
  sending = sending.then(async () => {
    try {
      const message = await send(id);
      if (id === current) arrive(message);
    } catch (error) {
      showError(error);
      onFail?.(id);
    }
  });
}

function sendText(text) {
  sendInTurn((id) => api.sendText(id, text), (id) => composer.restore(id, text));
}

function sendFile(file, kind, caption) {
  sendInTurn((id) => api.sendFile(id, file, kind, caption));
}

async function setBlocked(blocked) {
  try {
    people.merge([await api.setBlocked(current, blocked)]);
    drawPerson();
  } catch (error) {
    showError(error);
  }
}

/** Opens a link to the bot itself on behalf of a person, whose chat comes to the front. */
function openAs(person, command) {
  go(person);
  sendText(command);
}

function openLink(address) {
  const command = startCommand(address, botUsername);
  if (command) linkSheet.ask(address, command, current);
  else window.open(address, "_blank", "noopener");
}

const linkOf = (target) => (target.matches(".key") ? target.dataset.url : target.href);

$("thread-inner").addEventListener("click", (event) => {
  const target = event.target.closest(".key, .photo, .command, .text a");
  if (!target) return;
  const messageId = Number(target.closest(".msg").dataset.id);
  if (target.matches(".photo")) showPhoto(target.dataset.url, target.dataset.name);
  else if (target.matches(".command")) sendText(target.dataset.command);
  else if (linkOf(target) === undefined) taps.tap(current, messageId, target.dataset.data);
  else {
    event.preventDefault();
    openLink(linkOf(target));
  }
});

// The second button of a mouse and a long press: the browser's own menu has no line for a button's link.
$("thread-inner").addEventListener("contextmenu", (event) => {
  const target = event.target.closest(".key.link, .text a");
  if (!target || (target.matches("a") && !startCommand(target.href, botUsername))) return;
  event.preventDefault();
  copyLink(linkOf(target));
});

$("back").addEventListener("click", goBack);
$("block").addEventListener("click", () => setBlocked(!$("block").dataset.blocked));
setUpMenu($("chat-menu"), $("chat-popup"));
setUpDialogs();

window.addEventListener("popstate", route);
document.addEventListener("visibilitychange", markReadSoon);

api.listen({
  onEvent: take,
  onDown: () => setOffline(true),
  onUp: () => {
    setOffline(false);
    refresh().catch(showError);
    if (current !== null) loadChat();
  },
});
refresh().catch(showError);
route();
