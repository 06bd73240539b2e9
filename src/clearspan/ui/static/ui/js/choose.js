// A row found as one types: a combobox with a list, by the ARIA practices. `data-choose` is asked for names like the words
// in the field; with `data-many` what is chosen gets a box of its own and the field is free for the next.
import { announce, each } from "./dom.js";

const PAUSE = 150; // ms of rest before the server is asked

class Choice {
  #place; #input; #list; #timer; #asked;

  constructor(place) {
    this.#place = place;
    this.#input = place.querySelector("input:not([type=checkbox])");
    this.#list = document.createElement("span");
    this.#list.id = `${this.#input.id}-found`;
    this.#list.className = "pop choose-found";
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", this.#input.labels?.[0]?.textContent ?? this.#input.ariaLabel ?? "Found");
    place.append(this.#list);
    const said = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id };
    for (const [name, value] of Object.entries(said)) this.#input.setAttribute(name, value);
    this.#input.removeAttribute("list"); // the browser's own list would lie over this one
    const offered = [...place.querySelectorAll("datalist option")].map((option) => option.value);
    if (offered.length) this.#show(offered);
    this.#input.addEventListener("input", () => this.#soon());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.#list.addEventListener("click", (event) => this.#take(event.target.closest("[role=option]")));
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    this.#asked?.abort();
    this.#asked = new AbortController();
    const url = new URL(this.#place.dataset.choose, location.href);
    url.searchParams.set("q", this.#input.value.trim());
    try {
      const answer = await fetch(url, { signal: this.#asked.signal, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === this.#input) this.#show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.#close(); // offline: a name or a reference will do
    }
  }

  #show(names) {
    this.#list.replaceChildren(...names.map((name, at) => {
      const option = Object.assign(document.createElement("span"), { textContent: name, id: `${this.#list.id}-${at}` });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    this.#list.hidden = names.length === 0;
    this.#input.setAttribute("aria-expanded", String(names.length > 0));
    this.#mark(null);
    announce(names.length ? `${names.length} found` : "Nothing found");
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#mark(null);
  }

  #mark(option) {
    for (const one of this.#list.children) one.setAttribute("aria-selected", String(one === option));
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const options = [...this.#list.children];
    const at = options.findIndex((option) => option.ariaSelected === "true");
    const open = !this.#list.hidden;
    if (event.key === "ArrowDown" && !open) this.#ask();
    else if (event.key === "ArrowDown") this.#mark(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp" && open) this.#mark(options[(at <= 0 ? options.length : at) - 1]);
    else if (event.key === "Enter" && open && at >= 0) this.#take(options[at]);
    else if (event.key === "Escape" && open) this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #take(option) {
    if (!option) return;
    this.#input.value = option.textContent;
    if ("many" in this.#place.dataset) this.#add();
    this.#close();
    this.#input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** What stands in the field becomes a box that is ticked. */
  #add() {
    const [, words, reference] = this.#input.value.match(/^(.*) \(([A-Za-z]{2}-\d+)\)$/) ?? [];
    if (!reference) return;
    const boxes = this.#place.querySelector("[data-boxes]");
    const there = [...boxes.querySelectorAll("input")].find((box) => box.value === reference);
    if (there) there.checked = true;
    else {
      const label = document.createElement("label");
      label.append(Object.assign(document.createElement("input"), { type: "checkbox", name: this.#input.name, value: reference, checked: true }), ` ${words}`);
      boxes.append(label);
    }
    this.#input.value = "";
    announce(`${words} added`);
  }
}

each("[data-choose]:not(:has([role=combobox]))", (place) => new Choice(place)); // htmx shows the same place again
