"""Text: the one tokenizer, offsets to tokens and back, sentences, and text made safe to show."""
