"""Formats: one module a format, both directions, one registry. None knows the store."""
