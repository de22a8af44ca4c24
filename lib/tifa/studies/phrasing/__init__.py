"""What :mod:`tifa.studies.phrases` is made of, a topic a module; its functions are the only doors that others use.

What all rest on: ``grouping`` (which documents, in which groups), ``matter`` (their characters, clause by clause),
``cutting`` (the words in them), ``repeats`` (strings that come again, by a suffix array).

======================  ===============================================================================================
shared, leave_one_out   ``shared``, over ``maximal`` (as far as two groups agree) and ``trim`` (cut back to words)
positions, occurrences  ``positions``
variants, differences   ``variants``, over ``alike`` (which wordings are near) and ``align`` (where they differ)
frames, fillers         ``frames``, over ``building`` (``parallels``, ``echoes`` and ``correlatives``, each an
                        ``instance``) and ``digests`` (四方责任)
reuse, closest          ``reuse``
passages                ``passages``
agreement               ``agreement``
diffusion               ``diffusion``
links                   ``links``
======================  ===============================================================================================
"""
