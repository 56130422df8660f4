"""What a name is found by, whatever its case and accents, in part, or misspelt: short texts an engine has an index of.

Every name in a review's graph has its keys beside it (`tg:nameKey`): the whole name as in an IRI ("nick-nelson"),
each of its words ("nick", "nelson"), and looser ones with a tilde that a slip of the pen does not change: the
consonants ("~ncknlsn"), and of a single word its beginning and its end ("hear~", "~pper"). To look a name up is to
look up its keys: a step in an index, however many names there are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..ontology.iris import slug

_VOWELS = re.compile(r"[aeiouy-]+")
_REPEATED = re.compile(r"(.)\1+")
_EDGE = 4
# They are in so many names that nobody is found by them.
_COMMON = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "s", "the", "to", "with"})


@lru_cache(maxsize=8192)
def name_keys(name: str) -> tuple[str, ...]:
    """Return a name's keys, those that say most first.

    >>> name_keys("Nick Nelson")
    ('nick-nelson', 'nick', 'nelson', '~ncknlsn')
    >>> name_keys("Heartstopper")
    ('heartstopper', '~hrtstpr', 'hear~', '~pper')
    """
    return tuple(dict.fromkeys((slug(name), *word_keys(name), *loose_keys(name))))


def word_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name's words, but for words that are in very many names.

    >>> word_keys("The Crown of Fire")
    ('crown', 'fire')
    """
    return tuple(word for word in slug(name).split("-") if len(word) > 1 and word not in _COMMON)


def loose_keys(name: str) -> tuple[str, ...]:
    """Return the keys that a name shares with slightly other spellings of it.

    >>> loose_keys("Heartstopper"), loose_keys("Hartstoper")
    (('~hrtstpr', 'hear~', '~pper'), ('~hrtstpr', 'hart~', '~oper'))
    """
    words = word_keys(name) or (slug(name),)
    whole = "-".join(words)
    consonants = _REPEATED.sub(r"\1", whole[0] + _VOWELS.sub("", whole[1:]))
    edges = (f"{whole[:_EDGE]}~", f"~{whole[-_EDGE:]}") if len(words) == 1 and len(whole) > _EDGE else ()
    return (f"~{consonants}", *edges)
