"""Traditional text becomes simplified text."""

from tifa.reading.script import simplify


def test_simplify_keeps_lines():
    assert simplify("堅決打贏\n疫情殲滅戰") == "坚决打赢\n疫情歼灭战"
