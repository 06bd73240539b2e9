// What is being written is kept in this browser until it has been sent: form[data-draft="feedback:new"].
import { each, on } from "./dom.js";

const PAUSE = 400; // ms
const timers = new WeakMap();
const key = (form) => `draft:${form.dataset.draft}`;

const fields = (form) => [...form.elements].filter((field) => field.name && !field.closest("[data-boxes]") && !["hidden", "password", "file", "submit", "button"].includes(field.type));
const ticks = (field) => field.type === "checkbox" || field.type === "radio";
const read = (form) => fields(form).map((field) => (ticks(field) ? field.checked : field.value));

settle();
each("form[data-draft]", (form) => {
  const kept = load(key(form));
  const before = read(form);
  if (!kept || kept.values.length !== before.length || JSON.stringify(kept.values) === JSON.stringify(before)) return;
  write(form, kept.values);
  tell(form, kept.at, before);
});

on("input", "form[data-draft]", (_, form) => {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form), PAUSE));
});

// Sent is not yet arrived: the draft is dropped by the page that follows, unless that says something was wrong.
on("submit", "form[data-draft]", (_, form) => {
  clearTimeout(timers.get(form));
  keep(form, true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches?.("form[data-draft]")) localStorage.removeItem(key(event.target));
});

function settle() {
  if (document.body.hasAttribute("data-keep-drafts")) return;
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith("draft:") || !load(name)?.sent) continue;
    const form = document.querySelector(`form[data-draft="${CSS.escape(name.slice(6))}"]`);
    if (!form?.querySelector("[aria-invalid=true]")) localStorage.removeItem(name);
  }
}

function keep(form, sent = false) {
  try {
    localStorage.setItem(key(form), JSON.stringify({ values: read(form), at: Date.now(), sent }));
  } catch { /* a full or closed storage keeps no draft; the form itself still stands */ }
}

function load(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(form, values) {
  fields(form).forEach((field, i) => {
    if (ticks(field)) field.checked = values[i];
    else field.value = values[i];
  });
}

function tell(form, at, before) {
  const note = document.createElement("p");
  note.className = "form-note";
  note.setAttribute("role", "status");
  const time = new Date(at).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Start afresh" });
  button.addEventListener("click", () => {
    write(form, before);
    localStorage.removeItem(key(form));
    note.remove();
  });
  note.append(`Your draft of ${time} is back. `, button);
  form.prepend(note);
}
