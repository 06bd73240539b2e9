"""Texts to words: folded for comparing, as written for reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_](?:[\w'’]*\w)?|\d+(?:[.,]\d+)*")
_MARKUP = re.compile(
    r"<[^<>]{1,200}>|https?://\S+|!?\[[^\]\n]{0,200}\]\([^)\n]{0,200}\)|`{1,3}[^`]{0,2000}`{1,3}"
    r"|\S*[/\\_={}|@#$]\S*|\b[^\W\d]+\d\S*"  # paths, identifiers, options: the machine's words, not people's
)
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")

# Words that carry no subject in English: articles, pronouns, helpers, prepositions, courtesies.
STOPWORDS = frozenset(
    """
    a able about above after again against all almost also always am an and another any anybody anyone anything
    are aren't around as at away back be because been before being below best better between both but by bye
    came can can't cannot come could couldn't did didn't do does doesn't doing don't done down during each
    either else enough etc even ever every everybody everyone everything few first for from further get gets
    getting give given go goes going gone good got had hadn't has hasn't have haven't having he hello help her
    here hers herself hey hi him himself his how however i i'd i'll i'm i've if in instead into is isn't it it'd
    it'll it's its itself just keep know last least less let let's like little look lot made make makes making
    many may maybe me mean might mine more most much must my myself need needed needs never next no nobody none
    nor not nothing now of off often oh ok okay on once one only onto or other others our ours ourselves out
    over own perhaps please put quite rather really regards said same say says see seem seems seen shall she
    should shouldn't since so some somebody someone something sometimes soon still such sure take taken than
    thank thanks that that's the their theirs them themselves then there there's therefore these they they'd
    they'll they're they've thing things think this those though through thus to too took toward towards try
    trying under until up upon us use used uses using very via want wanted wants was wasn't way we we'd we'll
    we're we've well went were weren't what what's whatever when where whether which while who whom whose why
    will with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
    yourselves
    """.split()  # noqa: SIM905 a page of words is read as words, not as three hundred quoted lines
)


def plain(text: str) -> str:
    """`text` without addresses, code and markup."""
    return _MARKUP.sub(" ", text)


def without_boilerplate(texts: Sequence[str], *, common: float = 0.005) -> list[str]:
    """The texts without lines that many of them have: headings of forms, greetings, signatures.

    Many is this share of the texts, and at least five. A text that is nothing else is left whole.
    """
    lines = [[line.strip() for line in text.splitlines()] for text in texts]
    known = Counter(line.casefold() for text in lines for line in set(text) if line)
    most = max(5, common * len(texts))
    kept = ["\n".join(line for line in text if known[line.casefold()] < most) for text in lines]
    return [left if left.strip() else text for left, text in zip(kept, texts, strict=True)]


def written(text: str) -> list[str]:
    """The words as written, in order."""
    return _WORD.findall(plain(text))


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence: a phrase never runs from one into the next."""
    for sentence in _SENTENCE.split(plain(text)):
        if words := _WORD.findall(sentence):
            yield words


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Equal for forms of one word: small letters, no possessive, and plural s taken off (Harman 1991, S stemmer)."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if len(word) > 4 and word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word


def is_stopword(word: str) -> bool:
    """Whether a word, as written or folded, carries no subject."""
    return word.lower().replace("’", "'") in STOPWORDS


def words(text: str) -> list[str]:
    """Every word, folded: for telling needs apart, where "why" and "not" say much."""
    return [fold(word) for word in written(text)]


def pairs(text: str) -> list[str]:
    """Every word, folded, and every two that follow one another: "not working" says more than its words."""
    every = words(text)
    return every + [f"{one} {after}" for one, after in pairwise(every)]


def subjects(text: str) -> list[str]:
    """The folded words that carry a subject: for grouping texts by what they are about."""
    return [fold(word) for word in written(text) if not is_stopword(word)]


def shingles(words: Iterable[str], size: int = 3) -> set[str]:
    """Runs of `size` folded words; the whole of a shorter text."""
    folded = [fold(word) for word in words]
    return {" ".join(folded[i : i + size]) for i in range(max(1, len(folded) - size + 1))} if folded else set()
