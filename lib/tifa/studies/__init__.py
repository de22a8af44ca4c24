"""Studies: findings computed from the marked articles, one door per notebook 02, 03, 04.

``terms`` (made in ``counting``), ``visits`` and ``phrases`` (made in ``phrasing``); ``copies`` is for all of them.
"""
