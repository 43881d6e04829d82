"""How fast the annotate screen answers, beside the least that Textual can do."""
