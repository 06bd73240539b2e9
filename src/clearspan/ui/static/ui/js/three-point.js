// Low, likely, high in a row: the interval beside them moves as they are written. [data-three-point] on the row.
import { announce, on } from "./dom.js";

const PAD = 5; // as in clearspan.ui.marks.intervals

on("input", "[data-three-point]", (_, row) => {
  const cells = Object.fromEntries([...row.querySelectorAll("[data-point]")].map((cell) => [cell.dataset.point, cell]));
  const value = (name) => number(cells[name].value);
  const [low, likely, high] = ["low", "likely", "high"].map(value);
  const wrong = { low: !(low <= likely), likely: Number.isNaN(likely), high: !(high >= likely) };
  for (const [name, cell] of Object.entries(cells)) {
    if (wrong[name]) cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
  }
  if (wrong.low || wrong.high || wrong.likely) announce("Low, likely and high must be numbers that rise");
  else draw(row.querySelector("[data-low]"), low, likely, high);
});

/** People write 1,070 and −0.1; an empty cell is not nought. */
function number(words) {
  const plain = words.trim().replaceAll(",", "").replace("−", "-");
  return plain === "" ? NaN : Number(plain);
}

function draw(cell, low, likely, high) {
  const svg = cell?.querySelector("svg");
  if (!svg) return;
  const [from, to] = [Number(cell.dataset.low), Number(cell.dataset.high)];
  const width = svg.viewBox.baseVal.width - 2 * PAD;
  const y = svg.viewBox.baseVal.height / 2;
  const x = (v) => (PAD + (Math.min(Math.max(v, from), to) - from) / (to - from) * width).toFixed(1);
  svg.querySelector(".iv-90").setAttribute("d", `M${x(low)} ${y}L${x(high)} ${y}`);
  const [left, right] = [x((low + likely) / 2), x((likely + high) / 2)];
  svg.querySelector(".iv-50").setAttribute("x", left);
  svg.querySelector(".iv-50").setAttribute("width", (right - left).toFixed(1));
  svg.querySelector(".iv-dot").setAttribute("cx", x(likely));
}
