"""What a member takes along, and what they bring: among the pages of their account."""

from django.utils.translation import gettext_lazy as _

from moments.views import exports, homecomings, imports, players, waiting_works
from reelive.routes import form, page, verb

take_along_urls = [
    form("accounts/export/", exports.export, name="export", title=_("Take everything along")),
    page("accounts/export/file/", exports.export_file, name="export-file", crawled=False),
    verb("accounts/export/stop/", exports.export_stop, name="export-stop"),
    verb("accounts/export/go-on/", exports.export_go_on, name="export-go-on"),
    form("accounts/import/", imports.imported, name="import", title=_("Bring your posts along")),
    verb("accounts/import/begin/", imports.import_begin, name="import-begin"),
    verb("accounts/import/stop/", imports.import_stop, name="import-stop"),
    verb("accounts/import/go-on/", imports.import_go_on, name="import-go-on"),
]

homecoming_urls = [
    form("import/", homecomings.homecomings, name="homecomings", title=_("Bring your films along")),
    page(
        "import/films/",
        waiting_works.waiting_works,
        name="waiting-works",
        title=_("Films that were not found"),
        crawled=False,
    ),
    form(
        "import/films/<int:waiting_id>/",
        waiting_works.waiting_work,
        name="waiting-work",
        title=_("Which film is it?"),
    ),
    verb("import/films/<int:waiting_id>/leave/", waiting_works.waiting_work_leave, name="waiting-work-leave"),
    verb(
        "import/films/<int:waiting_id>/take-up/",
        waiting_works.waiting_work_take_up,
        name="waiting-work-take-up",
    ),
    form(
        "import/<int:homecoming_id>/",
        homecomings.homecoming,
        name="homecoming",
        title=_("Bring your films along"),
    ),
    form(
        "import/<int:homecoming_id>/undo/",
        homecomings.homecoming_undo,
        name="homecoming-undo",
        title=_("Undo it"),
    ),
    verb("import/<int:homecoming_id>/stop/", homecomings.homecoming_stop, name="homecoming-stop"),
    verb("import/<int:homecoming_id>/go-on/", homecomings.homecoming_go_on, name="homecoming-go-on"),
    verb("import/<int:homecoming_id>/finish/", homecomings.homecoming_finish, name="homecoming-finish"),
    verb("import/<int:homecoming_id>/drop/", homecomings.homecoming_drop, name="homecoming-drop"),
]

player_urls = [
    form("accounts/players/", players.players, name="players", title=_("Players")),
    form("accounts/players/<int:connection_id>/", players.player, name="player", title=_("Players")),
    verb("accounts/players/<int:connection_id>/renew/", players.player_renew, name="player-renew"),
    verb("accounts/players/<int:connection_id>/revoke/", players.player_revoke, name="player-revoke"),
    form("accounts/players/unknown/<int:work_id>/", players.player_film, name="player-film"),
    verb("accounts/players/unknown/<int:work_id>/drop/", players.player_film_drop, name="player-film-drop"),
    form("players/<str:secret>/", players.player_hear, name="player-hear"),
]
