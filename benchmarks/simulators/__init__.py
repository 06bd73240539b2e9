"""Worlds of which the truth is known, for the benchmarks to be held against."""
