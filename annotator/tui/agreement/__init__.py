"""What the agreement screens draw: numbers as bars and matrices, and what stands behind them."""
