"""Sinks: one file a format. Databases take batches in transactions, files are made at the end of a run."""
