"""Files of other places, with rows made up here under the columns that those places write."""

import io
import json
from zipfile import ZIP_DEFLATED, ZipFile

from moments.archives.homecoming.recognise import opened

LETTERBOXD = {
    "profile.csv": "Date Joined,Username,Email Address\n2020-01-01,nobody,nobody@mail.example\n",
    "watched.csv": """Date,Name,Year,Letterboxd URI
2024-01-01,Ponyo,2008,https://boxd.it/f1
2024-01-01,Heat,1995,https://boxd.it/f2
""",
    "ratings.csv": """Date,Name,Year,Letterboxd URI,Rating
2024-01-02,Ponyo,2008,https://boxd.it/f1,4.5
2016-03-04,Heat,1995,https://letterboxd.com/film/heat-1995/,3
2024-01-02,Unrated,2001,https://boxd.it/f9,
""",
    "diary.csv": """Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
2024-03-02,Ponyo,2008,https://boxd.it/e1,4.5,,"sea, ""with mum"" ",2024-02-29
2024-03-03,Crash,1996,https://boxd.it/e2,0.5,Yes,,2024-03-02
2024-03-03,Crash,2004,https://boxd.it/e3,,,,2024-03-02
""",
    "reviews.csv": """Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date
2024-03-02,Ponyo,2008,https://boxd.it/e1,4.5,,"Ham!

<i>Waves</i>, ""waves"" 🌊",sea,2024-02-29
""",
    "watchlist.csv": "Date,Name,Year,Letterboxd URI\n2024-04-01,Stalker,1979,https://boxd.it/f4\n",
    "likes/films.csv": "Date,Name,Year,Letterboxd URI\n2024-03-02,Ponyo,2008,https://boxd.it/f1\n",
    "likes/lists.csv": "Date,Content\n2024-03-02,https://boxd.it/l9\n",
    "comments.csv": """Date,Content,Comment
2024-03-04,https://boxd.it/r1,Well said
2024-03-05,https://boxd.it/e1,I mean the sea
2024-03-06,https://boxd.it/l1,My list
""",
    "lists/by-the-sea.csv": """Letterboxd list export v7
Date,Name,Tags,URL,Description
2024-05-01,By the sea,"blue, wet",https://boxd.it/l1,"One line.

Another."

Position,Name,Year,URL,Description
1,Ponyo,2008,https://boxd.it/f1,
2,"Jaws, again",1975,https://boxd.it/f5,"two
lines"
""",
    "deleted/diary.csv": """Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
2020-03-03,Gone,1999,https://boxd.it/e9,1,,,2020-03-02
""",
}
SHOW = {
    "title": "Severance",
    "year": 2022,
    "ids": {"trakt": 7, "imdb": "tt11280740", "tmdb": "95396", "tvdb": 371980},
}
MOVIE = {
    "title": "Ponyo",
    "year": 2008,
    "ids": {"trakt": 8, "imdb": "tt0876563", "tmdb": 12429, "tvdb": None},
}
BARE = {"title": "Home video", "year": None, "ids": None}
EPISODE = {"season": 1, "number": 2, "title": "Half Loop", "ids": {"tvdb": 8946001, "imdb": None}}
SPECIAL = {"season": 0, "number": 1, "title": "Making of", "ids": {"plex": {"guid": "x"}}}
TRAKT = {
    "watched-history-2.json": [
        {"id": 3, "watched_at": "2024-02-03T20:00:00Z", "type": "movie", "movie": MOVIE},
        {"id": 4, "watched_at": "2024-02-04T20:00:00Z", "episode": EPISODE, "show": SHOW},
        {"id": 5, "watched_at": "2024-02-05T20:00:00Z", "episode": SPECIAL, "show": SHOW},
    ],
    "watched-history-1.json": [
        {"id": 1, "watched_at": "2023-01-03T20:00:00Z", "type": "movie", "movie": MOVIE},
        {"id": 2, "watched_at": "1970-01-01T00:00:00Z", "type": "movie", "movie": BARE},
    ],
    "watched-movies.json": [{"plays": 2, "last_watched_at": "2024-02-03T20:00:00Z", "movie": MOVIE}],
    "watched-shows.json": [
        {"plays": 2, "last_watched_at": "2024-02-06T20:00:00Z", "show": SHOW, "seasons": [
            {"number": 1, "episodes": [
                {"number": 2, "plays": 1, "last_watched_at": "2024-02-04T20:00:00Z"},
                {"number": 3, "plays": 1, "last_watched_at": "2024-02-06T20:00:00Z"}]}]},
        {"plays": 9, "last_watched_at": "2024-02-06T20:00:00Z", "show": SHOW, "seasons": []},
    ],
    "watched-playback.json": [{"progress": 20.5, "paused_at": "2024-02-03T20:00:00Z", "movie": MOVIE}],
    "ratings-movies.json": [{"rated_at": "2024-02-03T22:00:00Z", "rating": 9, "movie": MOVIE}],
    "ratings-seasons.json": [
        {"rated_at": "2024-02-03T22:00:00Z", "rating": 7, "season": {"number": 0}, "show": SHOW}
    ],
    "comments-movies.json": [
        {"type": "movie", "movie": MOVIE, "comment": {
            "id": 11, "comment": "Ham!", "spoiler": True, "review": False, "user_stats": {"rating": 9},
            "created_at": "2024-02-03T23:00:00Z"}}
    ],
    "lists-lists.json": [
        {"name": "Sea & sand", "description": "Wet", "privacy": "private", "ids": {"trakt": 77},
         "created_at": "2024-01-01T00:00:00Z"}
    ],
    "lists-list-77-sea-sand.json": [
        {"rank": 1, "listed_at": "2024-01-01T00:00:00Z", "notes": "first", "type": "movie", "movie": MOVIE}
    ],
    "lists-watchlist.json": [
        {"rank": 1, "listed_at": "2024-01-01T00:00:00Z", "notes": None, "type": "show", "show": SHOW}
    ],
    "collection-movies.json": [],
}  # fmt: skip
SIMKL = {
    "movies": [
        {"status": "completed", "last_watched_at": "2024-02-03T20:00:00Z", "user_rating": 8, "movie": MOVIE},
        {"status": "watching", "movie": BARE},
    ],
    "shows": [
        {"status": "watching", "show": SHOW, "seasons": [{"number": 1, "episodes": [
            {"number": 1, "watched_at": "2024-02-03T20:00:00Z"}, {"number": "x"}]}]},
        {"status": "plantowatch", "last_watched_at": None, "show": {"title": "Dark", "ids": {"tmdb": 70523}}},
        {"status": "dropped", "show": {"title": "Lost", "ids": {"tmdb": "4607"}}},
    ],
    "anime": [{"status": "completed", "anime_type": "movie", "show": {"title": "Akira", "ids": None}}],
}  # fmt: skip
IMDB = """Const,Your Rating,Date Rated,Title,Original Title,Title Type,Year,Directors
tt0876563,9,2024-02-03,Ponyo,Gake no ue no Ponyo,Movie,2008,Hayao Miyazaki
tt11280740,8,2024-02-04,Severance,Severance,TV Series,2022,
tt14586040,10,2024-02-05,Star Trek: Picard: The Star Gazer,The Star Gazer,TV Episode,2022,
tt0636289,9,2024-02-06,Lost: Pilot: Part 1,Pilot: Part 1,TV Episode,2004,
tt0000001,7,2024-02-06,A game,A game,Video Game,2022,
"""
YAMTRACK = """media_id,source,media_type,title,image,season_number,episode_number,score,status,notes,end_date
12429,tmdb,movie,Ponyo,,,,8.5,Completed,Ham,2024-02-03 20:00:00+00:00
95396,tmdb,tv,Severance,,,,,In progress,,
95396,tmdb,season,Severance,,1,,7.0,In progress,,
95396,tmdb,episode,Severance,,1,2,,,,2024-02-04 20:00:00+00:00
1,manual,movie,Home video,,,,,Planning,,
5,igdb,game,A game,,,,,Completed,,
"""
TMDB = """TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated
12429,tt0876563,movie,Ponyo,2008-07-19T00:00:00Z,,,7.7,9,2024-02-03T20:00:00Z
3344,tt14586040,tv,Severance S1E2,2022-02-18T00:00:00Z,1,2,8.0,8,2024-02-04T20:00:00Z
95396,tt11280740,tv,Severance,2022-02-17T00:00:00Z,,,8.4,,2024-02-05T20:00:00Z
"""
MOVARY = """title,year,tmdbId,imdbId,watchedAt,comment,location
Ponyo,2008,12429,tt0876563,2024-02-03,"Ham, again",Cinema
Ponyo,2008,12429,tt0876563,2024-02-03,,
Ponyo,2008,12429,tt0876563,2024-02-03,,
Heat,1995,949,,,,
"""
NEODB = """title,info,links,timestamp,status,rating,comment,tags
Ponyo,imdb:tt0876563,themoviedb.org/movie/12429,2024-02-03 20:00:00+00:00,complete,9,Ham,sea fish
Severance Season 2,imdb:tt0000002,themoviedb.org/tv/95396/season/2,2024-02-04,wishlist,,,
A book,isbn:9780000000002 year:1999,https://neodb.example/book/1,2024-02-04 20:00:00+00:00,complete,,,
"""
NETFLIX = """Title,Date
"Lost: Season 1: Pilot: Part 1","1/5/26"
"Ponyo","12/31/25"
"""
FORM = """tmdbID,imdbID,Title,Year,Rating10,WatchedDate,Rewatch,Review
12429,tt0876563,Ponyo,2008,9,2024-02-03,true,"=cmd|' /C calc'!A0"
949,,Heat,1995,6,,,
"""
EPISODES = "tracking-prod-records-v2.csv"
FILMS = "tracking-prod-records.csv"
TV_TIME = {
    "user.csv": b"password\n\xff\xfe\x00",
    "access_token.csv": b"\x00\xff",
    EPISODES: """\
key,created_at,series_name,s_id,s_no,ep_no,ep_id,bulk_type,is_followed,is_for_later,is_archived
user-series-a,2020-01-01 10:00:00,Severance,371980,,,,,true,false,true
user-series-b,2020-01-02 10:00:00,Dark,334824,,,,,false,true,false
watch-episode-a-1,2024-02-03 20:00:00,Severance,371980,1,1,8946000,,,,
watch-episode-a-1,2024-02-03 20:00:01,Severance,371980,1,1,8946000,fill-previous,,,
rewatch-episode-a-1-1,2024-03-03 20:00:00,Severance,371980,1,1,8946000,,,,
watch-episode-a-4,2024-02-03 21:00:00,Severance,371980,1,4,8946003,fill-previous,,,
watch-episode-b-1,2024-02-04 20:00:00,,334824,0,1,7,,,,
watch-episode-b-2,2024-02-05 20:00:00,Dark,334824,1,1,71,,,,
watch-episode-b-3,2024-02-05 20:00:00,Dark,334824,1,2,72,,,,
watch-episode-b-4,2024-02-05 20:00:00,Dark,334824,1,3,73,,,,
tracking-stats,2024-02-05 20:00:00,,,,,,,,,
""",
    FILMS: """type,uuid,entity_type,movie_name,alpha_range_key,release_date,created_at
follow,u1,movie,Ponyo,follow-alpha-ponyo,2008-07-19 00:00:00,2024-01-01 10:00:00
watch,u1,movie,Ponyo,watch-alpha-ponyo,2008-07-19 00:00:00,2024-02-03 20:00:00
rewatch,u1,movie,Ponyo,rewatch-alpha-ponyo,2008-07-19 00:00:00,2024-02-05 20:00:00
watch,u2,movie,,watch-alpha-la-haine,0001-01-01 00:00:00,2024-02-06 20:00:00
towatch,u3,movie,Heat,towatch-alpha-heat,1995-12-15 00:00:00,2024-02-07 20:00:00
time-count,,,,,,2024-02-07 20:00:00
""",
    "rewatched_episode.csv": """cpt,tv_show_name,episode_season_number,episode_number,episode_id,created_at
1,Severance,1,1,8946000,2024-03-03 20:00:00
""",
    "emotions-3-prod-episode_votes.csv": """season_number,episode_number,vote_key,episode_id,series_name
1,1,episode-8946000-33,8946000,Severance
1,1,episode-8946000-12,8946000,Severance
""",
    "emotions-v2-prod-votes.csv": "vote_key,episode_id,user_id,movie_name,uuid\nmovie-u1-30,,1,Ponyo,u1\n",
    "ratings-3-prod-episode_votes.csv": """season_number,episode_number,vote_key,episode_id,series_name
1,1,x-4,8946000,Severance
1,2,x-18,8946001,Severance
1,3,x-29,8946002,Severance
1,4,x-99,8946003,Severance
""",
    "tv_show_rate.csv": "tv_show_id,tv_show_name,rating\n371980,Severance,4.5\n",
    "episode_comment.csv": """\
comment,tv_show_name,episode_season_number,episode_number,spoiler_count,created_at
Oh no,Severance,1,1,2,2024-02-03 21:00:00
,Severance,1,1,0,2024-02-03 21:00:00
""",
    "comments-prod-comments.csv": """text,entity_type,entity_uuid,is_spoiler,movie_name,series_name,created_at
Ham!,movie,u1,false,Ponyo,,2024-02-03 22:00:00
""",
    "lists-prod-lists.csv": """s_key,objects,name,description,is_public,created_at
favorite-movies,[map[created_at:1.7e+09 type:movie uuid:u1]],Favorite Movies,,false,2024-01-01 10:00:00
l1,[map[id:371980 type:series] map[type:movie uuid:u9]],Slow,Slowly,true,2024-01-01 10:00:00
""",
}
OF_EVERY_PLACE = {
    "letterboxd": LETTERBOXD, "trakt": TRAKT, "tv-time": TV_TIME, "simkl": {"SimklBackup.json": SIMKL},
    "imdb": {"ratings.csv": IMDB}, "yamtrack": {"yamtrack.csv": YAMTRACK}, "tmdb": {"ratings.csv": TMDB},
    "movary": {"history.csv": MOVARY}, "neodb": {"movie_mark.csv": NEODB},
    "netflix": {"NetflixViewingHistory.csv": NETFLIX}, "letterboxd-form": {"form.csv": FORM},
}  # fmt: skip


DIARY = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"


def diary(*rows):
    """A diary as Letterboxd writes it: a title of 1999, the stars and the day of each row."""
    lines = (
        f"2024-03-01,{title},1999,https://boxd.it/{title},{stars},,,{day}\n" for title, stars, day in rows
    )
    return DIARY + "".join(lines)


def bytes_of(content):
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def zipped(files, compression=ZIP_DEFLATED, folder=""):
    """A ZIP of files by their names."""
    data = io.BytesIO()
    with ZipFile(data, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, bytes_of(content))
    return data.getvalue()


def brought(content, name=""):
    """The records of a file, or of a ZIP of these files, and what was found in it."""
    data = zipped(content) if isinstance(content, dict) else bytes_of(content)
    with opened(io.BytesIO(data), name) as homecoming:
        return list(homecoming.records()), homecoming.found


def said(records, part, *names):
    """What the records of a part say: their title, and what else is asked for."""
    return [
        (record.work.title, *(getattr(record, name) if hasattr(record, name) else getattr(record.work, name)
                              for name in names))
        for record in records if record.part == part
    ]  # fmt: skip
