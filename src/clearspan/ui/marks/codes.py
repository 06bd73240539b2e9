"""Codes that a camera reads."""

from __future__ import annotations

from clearspan.ui.marks.svg import Drawing, fmt, rect

QUIET = 4  # modules of paper around it, as the standard (ISO/IEC 18004) wants


def qr(words: str, *, alt: str, size: float = 208) -> Drawing:
    """`words` as a QR code of about `size` px; each module is whole pixels wide, so that its edges are sharp."""
    from qrcode.main import QRCode

    code = QRCode(border=0)
    code.add_data(words)
    code.make(fit=True)
    modules = code.get_matrix()
    step = max(1, round(size / (len(modules) + 2 * QUIET)))
    whole = step * (len(modules) + 2 * QUIET)
    squares = "".join(
        f"M{fmt((x + QUIET) * step)} {fmt((y + QUIET) * step)}h{step}v{step}h-{step}z"
        for y, row in enumerate(modules)
        for x, dark in enumerate(row)
        if dark
    )
    ink = f'<path class="code-ink" shape-rendering="crispEdges" d="{squares}"/>'
    return Drawing(whole, whole, rect("code-paper", 0, 0, whole, whole) + ink, alt)
