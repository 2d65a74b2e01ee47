"""IMDb's tables, in the forms of three times."""

from datetime import date

from tests.support.homecoming import IMDB, brought, said

OLD = """"position","const","created","modified","description","Title","Title type","You rated","Year"
"1","tt0876563","Sun Mar  8 00:00:00 2015","","","Am\u00e9lie","Feature Film","9","2001"
"2","417299","Mon Feb 30 00:00:00 2015","","","Avatar","Mini-Series","10","2005"
"3","tt0000009","Sun Mar  8 00:00:00 2015","","","A game","Video Game","10","2005"
"""
WATCHLIST = """Position,Const,Created,Modified,Description,Title,URL,Title Type,Year,Your Rating,Date Rated
1,tt0876563,2024-05-01,2024-05-01,"a note, with comma",Ponyo,https://imdb.example/,movie,2008,9,2024-02-03
2,tt10751754,2024-05-02,2024-05-02,,Severance,https://imdb.example/,tvSeries,2022,,
"""


def test_ratings_are_of_films_series_and_episodes_and_of_no_games():
    records, found = brought(IMDB, "x.csv")
    assert said(records, "rating", "medium", "year", "rating", "day") == [
        ("Ponyo", "film", 2008, 9, date(2024, 2, 3)),
        ("Severance", "series", 2022, 8, date(2024, 2, 4)),
        ("Star Trek: Picard", "series", None, 10, date(2024, 2, 5)),
        ("Lost", "series", None, 9, date(2024, 2, 6)),
    ]
    assert (found.source, found.left_out) == ("imdb", 1)


def test_the_id_of_an_episode_is_not_that_of_its_series():
    episode = brought(IMDB, "x.csv")[0][2].work
    assert (episode.ids, episode.episode_ids) == ({}, {"imdb": "tt14586040"})
    assert episode.episode_title == "The Star Gazer"


def test_a_table_of_2015_has_english_days_and_letters_of_its_time():
    records, found = brought(OLD.encode("iso-8859-1"), "ratings.csv")
    assert said(records, "rating", "medium", "rating", "day", "ids") == [
        ("Amélie", "film", 9, date(2015, 3, 8), {"imdb": "tt0876563"}),
        ("Avatar", "series", 10, None, {"imdb": "tt0417299"}),
    ]
    assert found.left_out == 1


def test_a_list_of_2015_has_what_was_rated_as_well():
    records, _found = brought(OLD.encode("iso-8859-1"), "My best.csv")
    assert said(records, "list entry", "list_name") == [("Amélie", "My best"), ("Avatar", "My best")]
    assert said(records, "rating", "rating") == [("Amélie", 9), ("Avatar", 10)]
    assert brought(OLD.encode("iso-8859-1"), "WATCHLIST.csv")[1].counts == {"rating": 2}


def test_a_watchlist_also_says_what_was_rated():
    records, _found = brought(WATCHLIST, "WATCHLIST.csv")
    assert said(records, "watchlist", "day", "text") == [
        ("Ponyo", date(2024, 5, 1), "a note, with comma"),
        ("Severance", date(2024, 5, 2), ""),
    ]
    assert said(records, "rating", "rating", "day") == [("Ponyo", 9, date(2024, 2, 3))]


def test_a_list_has_the_name_of_its_file():
    records, _found = brought(WATCHLIST, "Best of the sea.csv")
    assert said(records, "list entry", "list_name") == [
        ("Ponyo", "Best of the sea"),
        ("Severance", "Best of the sea"),
    ]
