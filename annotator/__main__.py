"""`python -m annotator` is the `annotator` command."""

from annotator.cli.main import run

if __name__ == "__main__":
    run()
