"""Values: documents, spans, events, schemes, suggestions and one annotator's annotations.

Standard library only. Everything here is immutable; `start` and `end` are half-open code point
offsets into `Document.text`.
"""
