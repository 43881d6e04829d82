"""The one file that keeps a project: documents, suggestions, history and current annotations.

Only this package knows SQLite. It takes and gives values of `annotator.model`, entries and
changes; what a command means is for the session to know.
"""
