"""What :mod:`tifa.studies.visits` is made of, a topic a module; its functions are the only doors that others use.

``visits`` makes the table, a ``report`` at a time, and ``tallies`` (kinds, leaders, points) counts its rows. A report
is read by ``tour``, sentence by sentence, which asks in this order:

====================  ================================================================================================
which verb            ``verbs`` (来到, 检查, 在 …; and words such as 要 and 将 that say nobody went there)
which day             ``days`` (a date that dates a visit, not an earlier event)
which places          :mod:`tifa.marking.slots` behind a verb; before the leader ``clauses`` (B村,他问价), and
                      ``scenes`` where a place is described first
whether they came     ``presence`` (from the words around the place)
which leader          ``leaders`` (the cast of officials, and who of them acts in a clause)
which township        ``ground`` (city, district and township that still hold; at first ``home_district``),
                      ``whereabouts`` (from the stops before)
which stops           ``arrivals`` (each place set into its ground), ``stops`` (without duplicates and summaries)
who else, meetings    ``attendance`` (company, rows of meetings), ``meetings`` (whether a sentence tells of one)
====================  ================================================================================================
"""
