// Filters send themselves. What else the address says stays; an empty filter leaves it; the count of pages starts again.
import { on } from "./dom.js";

on("change", "[data-sends]", (_, field) => field.form?.requestSubmit());

on("submit", "form[data-filters]", (event, form) => {
  event.preventDefault();
  const url = new URL(location.href);
  url.searchParams.delete("page");
  for (const name of new Set([...form.elements].map((field) => field.name).filter(Boolean))) url.searchParams.delete(name);
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.append(name, value);
  location.assign(url);
});

// The list's first box ticks all of them; [data-chosen] shows how many, and what can be done with them only then.
on("change", "[data-all]", (_, box) => {
  for (const one of box.form?.elements ?? []) if (one.type === "checkbox" && one !== box) one.checked = box.checked;
});
on("change", "form:has([data-chosen]) [type=checkbox]", (_, box) => {
  const chosen = [...box.form.elements].filter((one) => one.type === "checkbox" && one.checked && !one.matches("[data-all]")).length;
  const bar = box.form.querySelector("[data-chosen]");
  bar.hidden = chosen === 0;
  const count = bar.querySelector("[data-chosen-count]");
  if (count) count.textContent = String(chosen);
});
