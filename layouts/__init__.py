"""What is seen before data: one module a page, component ids, shell and shared components."""
