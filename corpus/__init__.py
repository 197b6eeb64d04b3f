"""Example lines, one file a kind of record: the tests and the manual of the rules (see extractor.examples)."""
