/** What lies over the chat for a moment: the toast, the alert, the photo viewer, the small menus. */

import { $ } from "./dom.js";

const TOAST_MS = 2500;
const TOAST_MS_PER_LETTER = 45;

let toastTimer = 0;

export function showToast(text) {
  const toast = $("toast");
  clearTimeout(toastTimer);
  toast.textContent = text;
  toast.hidden = false;
  toastTimer = setTimeout(() => (toast.hidden = true), TOAST_MS + text.length * TOAST_MS_PER_LETTER);
}

export function hideToast() {
  $("toast").hidden = true;
}

export const showError = (error) => showToast(error.message);

/** The bot's alert: stays until it is closed. */
export function showAlert(text) {
  $("alert-text").textContent = text;
  if (!$("alert-dialog").open) $("alert-dialog").showModal();
}

/** Opens a photo over the whole page; `name` is what it is saved as. */
export function showPhoto(url, name) {
  const viewer = $("viewer");
  $("viewer-image").src = url;
  $("viewer-save").href = url;
  $("viewer-save").download = name;
  viewer.classList.remove("zoomed");
  viewer.showModal();
}

/** Ties a button to a popup it opens; Escape, a click elsewhere and a choice close it. */
export function setUpMenu(button, popup) {
  const toggle = (open) => {
    popup.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) popup.querySelector("button")?.focus();
  };
  button.addEventListener("click", () => toggle(popup.hidden));
  popup.addEventListener("click", () => toggle(false));
  document.addEventListener("pointerdown", (event) => {
    if (!popup.hidden && !popup.contains(event.target) && !button.contains(event.target)) toggle(false);
  });
  popup.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    toggle(false);
    button.focus();
  });
}

/** Clicks that are the same in all dialogs: «Отмена», the cross, and the darkened surroundings close. */
export function setUpDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
  }
  // A chart is read closely: a click on the photo shows it at its own size, another one fits it again.
  $("viewer-stage").addEventListener("click", (event) => {
    if (event.target === $("viewer-image")) $("viewer").classList.toggle("zoomed");
    else $("viewer").close();
  });
}
