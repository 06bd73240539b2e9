// A file dropped on .drop goes into its file field.
import { on } from "./dom.js";

for (const type of ["dragenter", "dragover"]) on(type, ".drop", (event, drop) => { event.preventDefault(); drop.classList.add("is-over"); });
for (const type of ["dragleave", "drop"]) on(type, ".drop", (_, drop) => drop.classList.remove("is-over"));
on("drop", ".drop", (event, drop) => {
  event.preventDefault();
  const field = drop.querySelector("[type=file]");
  if (!field || !event.dataTransfer.files.length) return;
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
