"""The store: one SQLite file, an append-only history, and current state that it can rebuild."""
