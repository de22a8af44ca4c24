"""Studies: findings computed from the marked articles. One module per notebook 02, 03, 04."""
