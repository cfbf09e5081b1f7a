"""`/consult/`: writing to a desk without an account, and coming back with the receipt code."""
