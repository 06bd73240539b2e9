// A bar of time that may be moved: dragged, or with the arrow keys, to another quarter. It then leads to what that would do.
import { announce, on } from "./dom.js";

const QUARTER = 3; // months
let held = null; // what is being dragged: { link, from, x }

on("pointerdown", "[data-moves]", (event, link) => {
  if (event.button === 0) held = { link, x: event.clientX, by: 0 };
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  held.by = event.clientX - held.x;
  shift(held.link, held.by * unit(held.link));
});
document.addEventListener("pointerup", () => {
  if (!held) return;
  const { link, by } = held;
  held = null;
  if (Math.abs(by) < 4) return shift(link, 0);
  link.dataset.dropped = "true"; // the click that follows a drag is not one
  lead(link, quarterOf(link, by * unit(link)));
});
document.addEventListener("pointercancel", () => {
  if (held) shift(held.link, 0);
  held = null;
});
on("dragstart", "[data-moves]", (event) => event.preventDefault());
on("click", "[data-moves]", (event, link) => {
  if (link.dataset.dropped) event.preventDefault();
  delete link.dataset.dropped;
});

on("keydown", "[data-moves]", (event, link) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.key === "Escape" && link.dataset.to) put(link, dateOf(link));
  else if (event.key === "Enter" && link.dataset.to) {
    event.preventDefault();
    lead(link, new Date(link.dataset.to));
  } else if (step) {
    event.preventDefault();
    put(link, later(new Date(link.dataset.to ?? link.dataset.moves), step));
  }
});

/** Shows the bar at another quarter, and says so. */
function put(link, day) {
  const days = (day - dateOf(link)) / 86400000;
  shift(link, days / Number(link.dataset.days));
  link.dataset.to = day.toISOString().slice(0, 10);
  announce(`${link.dataset.name} starts in Q${Math.floor(day.getUTCMonth() / QUARTER) + 1} ${day.getUTCFullYear()}. Enter shows what that does.`);
}

function lead(link, day) {
  const url = new URL(link.getAttribute("href"), location.href);
  url.searchParams.set("starts", day.toISOString().slice(0, 10));
  location.assign(url);
}

function shift(link, by) {
  if (by) link.setAttribute("transform", `translate(${by.toFixed(1)} 0)`);
  else link.removeAttribute("transform");
}

/** The figure may be shown smaller than it was drawn: its own pixels to one of the screen. */
function unit(link) {
  const svg = link.ownerSVGElement;
  return svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
}

const dateOf = (link) => new Date(link.dataset.moves);

/** The quarter whose first day is nearest to where the bar was put. */
function quarterOf(link, by) {
  const day = new Date(dateOf(link).getTime() + (by * Number(link.dataset.days) + 45) * 86400000);
  return later(day, 0);
}

/** The first day of the quarter that is `quarters` after the one of `day`. */
function later(day, quarters) {
  return new Date(Date.UTC(day.getUTCFullYear(), QUARTER * (Math.floor(day.getUTCMonth() / QUARTER) + quarters), 1));
}
