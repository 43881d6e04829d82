"""What the adjudicate screen shows and does, without the screen."""
