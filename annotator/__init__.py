"""Annotate entities and events in news text, in the terminal."""

__version__ = "0.1.0"
