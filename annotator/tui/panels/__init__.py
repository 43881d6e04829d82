"""What stands around the document: header, status, card, labels."""
