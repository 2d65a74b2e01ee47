"""What players send, in their own forms: each of these tells of the film or episode that the tests name."""

import json
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moments.models import PlayerConnection, Progress
from moments.spoilers.rules import ALL_SEEN

TICKS = 10_000_000
FILM = {"title": "La La Land", "year": 2016, "imdb": "tt3783958", "tmdb": "313369", "runtime": 7_680}


def connect(member, name="At home", **said):
    """A connection of the member with its address."""
    row, secret = PlayerConnection.objects.add(member, name, **said)
    return row, reverse("player-hear", args=[secret])


def player_of(member):
    """One connection with a film that nobody knows, as values for the places of addresses."""
    row, url = connect(member)
    send(url, jellyfin("PlaybackStop", 60, Name="Home video", Provider_imdb=""))
    secret = url.strip("/").rpartition("/")[2]
    return {"connection_id": row.pk, "work_id": row.unknown_works.get().pk, "secret": secret}


def send(url, body):
    """A player sends a message, as it does: without a cookie or a token."""
    client = Client(enforce_csrf_checks=True)
    if "payload" in body:
        return client.post(url, body)
    return client.post(url, json.dumps(body), content_type="application/json")


def seen_to(member, film):
    """The second up to which the member has seen a film; ALL when that is all of it."""
    point = Progress.objects.of(member, film)
    return point and (ALL_SEEN if point.is_all else point.story_time)


def play(url, bodies, film, member):
    """Send messages of which each comes long after the one before; where the line is after each."""
    line = []
    for body in bodies:
        PlayerConnection.objects.update(heard=timezone.now() - timedelta(minutes=1))
        assert send(url, body).status_code == 204
        line.append(seen_to(member, film))
    return line


def jellyfin(event, at=0, user="mia", episode=None, **more):
    """A message of the plugin that sends all properties."""
    body = {
        "NotificationType": event,
        "ServerName": "the shelf",
        "NotificationUsername": user,
        "DeviceName": "the big screen",
        "PlaybackPositionTicks": at * TICKS,
        "RunTimeTicks": FILM["runtime"] * TICKS,
        "IsPaused": False,
    }
    if episode is None:
        body |= {
            "ItemType": "Movie",
            "Name": FILM["title"],
            "Year": FILM["year"],
            "Provider_imdb": FILM["imdb"],
        }
    else:
        season, number = episode
        body |= {"ItemType": "Episode", "Name": "A part", "SeriesName": "Dark", "Provider_imdb": "tt9999991"}
        body |= {"SeasonNumber": season, "EpisodeNumber": number, "Year": 2017}
    return body | more


def as_template(body):
    """The same as a template writes it: everything as a text."""
    return {name: str(value) for name, value in body.items()}


def nested(event, at=0, device="a laptop", **item):
    """A message of the plugin of Jellyfin that sends an item."""
    session = {"PlayState": {"PositionTicks": at * TICKS}, "DeviceName": device}
    return _item(event, **item) | {"Session": session}


def emby(event, at=0, device="the sofa", is_whole=False, **item):
    info = {"PositionTicks": at * TICKS, "PlayedToCompletion": is_whole}
    return _item(event, **item) | {"PlaybackInfo": info, "Session": {"DeviceName": device}}


def _item(event, film=FILM, episode=None, series="Dark"):
    item = {
        "Type": "Movie",
        "Name": film["title"],
        "ProductionYear": film["year"],
        "RunTimeTicks": FILM["runtime"] * TICKS,
        "ProviderIds": {"Imdb": film["imdb"], "Tmdb": film.get("tmdb", "")},
    }
    if episode is not None:
        item |= {"Type": "Episode", "Name": "A part", "SeriesName": series}
        item |= {"ProviderIds": {"Imdb": "tt9999991"}}
        item |= {"ParentIndexNumber": episode[0], "IndexNumber": episode[1]}
    return {"Event": event, "Item": item, "User": {"Name": "mia"}}


def plex(event, at=None, user="mia", library="Films", device="a tablet", episode=None, **more):
    item = {
        "type": "movie",
        "title": FILM["title"],
        "year": FILM["year"],
        "librarySectionTitle": library,
        "guid": "plex://movie/000000000000000000000001",
        "Guid": [{"id": f"imdb://{FILM['imdb']}"}, {"id": f"tmdb://{FILM['tmdb']}"}],
        "duration": FILM["runtime"] * 1000,
    }
    if at is not None:
        item["viewOffset"] = at * 1000
    if episode is not None:
        item |= {"type": "episode", "title": "A part", "grandparentTitle": "Dark", "Guid": []}
        item |= {"parentIndex": episode[0], "index": episode[1]}
    body = {"event": event, "Account": {"title": user}, "Player": {"title": device}}
    return {"payload": json.dumps(body | {"Metadata": item | more})}


def kodi(percent, lot="movie", identifier=FILM["tmdb"], episode=(None, None)):
    numbers = {"show_season_number": episode[0], "show_episode_number": episode[1]}
    return {"identifier": identifier, "lot": lot, "progress": percent, **numbers}
