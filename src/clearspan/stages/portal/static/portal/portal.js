// Everything here is a help: each page does the same without it, with one page more in between.
import { solve } from "./work.js"

// Ideas like the one being written are looked for after a short rest, and shown below; the newest answer wins.
const REST = 250
for (const field of document.querySelectorAll("[data-similar]")) {
  const place = document.getElementById(field.dataset.shows)
  let timer = 0
  let asked = 0
  field.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const number = ++asked
      const text = field.value.trim()
      const answer = text.length < 8 ? "" : await look(field.dataset.similar, text)
      if (number === asked) show(place, answer)
    }, REST)
  })
}

async function look(address, text) {
  try {
    const response = await fetch(`${address}?${new URLSearchParams({ text: text.slice(0, 1000) })}`)
    return response.ok ? await response.text() : ""
  } catch {
    return ""
  }
}

// Nothing moves under the fingers: a list that is in use, by mouse or keys, stays until it is left.
function show(place, markup) {
  if (place.contains(document.activeElement)) return
  const parsed = new DOMParser().parseFromString(markup, "text/html")
  place.replaceChildren(...parsed.body.childNodes)
}

// While the portal is under attack a form comes with work, which is done when it is sent.
for (const form of document.querySelectorAll("form[data-work]")) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.work.value) return
    event.preventDefault()
    const button = event.submitter ?? form.querySelector("button")
    button.setAttribute("aria-busy", "true")
    form.elements.work.value = await solve(form.elements.form.value, Number(form.dataset.work))
    form.requestSubmit(button)
  })
}
