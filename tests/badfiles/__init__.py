"""Deterministic generator of the bad, odd and hostile files the readers must stand."""
