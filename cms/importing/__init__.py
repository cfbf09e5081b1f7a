"""Reading tables that others wrote: bytes → lines with their place in the file, cells → values or a sentence.

Pure: no database, no models, no clock. Rooms add their layouts (`workshops.importing`, `directory.importing`).
"""
