// What is wider than its box can be scrolled by the keyboard too; what fits is no stop on the way. A picture of time
// starts at its newest end, or where what is forecast begins.
import { each } from "./dom.js";

const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

each(".scroll, .fig-table", (box) => {
  watch.observe(box);
  const start = box.querySelector(":scope > svg.newest > .from-here");
  if (start) box.scrollLeft = start.cx.baseVal.value - box.clientWidth / 3;
  else if (box.querySelector(":scope > svg.newest")) box.scrollLeft = box.scrollWidth;
});
