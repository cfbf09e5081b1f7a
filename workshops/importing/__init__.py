"""Reading the event tables that municipalities publish: bytes → rows → `EventRow` or refusals.

Pure: no database, no models, no clock. The verb that stores what was read is
`workshops.actions.importing`.
"""
