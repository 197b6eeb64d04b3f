"""Links: what each figure measures, where, when and as what; each link with the words that it was read from."""
