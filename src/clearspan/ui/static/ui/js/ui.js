// Everything a page does in the browser. Each module listens on the document, so what htmx swaps in works at once.
import "./theme.js";
import "./overlays.js";
import "./keys.js";
import "./rows.js";
import "./toasts.js";
import "./palette.js";
import "./filters.js";
import "./choose.js";
import "./drafts.js";
import "./three-point.js";
import "./drop.js";
import "./moves.js";
import "./scroll.js";
import "./copy.js";
import "./security-key.js";
import "./htmx.js";
