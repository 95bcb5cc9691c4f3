"""Failures that have a clear, one-line reason for the person who asked."""

from __future__ import annotations


class TiantangError(Exception):
    """Something that was asked for cannot be done; the text is one sentence that says why and what to do.

    The command line prints it without a traceback and exits with 1.
    """
