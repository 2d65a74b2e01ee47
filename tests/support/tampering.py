"""Tampering by SQL with what the ledger speaks of, and what its proof says to each."""

POST, FILM, TAG = "UPDATE moments_post SET", "UPDATE moments_film SET", "UPDATE moments_tag SET"
USER, APPEAL = "UPDATE accounts_user SET", "UPDATE moments_appeal SET"
LIST = "UPDATE moments_memberlist SET"
COMMENT, REVISION = "UPDATE moments_comment SET", "UPDATE moments_revision SET"
NEWEST = "(SELECT MAX(number) FROM moments_ledgerentry)"
TAMPERING = {
    "post hidden": (
        f"{POST} state = 'removed' WHERE id = {{plain}}",
        "post/{plain} is removed, and no row says so.",
    ),
    "post hidden with another's row": (
        f"{POST} state = 'removed', removal_id = 1 WHERE id = {{plain}}",
        "post/{plain} is removed, and no row says so.",
    ),
    "post that was restored hidden": (
        f"{POST} state = 'removed' WHERE id = {{restored}}",
        r"post/{restored} is removed, and row \d+ restored it.",
    ),
    "post brought back": (
        f"{POST} state = 'visible' WHERE id = {{removed}}",
        r"post/{removed} was removed in row \d+, and is not out of sight.",
    ),
    "post brought back without a trace": (
        f"{POST} state = 'visible', removal_id = NULL WHERE id = {{removed}}",
        r"post/{removed} was removed in row \d+, and is not out of sight.",
    ),
    "removal forgotten and words changed": (
        f"{POST} removal_id = NULL, body = 'Nothing to see.' WHERE id = {{removed}}",
        r"The text of post/{removed}, removed in row \d+, is not the one that was removed.",
    ),
    "removal forgotten": (
        f"{POST} removal_id = NULL WHERE id = {{removed}}",
        r"post/{removed} was removed in row \d+, and does not name it.",
    ),
    "removed words changed": (
        f"{POST} title = 'Another' WHERE id = {{removed}}",
        r"The text of post/{removed}, removed in row \d+, is not the one that was removed.",
    ),
    "visible post names a row": (
        f"{POST} removal_id = 1 WHERE id = {{plain}}",
        "post/{plain} names row 1 for its removal, and is not removed.",
    ),
    "post withheld": (
        f"{POST} state = 'withheld' WHERE id = {{plain}}",
        "post/{plain} is withheld, but film/",
    ),
    "post of a hidden film shown": (
        f"{POST} state = 'visible' WHERE id = {{hidden_post}}",
        "post/{hidden_post} can be read, but film/{film_hidden} is out of sight.",
    ),
    "post hidden as deleted": (
        f"{POST} state = 'deleted' WHERE id = {{plain}}",
        "post/{plain} is deleted, but its words are still there.",
    ),
    "removed post made deleted": (
        f"{POST} state = 'deleted' WHERE id = {{removed}}",
        r"post/{removed} was removed in row \d+, and is not out of sight.",
    ),
    "post in no state": (
        f"{POST} state = 'secret' WHERE id = {{plain}}",
        "post/{plain} is in the state “secret”, in which no post can be.",
    ),
    "removed post dropped": (
        "DELETE FROM moments_tagging WHERE content_object_id = {locked};"
        "DELETE FROM moments_post WHERE id = {locked}",
        "post/{locked} has rows in the ledger, but is gone.",
    ),
    "lock": (f"{POST} locked = true WHERE id = {{plain}}", "post/{plain} is locked, and no row says so."),
    "lock again": (
        f"{POST} locked = true WHERE id = {{opened}}",
        r"post/{opened} is locked, and row \d+ opened it.",
    ),
    "unlock": (
        f"{POST} locked = false WHERE id = {{locked}}",
        r"post/{locked} was locked in row \d+, and is open.",
    ),
    "comment hidden": (
        f"{COMMENT} state = 'withheld' WHERE id = {{comment}}",
        r"comment/{comment} was removed in row \d+",
    ),
    "comment brought back": (
        f"{COMMENT} state = 'visible', removal_id = NULL WHERE id = {{comment}}",
        r"comment/{comment} was removed in row \d+",
    ),
    "film hidden": (
        f"{FILM} state = 'removed' WHERE id = {{film}}",
        "film/{film} is removed, and no row says so.",
    ),
    "film hidden as deleted": (
        f"{FILM} state = 'deleted' WHERE id = {{film}}",
        "film/{film} is in the state",
    ),
    "film brought back": (
        f"{FILM} state = 'visible' WHERE id = {{film_hidden}}",
        r"film/{film_hidden} was removed in row \d+, and is not",
    ),
    "removed film renamed": (
        f"{FILM} title = 'X' WHERE id = {{film_hidden}}",
        "The text of film/{film_hidden}, removed",
    ),
    "merged film leads elsewhere": (
        f"{FILM} merged_into_id = {{film_back}} WHERE id = {{film_twin}}",
        r"film/{film_twin} was merged in row \d+, and leads to film/{film_back}.",
    ),
    "merged film leads nowhere": (
        f"{FILM} merged_into_id = NULL WHERE id = {{film_twin}}",
        r"film/{film_twin} was merged in row \d+, and leads to nothing.",
    ),
    "film leads away": (
        f"{FILM} merged_into_id = {{film}} WHERE id = {{film_back}}",
        "film/{film_back} leads to film/{film}, and no row says so.",
    ),
    "tag hidden": (
        f"{TAG} state = 'removed' WHERE id = {{tag_used}}",
        "tag/{tag_used} is removed, and no row says so.",
    ),
    "tag brought back": (
        f"{TAG} state = 'visible' WHERE id = {{tag_gone}}",
        "tag/{tag_gone} was removed in row",
    ),
    "removed tag renamed": (
        f"{TAG} name = 'x' WHERE id = {{tag_gone}}",
        "The text of tag/{tag_gone}, removed",
    ),
    "tag leads elsewhere": (
        f"{TAG} merged_into_id = {{tag_again}} WHERE id = {{tag_one}}",
        r"tag/{tag_one} was merged in row \d+, and leads to tag/{tag_again}.",
    ),
    "merged tag brought back": (
        f"{TAG} state = 'visible' WHERE id = {{tag_apart}}",
        r"tag/{tag_apart} was merged in row \d+, and is not out of sight.",
    ),
    "list hidden": (
        f"{LIST} state = 'removed' WHERE id = {{list_plain}}",
        "member_list/{list_plain} is removed, and no row says so.",
    ),
    "list brought back": (
        f"{LIST} state = 'visible' WHERE id = {{list_removed}}",
        r"member_list/{list_removed} was removed in row \d+, and is not out of sight.",
    ),
    "list closed": (
        f"{LIST} locked = true WHERE id = {{list_plain}}",
        "member_list/{list_plain} is locked, and no row",
    ),
    "list opened": (
        f"{LIST} locked = false WHERE id = {{list_locked}}",
        r"member_list/{list_locked} was locked in row \d+, and is open.",
    ),
    "list in no state": (
        f"{LIST} state = 'withheld' WHERE id = {{list_plain}}",
        "member_list/{list_plain} is in the state “withheld”, in which no member_list can be.",
    ),
    "verdict in no state": (
        "UPDATE moments_verdict SET state = 'withheld' WHERE id = {verdict}",
        "verdict/{verdict} is in the state “withheld”, in which no verdict can be.",
    ),
    "verdict brought back": (
        "UPDATE moments_verdict SET state = 'visible', removal_id = NULL WHERE id = {verdict}",
        r"verdict/{verdict} was removed in row \d+",
    ),
    "removed verdict changed": (
        "UPDATE moments_verdict SET reason = 'Yes.' WHERE id = {verdict}",
        "The text of verdict/{verdict}, removed",
    ),
    "note brought back": (
        "UPDATE moments_relive SET public = true, removal_id = NULL WHERE id = {note}",
        r"reliving/{note} was removed in row \d+",
    ),
    "note hidden": (
        f"UPDATE moments_relive SET public = false, removal_id = {NEWEST} WHERE id = {{note_back}}",
        r"reliving/{note_back} is removed, and row \d+ restored it.",
    ),
    "removed note changed": (
        "UPDATE moments_relive SET note = 'Hello.' WHERE id = {note}",
        r"The text of reliving/{note}, removed in row \d+, is not",
    ),
    "member suspended": (
        f"{USER} is_active = false WHERE username = 'seb'",
        r"member/\d+ \(@seb\) is suspended, and no row says so.",
    ),
    "member suspended again": (
        f"{USER} is_active = false WHERE id = {{back}}",
        r"member/{back} \(@member_back\) is suspended, and row \d+ reinstated it.",
    ),
    "member reinstated": (
        f"{USER} is_active = true, suspended_until = NULL WHERE id = {{closed}}",
        r"member/{closed} \(@member_closed\) was suspended in row \d+, and is not.",
    ),
    "suspension made shorter": (
        f"{USER} suspended_until = '2020-01-01' WHERE id = {{away}}",
        r"member/{away} \(@member_away\) is suspended until another day than row \d+ says.",
    ),
    "suspension made endless": (f"{USER} suspended_until = NULL WHERE id = {{away}}", "until another day"),
    "suspension made to end": (
        f"{USER} suspended_until = '2020-01-01' WHERE id = {{closed}}",
        "until another day",
    ),
    "superuser": (
        f"{USER} is_superuser = true WHERE username = 'seb'",
        r"\(@seb\) has rights \(superuser\), and no row says so.",
    ),
    "staff": (
        f"{USER} is_staff = true WHERE id = {{staff}}",
        r"\(@member_staff\) has other rights \(staff\) than row",
    ),
    "member of a group": (
        "INSERT INTO accounts_user_groups (user_id, group_id) SELECT {closed}, id FROM auth_group"
        " WHERE name = 'Moderators'",
        r"\(@member_closed\) has rights \(group Moderators\), and no row says so.",
    ),
    "rights taken": (
        "DELETE FROM accounts_user_groups WHERE user_id = {able}",
        r"\(@member_able\) has other rights \(staff\) than row",
    ),
    "older version changed": (
        f'{REVISION} texts = \'{{{{"title": "X"}}}}\' WHERE id = {{version}}',
        r"The text of post/{plain}, edited in row \d+, is not the one from before.",
    ),
    "older version wiped": (
        f"{REVISION} texts = '{{{{}}}}' WHERE id = {{kept}}",
        "An older version of post/{plain} has lost its words, and no row says so.",
    ),
    "revoked version filled": (
        f'{REVISION} texts = \'{{{{"title": "X"}}}}\' WHERE id = {{struck}}',
        r"An older version of post/{plain}, revoked in row \d+, has words.",
    ),
    "revoked version brought back": (
        f'{REVISION} texts = \'{{{{"title": "X"}}}}\', withdrawal_id = NULL WHERE id = {{struck}}',
        r"post/{plain} has no version that was revoked in row \d+.",
    ),
    "revoked version dropped": (
        "DELETE FROM moments_revision WHERE id = {struck}",
        r"post/{plain} has no version that was revoked in row \d+.",
    ),
    "version hidden behind another's row": (
        f"{REVISION} texts = '{{{{}}}}', withdrawal_id = 1 WHERE id = {{kept}}",
        "An older version of post/{plain} names row 1, which did not revoke it.",
    ),
    "version hidden behind the same row": (
        f"{REVISION} texts = '{{{{}}}}', withdrawal_id = (SELECT withdrawal_id FROM moments_revision"
        f" WHERE id = {{struck}}) WHERE id = {{kept}}",
        r"Several older versions of post/{plain} name row \d+, which revoked one.",
    ),
    "appeal changed": (
        f"{APPEAL} text = 'I am guilty.' WHERE id = {{appeal}}",
        r"The text of the appeal against row \d+ is not the one of row \d+.",
    ),
    "appeal wiped": (
        f"{APPEAL} text = '' WHERE id = {{other_appeal}}",
        r"The words of the appeal against row \d+ are gone, and no row says so.",
    ),
    "struck appeal filled": (
        f"{APPEAL} text = 'My address is 5 Elm Street.' WHERE id = {{struck_appeal}}",
        r"Row \d+ took away the words of an appeal about comment/{comment}, and they are there.",
    ),
    "appeal dropped": (
        "DELETE FROM moments_appeal WHERE id = {other_appeal}",
        r"The appeal of row \d+ about comment/{comment} is gone.",
    ),
    "appeal invented": (
        "INSERT INTO moments_appeal (removal_id, text, created, answer) SELECT removal_id, 'Please.',"
        " '2026-01-01', '' FROM moments_post WHERE id = {removed}",
        r"The appeal against row \d+ has no row of its own.",
    ),
    "answer changed": (
        f"{APPEAL} answer = 'You were right.' WHERE id = {{appeal}}",
        r"The answer to the appeal against row \d+ is not one that the ledger knows.",
    ),
    "answer dropped": (
        f"{APPEAL} answer = '', answered = NULL WHERE id = {{appeal}}",
        r"The answer of row \d+ to an appeal about comment/{comment} is gone.",
    ),
    "answer hidden": (
        f"{APPEAL} answered = NULL WHERE id = {{appeal}}",
        r"against row \d+ is answered by half.",
    ),
    "answer invented": (
        f"{APPEAL} answer = 'No.', answered = '2026-01-01' WHERE id = {{struck_appeal}}",
        "is not one that the ledger knows.",
    ),
}
