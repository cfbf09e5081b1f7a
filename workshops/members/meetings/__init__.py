"""`/members/meetings/`: meetings of bodies, from the search for a day to who was there."""
