"""What several models can do, one ability a class. A model lists all that it mixes, always in this order:

    Addressed    its title makes its address, and former addresses lead to it
    Tagged       words that members put on it
    Pictured     a still, or artwork in its five colours
                 (a Stilled has a still alone: a film, by its facts)
    Discussed    members comment on it
    Lockable     moderators lock its thread or its facts
    InDiary      entries of it are dropped, and brought back within a day
    Logged       InDiary: members log that they saw it, and rate it
    Whole        it is of a whole film, season or episode
    Authored     a member writes, edits and deletes it, and others upvote it
    Arced        it stands on the arc of its film
    Labelled     members say that it is a spoiler, off-topic, …
    Judged       members confirm and dispute it
    Reportable   members tell the moderators about it, and hear what came of that
    Stateful     it is visible, withheld, removed or deleted
    Moderated    moderators remove and restore it, with a row in the ledger

    Post         Addressed, Tagged, Pictured, Discussed, Lockable, Authored, Arced, Labelled, Reportable,
                 Stateful, Moderated
    Moment       InDiary, and all that a Post does
    MemberList   Addressed, Discussed, Lockable, Authored, Reportable, Stateful, Moderated
    Comment      Authored, Labelled, Reportable, Stateful, Moderated
    Film         Addressed, Lockable, Logged, Reportable, Stateful, Moderated
    Person       Addressed, Lockable, Reportable, Stateful, Moderated
    Recording    Addressed, Lockable, Stateful, Moderated
    Verdict      Reportable, Stateful, Moderated
    Tag          Stateful, Moderated
    DiaryEntry   Whole, Moderated

`Moderated.remove` and `restore` are lists of steps. A step that differs is a method with a plain name
(`lock_parents`, `hide`, `show`, `on_removed`, `on_restored`, `tell_reporters`), which a class further left
or the model itself defines; none of them calls `super()`.
"""
