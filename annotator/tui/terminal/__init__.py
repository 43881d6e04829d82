"""Between Textual and the terminal: bytes in, cells out."""
