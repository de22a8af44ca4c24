"""Studies: findings computed from the marked articles, one door per notebook 02, 03, 04.

``terms`` is made in ``counting``, ``visits`` in ``visiting``, ``phrases`` in ``phrasing``; ``copies`` and ``groups``
are for all of them.
"""
