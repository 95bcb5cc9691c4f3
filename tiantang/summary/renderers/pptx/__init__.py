"""Slides: every slide a ticket, every chart and table native and editable."""

from __future__ import annotations

from tiantang.summary.renderers.pptx.deck import render_pptx

__all__ = ["render_pptx"]
