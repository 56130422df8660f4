"""The sentences of the corpus, as critics write them; every one our own.

In a sentence about two characters `{a}` and `{b}` are their names, `{is_a}` what a is to b ("sister"), `{is_b}` what b
is to a, and `{did}` something that says nothing of anybody else. Each list states one fact, the same in all its
sentences.
"""

from __future__ import annotations

from collections.abc import Mapping

PLAYS = (
    "{actor} plays {a}, who {did}.",
    "{a} ({actor}) {did}.",
    "{actor} is splendid as {a}.",
    "{a}, played by {actor}, {did}.",
    "{actor} stars as {a}, who {did}.",
    "As {a}, {actor} hardly raises an eyebrow, and needs no more.",
    "Then there is {a} ({actor}), who {did}.",
    "{actor}’s {a} {did}.",
)

_POSSESSIVE = "{b}’s {is_a} {a} {did}."
_APPOSED = "{a}, {b}’s {is_a}, {did}."
_OF = "{a}, the {is_a} of {b}, {did}."
_IS = "{a} is {b}’s {is_a}, and {did}."
_THE_OTHER_WAY = "{a}’s {is_b} {b} {did}."

KINDS: Mapping[str, tuple[str, ...]] = {
    "sibling": (_POSSESSIVE, _APPOSED, _OF, _THE_OTHER_WAY, "{a} and {b} are siblings, though one would not think so."),
    "parent": (_POSSESSIVE, _APPOSED, _IS, _THE_OTHER_WAY, "{a} is the {is_a} of {b}, and it shows."),
    "spouse": (_POSSESSIVE, _APPOSED, "{a} is married to {b}, who {did}.", _THE_OTHER_WAY),
    "ex-spouse": (_POSSESSIVE, _APPOSED, _THE_OTHER_WAY),
    "dating": (_POSSESSIVE, "{a} is dating {b}, who {did}.", "{a} and {b} are dating, and hide it badly."),
    "friend": (_POSSESSIVE, _APPOSED, "{a} and {b} are best friends, or were once."),
    "boss": (_POSSESSIVE, _APPOSED, _IS),
    "colleague": (_POSSESSIVE, _APPOSED),
    "rival": (_POSSESSIVE, _APPOSED),
    "mentor": (_POSSESSIVE, _APPOSED),
    "killer": ("{a} kills {b}, and the series never quite recovers.",
               "{a} murders {b} in the third hour.", "{b} is murdered by {a}."),
}  # fmt: skip
"""By kind of relationship, "a is KIND of b"."""

WORDS: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "sibling": (("sister", "brother"), ("sister", "brother")),
    "parent": (("mother", "father"), ("daughter", "son")),
    "spouse": (("wife", "husband"), ("wife", "husband")),
    "ex-spouse": (("ex-wife", "ex-husband"), ("ex-wife", "ex-husband")),
    "dating": (("girlfriend", "boyfriend"), ("girlfriend", "boyfriend")),
    "friend": (("best friend", "best friend"), ("best friend", "best friend")),
    "boss": (("boss", "boss"), ("employee", "employee")),
    "colleague": (("colleague", "colleague"), ("colleague", "colleague")),
    "rival": (("rival", "rival"), ("rival", "rival")),
    "mentor": (("mentor", "mentor"), ("protégée", "protégé")),
    "killer": (("killer", "killer"), ("victim", "victim")),
}
"""What a is to b, and b to a, each as said of a woman and of a man."""

MAKERS: Mapping[str, tuple[str, ...]] = {
    "creator": ("{show} was created by {maker}.", "Created by {maker}, {show} takes its time.",
                "{maker} created {show}, and it shows."),
    "director": ("It is directed by {maker}.", "{maker} directs, with an eye for empty rooms.",
                 "Directed by {maker}, it looks like money."),
    "writer": ("It is written by {maker}.", "{maker}, who wrote it, has an ear for what is not said."),
    "composer": ("{maker} composed the music.", "The music is by {maker}."),
    "broadcaster": ("It airs on {maker}.", "{show} airs on {maker}."),
}  # fmt: skip

DID = (
    "keeps the accounts", "has never learned to lie", "waits for a letter that does not come", "runs the ferry office",
    "means well and does harm", "sees more than is said", "talks to the hens", "came back for the funeral and stayed",
    "owes half the town money", "cannot leave a silence alone", "is up to something in the boathouse",
    "has the best line of the hour and throws it away", "spends most of the hour on a staircase",
    "knows where the key is", "laughs in the wrong places", "drives too fast in the rain",
)  # fmt: skip

OPENERS = (
    "Season {season} of {show} begins with a broken window, and nobody sweeps up.",
    "There is a moment in {show} when the lights go out and one is grateful for the dark.",
    "{show} is back, and it has learned to sit still.",
    "The {season_word} season of {show} opens on a beach in the wrong weather.",
    "Nobody could accuse {show} of hurry.",
)

COLOUR = (
    "The rain does a good deal of the acting.",
    "It is all very handsome, and a little cold.",
    "I have seen slower clocks, but few so well photographed.",
    "Somewhere in the middle there is a scene with a piano that I shall not forget.",
    "The plot, such as it is, turns on a suitcase.",
    "One wishes the script trusted its silences as the camera does.",
    "By the fourth hour the secrets have begun to get in each other’s way.",
    "There are too many drone shots of the estuary.",
    "What keeps it afloat is a dry sense of humour.",
    "Nothing here is new, and most of it is good.",
    "The dialogue crackles, then fizzles, then crackles again.",
    "I laughed twice and jumped once, which is about the right proportion.",
    "It ends where it should have begun.",
    "The wigs are a matter for the police.",
    "Every kitchen is larger than my flat.",
    "It is the sort of thing one watches with the lamp on.",
)

DENIALS = ("{a} is not {b}’s {is_a}, whatever the village says.",)
"""Sentences that deny what they name."""

TRAPS = (
    "One could take {a} for {b}’s {is_a}, and one would be wrong.",
    "“You are like a {is_a} to me,” {a} tells {b}, and neither believes it.",
)
"""Sentences that state nothing, though a careless reader would think so."""

ORDINALS = ("first", "second", "third", "fourth")
