"""Reading: bytes of a saved page in, one clean article out. Nothing else knows what a page looks like."""
