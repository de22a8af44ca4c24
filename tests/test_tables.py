import pytest

from tifa import tables


@pytest.mark.parametrize("name", sorted(tables.TABLES))
def test_an_empty_table_has_its_columns_and_types(name):
    empty = tables.table(name, [])
    assert [(c.name, c.dtype) for c in tables.TABLES[name]] == [(n, str(t)) for n, t in empty.dtypes.items()]


@pytest.mark.parametrize("name", sorted(tables.TABLES))
def test_every_column_is_explained(name):
    assert all(column.meaning for column in tables.TABLES[name])


def test_unknown_column():
    with pytest.raises(ValueError, match="no column colour"):
        tables.table("documents", [{"doc": "a", "colour": "red"}])
