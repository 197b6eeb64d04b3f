"""WHAT is looked for: the knowledge of Vietnamese news. One module a kind of record, its words beside it."""
