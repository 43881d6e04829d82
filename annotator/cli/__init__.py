"""Commands: text in, exit code out. stdout is data, stderr is talk."""
