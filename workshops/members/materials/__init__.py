"""Screens of materials (資料)."""
