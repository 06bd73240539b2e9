// The few helpers the modules share.
export const root = document.documentElement;

/** Calls `handler(event, element)` for events that reach an element matching `selector`, now or later in the page. */
export function on(type, selector, handler, options) {
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element ? event.target.closest(selector) : null;
    if (element) handler(event, element);
  }, options);
}

/** Runs `prepare` on each match, now and in whatever htmx brings later. */
export function each(selector, prepare) {
  const over = (node) => {
    if (node.matches?.(selector)) prepare(node);
    for (const found of node.querySelectorAll(selector)) prepare(found);
  };
  over(document);
  document.addEventListener("htmx:load", (event) => over(event.detail.elt));
}

/** True while letters belong to what is being written. */
export function writing(target) {
  return target instanceof Element && Boolean(target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"));
}

export function visible(element) {
  return element.getClientRects().length > 0;
}

/** Says `words` to a screen reader without moving anything. */
export function announce(words) {
  const status = document.getElementById("status");
  if (status) status.textContent = words;
}

/** Keeps a choice of this person for a year; an empty one is forgotten. The server reads it before the first paint. */
export function remember(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${value ? 31536000 : 0}; SameSite=Lax${secure}`;
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
}

/** Sends a form that is not on the page: how a key or the palette does an action. What the address asks goes into the form. */
export function post(url) {
  const target = new URL(url, location.href);
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const values = [["csrfmiddlewaretoken", headers["X-CSRFToken"] ?? ""], ["next", location.pathname + location.search], ...target.searchParams];
  const form = document.createElement("form");
  form.method = "post";
  form.action = target.pathname;
  for (const [name, value] of values) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
