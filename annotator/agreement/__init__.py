"""Agreement between annotators: pure functions on plain values."""
