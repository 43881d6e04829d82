"""Widgets paint what they are given and report what was done to them."""
