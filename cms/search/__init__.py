"""Search over the database's own full-text index, with Japanese words (docs/developer/search.md)."""
