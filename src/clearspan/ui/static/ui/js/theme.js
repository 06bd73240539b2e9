// Light, dark or as the system has it; rows close or not. Choosing what the system shows anyway goes back to following it.
import { announce, on, remember, root } from "./dom.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

on("click", "[data-do=theme]", () => {
  const system = dark.matches ? "dark" : "light";
  const wanted = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
  remember("theme", wanted === system ? "" : wanted);
  announce(wanted === "dark" ? "Dark" : "Light");
});

on("click", "[data-do=density]", () => remember("density", root.dataset.density ? "" : "compact"));
