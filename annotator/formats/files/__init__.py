"""Files as bytes and as JSON: streams, archives, what a user names, and how far reading is."""
