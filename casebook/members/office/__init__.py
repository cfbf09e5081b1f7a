"""The secretariat's office of this room."""
