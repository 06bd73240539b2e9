// What was just done, for ten seconds, with its undo. `z` takes back the last of them, or what the shell knows was last.
import { each, post } from "./dom.js";
import { resting } from "./keys.js";

const SECONDS = 10;

class Toasts extends HTMLElement {
  connectedCallback() {
    document.body.addEventListener("say", (event) => this.say(event.detail.text, event.detail.undo));
  }

  say(text, undo = "") {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.append(Object.assign(document.createElement("span"), { textContent: text }));
    if (undo) {
      this.dataset.undo = undo;
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Undo" });
      button.addEventListener("click", () => this.undo());
      toast.append(button, Object.assign(document.createElement("kbd"), { textContent: "z" }));
    }
    this.append(toast);
    this.#leaveLater(toast);
  }

  undo() {
    const url = this.dataset.undo;
    if (!url) return false;
    this.dataset.undo = "";
    post(url);
    return true;
  }

  // The clock stands while somebody reads or reaches for it (WCAG 2.2.1).
  #leaveLater(toast) {
    let timer = 0;
    const start = () => { timer = setTimeout(() => toast.remove(), SECONDS * 1000); };
    const stop = () => clearTimeout(timer);
    for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, stop);
    for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, start);
    start();
  }
}
customElements.define("ui-toasts", Toasts);

each("template[data-toast]", (message) => {
  document.querySelector("ui-toasts")?.say(message.dataset.toast, message.dataset.undo);
  message.remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "z" || event.ctrlKey || event.metaKey || event.altKey || resting(event.target)) return;
  if (document.querySelector("ui-toasts")?.undo()) event.preventDefault();
});

/** For the other modules. */
export function say(text) {
  document.querySelector("ui-toasts")?.say(text);
}
