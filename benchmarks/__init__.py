"""The speed and accuracy figures of Clearspan, each a command: `python -m benchmarks.NAME`.

A module prints a Markdown section and, through `report.write`, keeps it in docs/benchmarks.md with machine and date.
"""
