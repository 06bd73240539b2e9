// Cuts a quote: what is marked in [data-quotable] goes, word for word, into every field called [data-quote], and is
// underlined. With nothing marked, the quote is taken away again.
let marked = null; // the last words marked: pressing a button may let go of them

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (selection.rangeCount && !selection.isCollapsed && within(selection)) marked = selection.getRangeAt(0).cloneRange();
});
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-quotable]")) marked = null;
});
document.addEventListener("htmx:afterSwap", () => { marked = null; });

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-do=quote]")) return;
  const text = document.querySelector("[data-quotable]");
  for (const old of text.querySelectorAll("mark")) old.replaceWith(...old.childNodes);
  text.normalize();
  const words = marked?.toString().replace(/\s+/g, " ").trim() ?? "";
  if (words) underline(marked);
  for (const field of document.querySelectorAll("[data-quote]")) field.value = words;
  const said = document.querySelector("[data-quote-said]");
  said.textContent = words ? "What is underlined is the quote; it goes with the next link." : "There is no quote. Mark a sentence first, then press s.";
  document.getElementById("status").textContent = words ? `Quote: ${words}` : "No quote";
  marked = null;
  getSelection().removeAllRanges();
});

function within(selection) {
  const text = document.querySelector("[data-quotable]");
  return Boolean(text) && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
}

// A range may run over paragraphs, which one <mark> may not: each piece of text in it gets its own.
function underline(range) {
  const root = range.commonAncestorContainer;
  const pieces = [];
  const walker = document.createTreeWalker(root.nodeType === Node.TEXT_NODE ? root.parentNode : root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) pieces.push(walker.currentNode);
  for (const piece of pieces) {
    const part = document.createRange();
    part.setStart(piece, piece === range.startContainer ? range.startOffset : 0);
    part.setEnd(piece, piece === range.endContainer ? range.endOffset : piece.length);
    if (part.toString().trim()) part.surroundContents(document.createElement("mark"));
  }
}
