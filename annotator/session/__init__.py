"""What happens over time: state, commands, undo, and which document comes next."""
