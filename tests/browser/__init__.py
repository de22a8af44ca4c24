"""The notebooks and reports in a browser."""
