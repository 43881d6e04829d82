"""Suggestions by patterns that people write: token patterns, regular expressions, phrases."""
