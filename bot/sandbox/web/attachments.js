/** Files that a person sends: the paper clip, a paste, a drop onto the chat, and the dialog before sending. */

import { $, el } from "./dom.js";
import { documentRow } from "./message.js";
import { showToast } from "./overlays.js";

const MEGABYTE = 1024 * 1024;
const PHOTO_TYPES = new Set(["image/png", "image/jpeg"]);
const PHOTO_MEGABYTES = 10;
const DOCUMENT_MEGABYTES = 50;

export class Attachments {
  #file = null;
  #preview = null; // address of the picture shown in the dialog

  /** onFile(file, kind, caption) sends, kind is "photo" or "document"; mayWrite() tells whether a chat is open for it. */
  constructor({ onFile, mayWrite }) {
    this.mayWrite = mayWrite;
    $("attach").addEventListener("click", () => $("file").click());
    $("file").addEventListener("change", () => {
      this.#offer([...$("file").files]);
      $("file").value = "";
    });
    $("composer").addEventListener("paste", (event) => {
      // Cells copied from a spreadsheet come as a text and as a picture of it; the text is what was meant.
      if (event.clipboardData.types.includes("text/plain") || !event.clipboardData.files.length) return;
      event.preventDefault();
      this.#offer([...event.clipboardData.files]);
    });
    $("file-raw").addEventListener("change", () => this.#draw());
    $("file-dialog").addEventListener("close", () => this.#forgetPreview());
    $("file-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const kind = this.#kind;
      $("file-dialog").close();
      onFile(this.#file, kind, $("file-caption").value.trim());
    });
    this.#setUpDrop();
  }

  #setUpDrop() {
    const chat = $("chat");
    const hide = () => ($("drop").hidden = true);
    const welcome = (event) => event.dataTransfer.types.includes("Files") && this.mayWrite();
    chat.addEventListener("dragover", (event) => welcome(event) && ($("drop").hidden = false));
    chat.addEventListener("dragleave", (event) => chat.contains(event.relatedTarget) || hide());
    chat.addEventListener("drop", (event) => {
      hide();
      if (welcome(event)) this.#offer([...event.dataTransfer.files]);
    });
    // A file dropped beside the chat would replace the whole page.
    for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
  }

  get #mayBePhoto() {
    return PHOTO_TYPES.has(this.#file.type) && this.#file.size <= PHOTO_MEGABYTES * MEGABYTE;
  }

  get #kind() {
    return this.#mayBePhoto && !$("file-raw").checked ? "photo" : "document";
  }

  /** Shows what is going to be sent and asks for a caption. */
  #offer([file, ...others]) {
    if (!file || !this.mayWrite()) return;
    if (!file.size) {
      showToast("Файл пустой, отправлять нечего");
      return;
    }
    if (file.size > DOCUMENT_MEGABYTES * MEGABYTE) {
      showToast(`Файл больше ${DOCUMENT_MEGABYTES} МБ: такой отправить нельзя`);
      return;
    }
    this.#file = file;
    $("file-caption").value = "";
    $("file-raw").checked = false;
    $("file-raw-line").hidden = !this.#mayBePhoto;
    $("file-others").hidden = others.length === 0;
    this.#draw();
    $("file-dialog").showModal();
  }

  #draw() {
    const isPhoto = this.#kind === "photo";
    this.#forgetPreview();
    $("file-title").textContent = isPhoto ? "Отправить фото" : "Отправить файл";
    if (isPhoto) this.#preview = URL.createObjectURL(this.#file);
    const shown = isPhoto ? el("img", { src: this.#preview, alt: "" }) : el("div", { class: "doc" }, ...documentRow(this.#file));
    $("file-preview").replaceChildren(shown);
  }

  #forgetPreview() {
    if (this.#preview) URL.revokeObjectURL(this.#preview);
    this.#preview = null;
  }
}
