"""What :mod:`tifa.studies.terms` is made of, a topic a module; its functions are the only doors that others use.

What all rest on: ``counts`` (tokens, groups and terms as arrays), ``measures`` (G², log ratio, intervals, corrections),
``permutation`` (exact p and the smallest that can be reached).

============================  =========================================================
frequency, crosstab, top      ``frequency``, with ``content``, ``part``, ``dictionary_effect``
keyness                       ``keyness``
dispersion, positions         ``dispersion``
concordance                   ``concordance``
collocates, cooccurrence      ``collocates``
discover, judged              ``discover``
share                         ``share``
============================  =========================================================
"""
