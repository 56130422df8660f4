"""The forms of a verb, so that a rule names it once: `marry` stands for marries, married and marrying too."""

from __future__ import annotations

from functools import cache

_IRREGULAR = {
    "become": "became become", "be": "is are was were been being 's 're", "begin": "began begun",
    "break": "broke broken", "bring": "brought", "build": "built", "buy": "bought", "catch": "caught",
    "choose": "chose chosen", "fall": "fell fallen", "fight": "fought", "find": "found", "flee": "fled",
    "get": "got gotten", "give": "gave given", "go": "went gone", "grow": "grew grown", "have": "has had having",
    "hit": "hit", "hold": "held", "keep": "kept", "leave": "left", "lose": "lost", "make": "made", "meet": "met",
    "put": "put", "run": "ran run", "see": "saw seen", "seek": "sought", "set": "set", "shoot": "shot",
    "slay": "slew slain", "sleep": "slept", "steal": "stole stolen", "strike": "struck", "swear": "swore sworn",
    "take": "took taken", "teach": "taught", "tell": "told", "tie": "tied tying", "wed": "wed wedded",
    "overhear": "overheard",
}  # fmt: skip
_DOUBLING = frozenset(
    (
        "bed", "befit", "begin", "chat", "chum", "dig", "drop", "drug", "dub", "get", "kidnap", "plan", "plot",
        "put", "rob", "run", "set", "shag", "snog", "spar", "stab", "strap", "swap", "wed", "wrap",
    )
)  # fmt: skip


@cache
def inflected(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb, its base form first.

    >>> inflected("marry")
    ('marry', 'marries', 'marrying', 'married')
    """
    third = verb + "es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else verb + "s"
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye", "ie")) else verb
    if verb in _DOUBLING:
        stem = verb + verb[-1]
    past = verb + "d" if verb.endswith("e") else stem + "ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    forms = [verb, third, stem + "ing", *_IRREGULAR.get(verb, past).split()]
    return tuple(dict.fromkeys(forms))
