"""The administrative units of Việt Nam by time, as data."""
