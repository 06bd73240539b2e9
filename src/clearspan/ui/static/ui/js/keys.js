// A verb has one letter, printed on its button; pressing it presses the button. `?` lists what this page knows.
// Letters rest while something is being written and while a dialog is open, and can be switched off (WCAG 2.1.4).
import { announce, each, on, remember, root, visible, writing } from "./dom.js";

const SEND = "Ctrl ↵";
const GENERAL = [["Ctrl K", "Find, or do anything"], ["j k", "Next row, row before"], ["Enter", "Open the row"], ["x", "Mark the row"],
  ["z", "Undo"], [SEND, "Send what you are writing"], ["Esc", "Leave"], ["?", "These keys"]];

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") send(event);
  if (event.ctrlKey || event.metaKey || event.altKey || resting(event.target)) return;
  if (event.key === "?") {
    event.preventDefault();
    list();
    return;
  }
  const button = event.key.length === 1 && buttonFor(event.key);
  if (!button) return;
  event.preventDefault();
  button.click();
});

on("click", "[data-do=keys]", list);
on("change", "[data-do=keys-off]", (_, box) => {
  remember("keys", box.checked ? "off" : "");
  announce(box.checked ? "Single letters are off" : "Single letters are on");
});
each("[data-do=keys-off]", (box) => { box.checked = root.dataset.keys === "off"; });

export function resting(target) {
  return root.dataset.keys === "off" || writing(target) || Boolean(document.querySelector("dialog[open]"));
}

export function verbs() {
  return [...document.querySelectorAll("[data-key]")].filter(visible)
    .map((button) => ({ button, key: button.dataset.key, label: label(button) }));
}

function buttonFor(key) {
  return [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(visible);
}

function label(button) {
  if (button.ariaLabel) return button.ariaLabel;
  const copy = (button.labels?.[0] ?? button).cloneNode(true);
  for (const extra of copy.querySelectorAll("kbd, svg")) extra.remove();
  return copy.textContent.trim();
}

function send(event) {
  const form = event.target.closest?.("form");
  const button = form ? null : buttonFor(SEND);
  if (!form && !button) return;
  event.preventDefault();
  if (form) form.requestSubmit(form.querySelector("button.primary") ?? undefined);
  else button.click();
}

function list() {
  const dialog = document.getElementById("keys");
  if (!dialog || dialog.open) return;
  const own = verbs().filter(({ key }) => key !== SEND).map(({ key, label: words }) => [key, words]);
  dialog.querySelector("dl").replaceChildren(...[...own, ...GENERAL].flatMap(([key, words]) => {
    const term = document.createElement("dt");
    term.append(...key.split(" ").flatMap((part) => [Object.assign(document.createElement("kbd"), { textContent: part }), " "]));
    return [term, Object.assign(document.createElement("dd"), { textContent: words })];
  }));
  dialog.showModal();
}
