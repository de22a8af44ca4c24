"""tifa."""
