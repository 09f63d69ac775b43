/** Talks to the sandbox server: one function for each request of the chat API, and the stream of events. */

/** Sends a request and returns the JSON answer; throws an Error with the server's Russian text. */
async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("Нет связи с сервером");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error || `Ошибка сервера: ${response.status}`);
  return body;
}

function post(path, body) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const getPeople = () => request("/chat/people");
export const addPerson = (name, role) => post("/chat/people", { name, role });
export const getChat = (person) => request(`/chat/people/${person}/messages`);
export const getClock = () => request("/chat/clock");
/** Moves the bot's clock by an "hour", a "day", or to the next "event". */
export const moveClock = (by) => post("/chat/clock", { by });
export const getCalls = () => request("/chat/calls");
export const sendText = (person, text) => post(`/chat/people/${person}/text`, { text });
export const sendTap = (person, messageId, data) =>
  post(`/chat/people/${person}/tap`, { message_id: messageId, data });
export const markRead = (person) => post(`/chat/people/${person}/read`, {});
export const setBlocked = (person, blocked) => post(`/chat/people/${person}/block`, { blocked });

/** Sends a file as a "photo" or as a "document". */
export function sendFile(person, file, kind, caption) {
  const form = new FormData();
  form.append("kind", kind);
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name);
  return request(`/chat/people/${person}/file`, { method: "POST", body: form });
}

const RETRY_MS = [500, 1000, 2000, 4000];

/**
 * Opens the event stream and keeps it open.
 * onEvent gets each parsed event; onUp runs at every opening, the first one included, because events
 * of the gap are lost and the caller has to fetch anew; onDown runs when the stream breaks.
 */
export function listen({ onEvent, onUp, onDown }) {
  let source = null;
  let failures = 0;
  let timer = 0;

  function open() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("/chat/events");
    source.onopen = () => {
      failures = 0;
      onUp();
    };
    source.onmessage = (event) => onEvent(JSON.parse(event.data));
    // The browser's own retry gives up for good on an HTTP error, so the retry is ours.
    source.onerror = () => {
      source.close();
      onDown();
      clearTimeout(timer);
      timer = setTimeout(open, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
    };
  }

  open();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && source.readyState === EventSource.CLOSED) open();
  });
  window.addEventListener("online", open);
}
