"""`/members/meetings/<id>/minutes/`: from the first word to the lock."""
