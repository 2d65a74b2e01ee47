"""Whether a row holds a word, as a condition for queries: the search index has the words of each row.

A condition looks one row of the index up by its key for each row that a list comes by, and nothing where the
list has other reasons to leave a row out. It is no walk along the index of words: a list keeps its own order
and stops when its page is full, which takes longer by as many rows as are left out on the way.
"""

from django.db.models import BooleanField, Func, Value

POSTS, COMMENTS, TAGS = "moments_post", "moments_comment", "moments_tag"
# How many columns of an index hold words; of the key and of what is no word it has further ones.
WORD_COLUMNS = {POSTS: 4, COMMENTS: 1, TAGS: 1}
# What was written and is not entered yet.
MARKED_TABLE = "search_marked"


def index_name(table):
    """What the table is called that holds the words of this one."""
    return f"search_{table}"


class Holds(Func):
    """Whether a row of a table that is searched holds one of some words.

    Args:
        key: an expression for the key of the row.
        words: the words as the analyser folds them, with spaces between their parts: texts or expressions.
        table: one of WORD_COLUMNS.
    """

    output_field = BooleanField()

    def __init__(self, key, *words, table):
        words = (Value(word) if isinstance(word, str) else word for word in words)
        super().__init__(key, *words, table=table)

    def as_sql(self, compiler, connection, **context):
        """In SQLite the words of a row are a text of prepared tokens with spaces between them."""
        columns = " || ' | ' || ".join(
            f"held.c{number}" for number in range(WORD_COLUMNS[self.extra["table"]])
        )
        found = f"instr(' ' || {columns} || ' ', ' ' || {{}} || ' ') > 0"
        return self._exists(compiler, f"{index_name(self.extra['table'])}_content", found)

    def as_postgresql(self, compiler, connection, **context):
        """In PostgreSQL they are a vector, which is asked for the parts of the word side by side."""
        quoted = "chr(39) || replace(({})::text, ' ', chr(39) || ' <-> ' || chr(39)) || chr(39)"
        return self._exists(compiler, index_name(self.extra["table"]), f"held.vector @@ ({quoted})::tsquery")

    def _exists(self, compiler, table, found):
        (key, values), *words = (compiler.compile(part) for part in self.source_expressions)
        any_of = " OR ".join(found.format(word) for word, _values in words)
        asked = [*values, *(value for _word, found_values in words for value in found_values)]
        return f"EXISTS (SELECT 1 FROM {table} AS held WHERE held.id = {key} AND ({any_of}))", asked


class IsBehind(Func):
    """Whether something was written whose words the index does not hold yet."""

    template, output_field = f"EXISTS (SELECT 1 FROM {MARKED_TABLE})", BooleanField()
