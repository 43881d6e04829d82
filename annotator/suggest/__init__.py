"""Suggesters: what may be an entity or event in a document, with a source and a score."""
