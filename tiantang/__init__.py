"""Tiantang: a community platform that comes with its own operations department."""

__version__ = "0.1.0"
