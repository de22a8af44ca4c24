"""What :mod:`tifa.studies.phrases` is made of, a topic a module."""
