"""Japanese text: words, spellings, readings, romaji, days. Knows no database and no search engine."""
