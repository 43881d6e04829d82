"""From annotations to spaCy training data: the split, the config, the folder."""
