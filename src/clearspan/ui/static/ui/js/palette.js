// Ctrl-K: finds anything and does anything. A combobox over what the server finds and the verbs of this page.
import { on, post } from "./dom.js";
import { verbs } from "./keys.js";

const PAUSE = 120; // ms of rest before the server is asked

class Palette extends HTMLElement {
  #dialog; #input; #list; #asked; #timer;
  #shown = []; // what stands in the list
  #own = []; // the verbs of the page, taken before the dialog covers them

  connectedCallback() {
    this.#dialog = this.querySelector("dialog");
    this.#input = this.querySelector("input");
    this.#list = this.querySelector("[role=listbox]");
    this.#input.addEventListener("input", () => this.#soon());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#take(this.#shown[Number(option.dataset.at)]);
    });
  }

  open() {
    if (this.#dialog.open) return;
    this.#input.value = "";
    this.#own = verbs().filter(({ key }) => key.length === 1);
    this.#dialog.showModal();
    this.#show(this.#here(""));
    this.#ask();
  }

  #here(query) {
    const words = query.toLowerCase();
    return this.#own.filter(({ label }) => label.toLowerCase().includes(words))
      .map(({ button, key, label }) => ({ label, kind: `on this page, ${key}`, button }));
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    this.#asked?.abort();
    this.#asked = new AbortController();
    const query = this.#input.value.trim();
    try {
      const url = new URL(this.dataset.url, location.href);
      url.searchParams.set("q", query);
      const answer = await fetch(url, { signal: this.#asked.signal, headers: { Accept: "application/json" } });
      this.#show([...(answer.ok ? await answer.json() : []), ...this.#here(query)]);
    } catch (error) {
      if (error.name !== "AbortError") this.#show(this.#here(query));
    }
  }

  #show(found) {
    this.#shown = found;
    this.#list.replaceChildren(...found.map((item, at) => {
      const option = document.createElement("div");
      option.setAttribute("role", "option");
      option.id = `found-${at}`;
      option.dataset.at = String(at);
      option.append(Object.assign(document.createElement("span"), { textContent: item.label }),
        Object.assign(document.createElement("small"), { textContent: item.kind ?? "" }));
      return option;
    }));
    this.#input.setAttribute("aria-expanded", String(found.length > 0));
    this.#select(0);
  }

  #select(at) {
    const options = [...this.#list.children];
    const chosen = options[(at + options.length) % (options.length || 1)];
    for (const option of options) option.setAttribute("aria-selected", String(option === chosen));
    if (chosen) this.#input.setAttribute("aria-activedescendant", chosen.id);
    else this.#input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const at = [...this.#list.children].findIndex((option) => option.ariaSelected === "true");
    if (event.key === "ArrowDown") this.#select(at + 1);
    else if (event.key === "ArrowUp") this.#select(at - 1);
    else if (event.key === "Enter") this.#take(this.#shown[at]);
    else return;
    event.preventDefault();
  }

  #take(item) {
    if (!item) return;
    this.#dialog.close();
    if (item.button) item.button.click();
    else if (item.action) post(item.action);
    else location.assign(item.url);
  }
}
customElements.define("ui-palette", Palette);

const open = () => document.querySelector("ui-palette")?.open();
on("click", "[data-do=find]", open);
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  open();
});
