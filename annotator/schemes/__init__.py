"""Label schemes as files: TOML, brat's `annotation.conf`, checks, keys, guidelines."""
