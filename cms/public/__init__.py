"""What every public door of data has in common."""
