"""みなも市: a fictional city by the water, for a first run, demonstrations and journeys.

One file a noun; `building.build()` puts them in, through the same actions as people do. Everything is relative to
today, so that the calendar is never empty, and comes out the same every time. Numbers are samples (0000-00-000x).
"""
