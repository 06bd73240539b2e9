"""The three steps of an import on screen: a file, how it is understood, what came of it."""
