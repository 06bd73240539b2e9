// What htmx does is said: a changed row shows for a second, finished work is announced, a failure speaks in words.
import { announce } from "./dom.js";
import { say } from "./toasts.js";

document.addEventListener("htmx:afterSwap", (event) => {
  const row = event.detail.elt;
  if (!row.matches?.("[data-rows] > *")) return;
  row.classList.add("is-new");
  setTimeout(() => row.classList.remove("is-new"), 1000);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const work = event.detail.target;
  if (work.matches?.("[data-progress]") && !event.detail.serverResponse.includes("data-progress")) announce("Finished");
});

document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  say(status === 403 ? "This is not yours to do. Nothing was changed." : `That did not work (${status}). Nothing was changed.`);
});

let away = false; // long work asks every second; one word about a lost connection is enough
document.addEventListener("htmx:sendError", () => {
  if (!away) say("The server does not answer. What you wrote is kept; try again in a moment.");
  away = true;
});
document.addEventListener("htmx:afterOnLoad", () => { away = false; });
