"""What may stand between two slashes of an address: a word, unicode kept, no control characters."""


class WordConverter:
    regex = r"[^\s/\x00-\x1f\x7f]{1,100}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


class WordsConverter(WordConverter):
    """Several words with commas between them."""

    regex = r"[^\s/,\x00-\x1f\x7f]{1,100}(?:,[^\s/,\x00-\x1f\x7f]{1,100}){1,20}"
