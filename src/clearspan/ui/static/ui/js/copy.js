// Copies the field beside the button, and says so; where the browser refuses, the field is left chosen for Ctrl-C.
import { announce, on } from "./dom.js";

on("click", "[data-copies]", async (_, button) => {
  const field = button.previousElementSibling;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    announce("Press Ctrl-C to copy");
    return;
  }
  announce("Copied");
  button.textContent = "Copied";
});
