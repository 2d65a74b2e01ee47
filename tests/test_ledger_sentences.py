"""What a row of the ledger says as a sentence."""

import pytest

from moments.ledger.sentences import describe, sentence_of


@pytest.mark.parametrize(
    "action, sentence",
    [
        ("remove", "%(actor)s removed %(target)s"),
        ("lock-facts", "%(actor)s locked the facts of %(target)s"),
        ("sign", "%(actor)s began to sign the ledger"),
        ("dance", "%(actor)s acted on %(target)s"),
    ],
)
def test_an_action_is_a_sentence_and_an_unknown_one_too(action, sentence):
    assert sentence_of(action) == sentence


@pytest.mark.parametrize(
    "subject, film, words",
    [
        ("a moment", "", "a moment"),
        ("a moment", "La La Land", "a moment of La La Land"),
        ("a film", "La La Land", "the film La La Land"),
        ("a tag", "La La Land", "a tag"),
        ("@seb", "", "@seb"),
        ("@seb", "La La Land", "@seb"),
        ("100 %(film)s", "La La Land", "100 %(film)s"),
    ],
)
def test_a_target_is_named_with_its_film_where_that_may_be_said(subject, film, words):
    assert describe(subject, film) == words


def test_a_target_of_no_film_needs_none():
    assert describe("a moment") == "a moment"
