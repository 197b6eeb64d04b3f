"""The words of the rules, as TOML that a linguist can edit."""
