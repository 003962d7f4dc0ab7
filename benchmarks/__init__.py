"""Ratios against named rivals; nothing here is imported by the product."""
