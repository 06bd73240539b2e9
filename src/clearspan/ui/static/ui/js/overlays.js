// Dialogs, menus, the rail on small screens, printing. What cannot be done now says why instead of doing nothing.
import { announce, on } from "./dom.js";

on("click", "[data-opens]", (event, button) => {
  event.preventDefault();
  document.getElementById(button.dataset.opens)?.showModal();
});
on("click", "[data-closes]", (_, button) => button.closest("dialog")?.close());
on("click", "[data-do=print]", () => print());

on("click", "[data-do=rail]", (_, button) => {
  const open = document.getElementById("rail").classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#rail a")?.focus();
});

// In the capture phase, so that nothing else hears of the press.
on("click", "[aria-disabled=true], [aria-busy=true]", (event, element) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (element.title) announce(element.title);
}, true);

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!event.target.closest("#rail, [data-do=rail]")) closeRail();
  if (event.target instanceof HTMLDialogElement && !inside(event.target, event)) event.target.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeRail();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

function closeRail() {
  document.getElementById("rail")?.classList.remove("is-open");
  document.querySelector("[data-do=rail]")?.setAttribute("aria-expanded", "false");
}

function inside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
}
