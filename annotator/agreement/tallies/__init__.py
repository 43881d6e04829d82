"""What is counted in each document, from which every measure is made."""
