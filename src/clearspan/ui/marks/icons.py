"""Few icons, drawn for Clearspan: 16 px, stroke 1.4, round ends, the colour of the text."""

ICONS = {
    "search": '<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>',
    "theme": '<circle cx="8" cy="8" r="5.2"/><path d="M8 2.8v10.4a5.2 5.2 0 0 0 0-10.4Z" fill="currentColor"/>',
    "menu": '<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h7"/>',
    "down": '<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>',
    "up": '<path d="m4.5 9.5 3.5-3.5 3.5 3.5"/>',
    "updown": '<path d="m5 6 3-3 3 3M5 10l3 3 3-3"/>',
    "right": '<path d="M2.5 8h10.5M9.5 4.5 13 8l-3.5 3.5"/>',
    "today": '<path d="M2.5 12.5h11M4.5 12.5a3.5 3.5 0 0 1 7 0M8 3.5V6M2.8 6.6l1.5 1.3M13.2 6.6l-1.5 1.3"/>',
    "asks": '<path d="M2.5 3.5h11v7.5H8l-3.2 2.5V11H2.5Z"/>',
    "road": '<path d="M2.5 4h6M5.5 8h6M9 12h4.5"/>',
    "market": '<circle cx="8" cy="8" r="5.5"/><circle cx="8" cy="8" r="2"/>',
    "book": '<path d="M3.5 2.5h9v11h-9zM5.5 5.5h5M5.5 8h5M5.5 10.5h3"/>',
    "door": '<path d="M4 13.5v-11h8v11M2.5 13.5h11M9.7 8v.4"/>',
    "list": '<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.1M2.5 8h.1M2.5 12h.1"/>',
    "plus": '<path d="M8 3.5v9M3.5 8h9"/>',
    "check": '<path d="m3 8.5 3.3 3.3L13 4.8"/>',
    "undo": '<path d="M5.5 3 2.5 6l3 3M2.5 6h7a3.5 3.5 0 0 1 0 7H6"/>',
    "gear": '<circle cx="8" cy="8" r="2.2"/><path d="M8 2.2v2M8 11.8v2M2.2 8h2M11.8 8h2M3.9 3.9l1.4 1.4"/>'
    '<path d="m10.7 10.7 1.4 1.4M3.9 12.1l1.4-1.4M10.7 5.3l1.4-1.4"/>',
    "in": '<path d="M8 2.5V10M5 7.2 8 10l3-2.8M2.5 13h11"/>',
    "close": '<path d="m4 4 8 8M12 4l-8 8"/>',
}


def icon(name: str) -> str:
    """The icon as markup, always beside a word or within a control that has a name."""
    return f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{ICONS[name]}</svg>'
