"""Screens: each shows one thing and turns keys into commands."""
