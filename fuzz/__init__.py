"""Fuzzing: laws that hold for any text and any file, and one command to try each for minutes (`python -m fuzz`)."""
