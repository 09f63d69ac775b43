/** One message as a bubble: drawn once, then redrawn in place when the bot edits it. */

import { time } from "./dates.js";
import { el, icon } from "./dom.js";
import { drawKeyboard } from "./keyboard.js";

const PHOTO_WIDTH = 420;
const PHOTO_HEIGHT = 680;
const CAPTION_WIDTH = 240;

const UNITS = ["Б", "КБ", "МБ", "ГБ"];

/** A size in bytes in words a person uses: 48213 -> «47 КБ». */
function fileSize(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 1 && value < 10 ? 1 : 0;
  return `${value.toLocaleString("ru", { maximumFractionDigits: digits })} ${UNITS[unit]}`;
}

/** The words of a message without markup, for the list of people and for a screen reader. */
export function plainText(message) {
  const text = new DOMParser().parseFromString(message.html.replace(/<br>/g, " "), "text/html").body.textContent;
  if (text.trim()) return text.trim();
  if (message.photo) return "Фотография";
  if (message.document) return `Файл: ${message.document.name}`;
  return message.sticker ? `Стикер ${message.sticker}` : "";
}

export function createMessage(message) {
  const side = message.from === "bot" ? "in" : "out";
  return el("article", {
    class: `msg ${side}`,
    "data-testid": `message-${message.id}`,
    "data-id": message.id,
    "aria-label": side === "in" ? "Сообщение бота" : "Ваше сообщение",
  });
}

/** Draws the message into its node; isWaiting(data) tells which buttons spin. */
export function drawMessage(node, message, isWaiting) {
  let bubble = node.querySelector(".bubble");
  if (!bubble) {
    bubble = el("div", { class: "bubble" });
    node.append(bubble);
  }
  // A photo that stays is kept as a node: drawing it anew would make it blink.
  const oldPhoto = bubble.querySelector(".photo");
  const keepPhoto = oldPhoto && message.photo && oldPhoto.dataset.url === message.photo.url;
  const photo = message.photo ? (keepPhoto ? oldPhoto : drawPhoto(message.photo)) : null;
  if (!keepPhoto) oldPhoto?.remove();
  for (const child of [...bubble.children]) if (child !== photo) child.remove();
  if (photo && !keepPhoto) bubble.append(photo);
  if (message.document) bubble.append(drawDocument(message.document));
  if (message.sticker) bubble.append(el("div", { class: "sticker", text: message.sticker }));
  if (message.html) bubble.append(drawText(message));
  bubble.append(drawMeta(message));

  const keyboard = message.keyboard?.length ? message.keyboard : null;
  const bare = !message.html && !message.document;
  node.classList.toggle("only-photo", Boolean(photo) && bare);
  node.classList.toggle("only-sticker", Boolean(message.sticker) && bare && !photo);
  node.classList.toggle("with-photo", Boolean(photo));
  node.classList.toggle("with-keys", Boolean(keyboard));
  node.style.setProperty("--photo", photo ? `${photoWidth(message)}px` : "auto");

  let holder = node.querySelector(".keyboard");
  if (!keyboard) {
    holder?.remove();
    return;
  }
  if (!holder) {
    holder = el("div", { class: "keyboard", role: "group", "aria-label": "Кнопки сообщения" });
    node.append(holder);
  }
  drawKeyboard(holder, keyboard, isWaiting);
}

function photoWidth({ photo, html }) {
  const width = Math.min(PHOTO_WIDTH, photo.width, (PHOTO_HEIGHT * photo.width) / photo.height);
  return Math.round(Math.max(width, html ? CAPTION_WIDTH : 120));
}

function drawPhoto(photo) {
  const image = el("img", { src: photo.url, alt: "Фото", width: photo.width, height: photo.height, decoding: "async" });
  image.style.aspectRatio = `${photo.width} / ${photo.height}`;
  return el("button", { type: "button", class: "photo", "data-url": photo.url, "data-name": photo.name, "aria-label": "Открыть фото" }, image);
}

function drawDocument(file) {
  return el(
    "a",
    { class: "doc", href: file.url, download: file.name, title: file.name, "aria-label": `Скачать ${file.name}, ${fileSize(file.size)}` },
    ...documentRow(file, " · скачать"),
  );
}

/** The two halves of a document's line: a round with the kind of file, then its name and size. */
export function documentRow({ name, size }, note = "") {
  const kind = /[^.]\.([a-z0-9]{1,4})$/i.exec(name)?.[1];
  return [
    el("span", { class: "doc-icon", "aria-hidden": "true" }, kind ? el("span", { text: kind.toUpperCase() }) : icon("file")),
    el("span", { class: "doc-text" }, el("b", { text: name }), el("small", { text: fileSize(size) + note })),
  ];
}

function drawMeta(message) {
  const clock = el("time", { text: time(message.date) });
  return el("div", { class: "meta" }, message.edited ? el("span", { text: "изменено " }) : null, clock);
}

function drawText(message) {
  const box = el("div", { class: "text" });
  box.innerHTML = message.html;
  linkify(box);
  // An invisible copy of the time keeps the last line from running under the real one.
  const room = drawMeta(message);
  room.className = "room";
  room.setAttribute("aria-hidden", "true");
  box.append(room);
  return box;
}

const LINK = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]]|(?<![\p{L}\p{N}_/.:<>])\/[a-z][a-z0-9_]{0,31}(?![\p{L}\p{N}_/<>]|\.[\p{L}\p{N}])/giu;

/** Makes bare addresses and /commands in the text clickable, as messengers do. */
function linkify(box) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("a, code, pre")) texts.push(walker.currentNode);
  }
  for (const node of texts) {
    const parts = [];
    let end = 0;
    for (const match of node.data.matchAll(LINK)) {
      parts.push(node.data.slice(end, match.index));
      const found = match[0];
      parts.push(
        found.startsWith("/")
          ? el("button", { type: "button", class: "command", "data-command": found, text: found })
          : el("a", { href: found, text: found }),
      );
      end = match.index + found.length;
    }
    if (parts.length) node.replaceWith(...parts, node.data.slice(end));
  }
  for (const link of box.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
}
