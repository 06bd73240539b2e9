"""The whole company as one file, and back: `clearspan export`, `clearspan restore`, `clearspan backup`.

An archive is a zip: tables as JSON lines, files by their content, a manifest with the digest of every member, a stamp.
docs/reference/export.md describes it field by field, from the models themselves.
"""
