"""The secretariat's office: screens of the room *who*."""
