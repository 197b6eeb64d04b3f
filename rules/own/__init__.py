"""Rulesets that come with the project and are used by name: `--rules workers`."""
