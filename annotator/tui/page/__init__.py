"""A document laid out and painted: rows, marks, brackets, cells."""
