from hypothesis import settings

# The same examples on every run: a test that fails by chance teaches nothing.
settings.register_profile("tifa", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("tifa")
