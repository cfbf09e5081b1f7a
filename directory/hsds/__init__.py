"""The desks as HSDS 3.0 (Human Services Data Specification), the format of service directories around the world.

desk → service, organisation → organization, a way to reach it → phone, contact or location (by kind), hours →
schedules. What HSDS cannot say (holidays, exceptions, what makes a channel easier to bear) stands in attributes with
terms of a taxonomy of our own, so that nothing is lost on the way out and back (docs/developer/open-data.md).
"""
