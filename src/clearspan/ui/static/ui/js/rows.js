// j and k walk [data-rows], Enter opens the row's link, x marks its box. data-rows="follow" opens while walking (three panes).
import { resting } from "./keys.js";

const LINK = "[data-row-link], .name a, a";

document.addEventListener("keydown", (event) => {
  if (!["j", "k", "x", "Enter"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || resting(event.target)) return;
  const list = document.querySelector("[data-rows]");
  const rows = list ? [...list.children].filter((row) => !row.matches(".group, .sum")) : [];
  const at = rows.findIndex((row) => row.ariaCurrent === "true");
  if (event.key === "j" || event.key === "k") move(list, rows, at, event.key === "j" ? 1 : -1);
  else if (event.key === "x") rows[at]?.querySelector("[type=checkbox]")?.click();
  else if (!event.target.closest("a, button, summary, input")) rows[at]?.querySelector(LINK)?.click();
});

// What the pointer opens becomes the row that the keys go on from.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[data-rows] > *");
  if (row) mark([...row.parentElement.children], row);
});

// After a swap the keys stay on the same row, or on the one that took its place.
let place = -1;
document.addEventListener("htmx:beforeSwap", () => { place = rowsNow().findIndex((row) => row.ariaCurrent === "true"); });
document.addEventListener("htmx:afterSettle", () => {
  const rows = rowsNow();
  if (place < 0 || !rows.length || rows.some((row) => row.ariaCurrent === "true")) return;
  mark(rows, rows[Math.min(place, rows.length - 1)]);
});

function rowsNow() {
  return [...(document.querySelector("[data-rows]")?.children ?? [])];
}

function move(list, rows, at, step) {
  if (!rows.length) return;
  const row = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
  mark(rows, row);
  row.scrollIntoView({ block: "nearest" });
  const link = row.querySelector(LINK);
  (link ?? row).focus({ preventScroll: true });
  if (list.dataset.rows === "follow") link?.click();
}

function mark(rows, current) {
  for (const row of rows) {
    if (row === current) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}
