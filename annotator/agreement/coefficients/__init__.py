"""The coefficients: pure functions of complete counts, each with the source of its formula."""
