"""The screens. They hold no logic: what a screen can do, a command can do."""
