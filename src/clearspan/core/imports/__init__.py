"""Brings files of other systems in: evidence, accounts, deals, segments.

A file is read as a stream (readers), its columns are understood (columns), its cells become values (values), its rows
are staged in a temporary table (staging), and the kind of import (kinds) turns them into rows of its own tables, all in
one transaction (running). What an import brought is taken back whole (undoing). actions.py is what people call.
"""
