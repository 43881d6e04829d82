"""What several annotators say otherwise, and how it is settled into the gold set."""
