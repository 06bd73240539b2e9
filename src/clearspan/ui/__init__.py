"""The design system: tokens, marks, components and the shell every screen is made of. Knows nothing of Clearspan's
other parts."""
