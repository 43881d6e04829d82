"""The report: every pair of annotators, by layer, label and document."""
