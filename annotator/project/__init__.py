"""The one door for commands and screens: opens a project and does everything with it."""
