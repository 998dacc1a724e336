"""Actors: which of an article's names and descriptions are one and the same."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from onrecord.matching import capital, tokens
from onrecord.records import Actor, ActorKind

# Spellings of one sound, so that transliterations of one name (Ouchakov, Ushakov) come out alike.
_SOUNDS = (
    (r"tsch|tch|ch|sch|sh", "s"),
    (r"kh", "h"),
    (r"zh|dj", "j"),
    (r"ou|oo", "u"),
    (r"w|ff?", "v"),
    (r"ck|q|c", "k"),
    (r"y|j", "i"),
    (r"tz|ts", "z"),
    (r"(.)\1+", r"\1"),
    (r"(?<=...)[ei]+$", ""),
)
_MIN_SOUND = 5
# The endings of the cases of Russian names, which go like nouns («Путина», «Лаврову») or adjectives («Толстого»), as
# `fold` spells them (й as и); a doubled letter is single by then. Only words of Russian letters alone have them: no
# Latin name, no «Путін», no «Ђоковић».
_CASES = re.compile(
    r"([а-я]{3,}?)"
    r"(?:и?(?:[аоуыеияюь]|ем|еи|ям|ях)|ого|ему|ому|ыи|ои|ая|ую|ою|ею|ым|им|ом|ам|ах)?"
)
# A Russian noun as a subject, and whose it is.
_OWNED = re.compile(r"[бвгджзклмнпрстфхцчшщ] [а-я]+[ыи]$")
# Articles, prepositions and particles are this short in the languages of the cues.
_MAX_SHORT = 3


# Each name is compared with each mention of every actor, over and over.
@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """Return a name without accents, case and punctuation, for comparing."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """Return a rough key of how a word sounds: transliterations of one name share it."""
    key = fold(word)
    for pattern, plain in _SOUNDS:
        key = re.sub(pattern, plain, key)
    stem = _CASES.fullmatch(key)
    return stem[1] if stem else key


def _proper_end(phrase: str) -> str | None:
    """Return the proper name that a phrase ends with and that it therefore names («le président Poutine»)."""
    words = tokens(phrase)
    at = len(words)
    while at and (capital(phrase, words[at - 1]) or (at < len(words) and len(words[at - 1].word) <= _MAX_SHORT)):
        at -= 1
    name = words[at:]
    while name and not capital(phrase, name[0]):
        name = name[1:]
    if not name:
        return None
    # «le ministère de l'Intérieur» is not called Intérieur: a preposition stands between.
    whole = name[0].start == words[0].start
    apposed = at and len(words[at - 1].word) > _MAX_SHORT and words[at - 1] is words[words.index(name[0]) - 1]
    # «la SNCF», «von der Leyen»: nothing but short words stands before it.
    alone = at == 0 and all(capital(phrase, word) for word in name)
    return phrase[name[0].start :] if whole or apposed or alone else None


def content_words(phrase: str) -> set[str]:
    """Return the words of a phrase that are no article, preposition or particle, folded; «US» is none either."""
    return {w for w in fold(phrase).split() if len(w) > _MAX_SHORT} | {
        w.casefold() for w in re.findall(r"\w+", phrase) if w.isupper() and 1 < len(w) <= _MAX_SHORT
    }


def _content(phrase: str) -> set[str]:
    content = content_words(phrase)
    return content if len(content) > 1 else set()


def same(one: str, other: str) -> bool:
    """Tell whether two names can be the same actor's: one shortens the other, or they sound alike.

    A lone letter before a name is a title («M. Macron») or an initial, and says nothing of it.
    """
    a, b = ([w for w in fold(name).split() if len(w) > 1] for name in (one, other))
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    if a == b or (a[-1] == b[-1] and set(a) <= set(b)):
        return True
    if len(a) == 1 and len(b) > 1 and _OWNED.search(" ".join(b)) and a[0].endswith(("а", "я")):
        # «Газпром Армении» is not Армения.
        return False
    last = sound(a[-1])
    # A stem tells as much as its word: «России» and «Россию» are both «рос».
    told = min(len(a[-1]), len(b[-1])) if _CASES.fullmatch(last) else len(last)
    if told < _MIN_SOUND or last != sound(b[-1]):
        return False
    return all(sound(x) == sound(y) for x, y in zip(a[:-1], b[:-1], strict=False)) if len(a) == len(b) else len(a) == 1


def _proper(name: str) -> bool:
    return all(capital(name, word) or len(word.word) <= _MAX_SHORT for word in tokens(name)) and name[0].isupper()


class Roster:
    """The actors of one article: every name given to it leads to one of them."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._mentions: dict[str, dict[str, None]] = {}
        self._kinds: dict[str, ActorKind] = {}
        self._described: dict[str, set[str]] = {}
        for name in sorted(names, key=lambda n: -len(fold(n).split())):
            self.add(name)

    def add(self, name: str, *, alias_of: str | None = None) -> str:
        """Add a spelling or a description and return the actor's name.

        A description («le diplomate») belongs to the actor it is said to be an alias of; a name to whoever
        it shortens or sounds like, unless two actors fit.
        """
        name = " ".join(name.split())
        if alias_of is not None:
            owner = self.add(alias_of)
            # Of «le conseiller du Kremlin, Iouri Ouchakov» the description is what is new.
            parts = [part for part in name.split(", ") if part not in self._mentions[owner]]
            name = parts[0] if parts else owner
        else:
            owner = self.fitting(name) or name
        self._mentions.setdefault(owner, {owner: None}).setdefault(name)
        return owner

    def find(self, phrase: str) -> str | None:
        """Return the actor that a phrase names by itself, or None.

        It does where it is a mention known already, where it shortens a name, where it holds a full name
        («le conseiller du Kremlin, Iouri Ouchakov»), or where its words are a known description's («ce conseiller du
        Kremlin»).
        """
        owner = self.fitting(phrase)
        return self.add(phrase, alias_of=owner) if owner else None

    def apart(self, phrase: str) -> str:
        """Return the actor who is called so, whoever else is named in it: «Paris et Berlin», «le délégué CFDT»."""
        name = " ".join(phrase.split())
        self._mentions.setdefault(name, {name: None})
        return name

    def known(self, phrase: str) -> str | None:
        """Return the actor that a phrase names by a proper name or as it was named before; a likeness is not enough."""
        name = _proper_end(phrase)
        return self.find(phrase) if name or any(phrase in m for m in self._mentions.values()) else None

    def fitting(self, phrase: str) -> str | None:
        """Return the actor whom `find` would, without taking the phrase for a mention of him."""
        words = tokens(phrase)
        capitals = [w.start for w in words if capital(phrase, w)]
        short = capitals and all(len(w.word) <= _MAX_SHORT for w in words if w.start < capitals[0])
        # «la Banque de France» is known by what follows its article.
        bare = phrase[capitals[0] :] if short else phrase
        for owner, mentions in self._mentions.items():
            if phrase in mentions or bare in mentions:
                return owner
        if inner := self._inner(phrase):
            return inner
        name, content = _proper_end(phrase), _content(phrase)
        fitting = [
            owner
            for owner, mentions in self._mentions.items()
            if (name and same(name, owner))
            or any(m.count(" ") and re.search(rf"(?:^|, ){re.escape(m)}(?:$|,)", phrase) for m in mentions)
            or (content and any(content == _content(m) for m in mentions))
        ]
        if name and len(fitting) > 1:
            # «Иванова» is rather Anna Ivanova's own name than Ivan Ivanov's in another case.
            fitting = [owner for owner in fitting if fold(owner).split()[-1:] == fold(name).split()[-1:]]
        return fitting[0] if len(fitting) == 1 else None

    def _inner(self, phrase: str) -> str | None:
        """Return who is named in full within a phrase («le président Jean Duval (PS)»), not whose («l'avocat de …»)."""
        found = set()
        for owner, mentions in self._mentions.items():
            for m in mentions:
                at = phrase.find(m) if m.count(" ") and _proper(m) else -1
                before = tokens(phrase, 0, max(at, 0))
                if at >= 0 and not (before and len(before[-1].word) <= _MAX_SHORT and before[-1].word.islower()):
                    found.add(owner)
        return found.pop() if len(found) == 1 else None

    def holding(self, phrase: str) -> str | None:
        """Return the actor of whom a mention, long enough to be most of a phrase, stands in it."""
        long = [(o, m) for o, mentions in self._mentions.items() for m in mentions if m in phrase]
        owner, mention = max(long, key=lambda pair: len(pair[1]), default=("", ""))
        return owner if 2 * len(mention) > len(phrase) + _MAX_SHORT and " " in mention else None

    def named_in(self, text: str) -> list[str]:
        """Return the actors of whom a mention stands in a text, the last mentioned first."""
        places = {owner: max(text.rfind(m) for m in mentions) for owner, mentions in self._mentions.items()}
        return sorted((o for o, at in places.items() if at >= 0), key=lambda o: -places[o])

    def first_in(self, text: str) -> list[str]:
        """Return the actors of whom a mention stands in a text, the first mentioned first."""
        places = self.places(text)
        return sorted(places, key=lambda o: places[o])

    def places(self, text: str) -> dict[str, int]:
        """Return where each actor is first mentioned in a text; of «Jon Ruiz» the surname mentions nobody else."""
        spans = [
            (m.start(), m.end(), owner)
            for owner, mentions in self._mentions.items()
            for mention in mentions
            if mention in text
            for m in re.finditer(re.escape(mention), text)
        ]
        places: dict[str, int] = {}
        for start, end, owner in sorted(spans):
            longer = (text[s:e] for s, e, o in spans if s <= start and end <= e and e - s > end - start and o != owner)
            within = any(" " in name and _proper(name) for name in longer)
            if not within:
                places.setdefault(owner, start)
        return places

    def mentions(self, name: str) -> list[str]:
        """Return all that an actor is called."""
        return list(self._mentions.get(name, {name: None}))

    def describe(self, name: str, description: str) -> None:
        """Say what somebody is, as the article puts it beside the name."""
        self._described.setdefault(self.add(name), set()).update(content_words(description))

    def described(self, name: str) -> set[str]:
        """Return the words that say what somebody is."""
        return self._described.get(name, set())

    def fitting_descriptions(self, phrase: str) -> list[str]:
        """Return the actors who were said to be what a phrase says («le secrétaire d'État»)."""
        words = content_words(phrase)
        return [owner for owner, known in self._described.items() if words and words <= known]

    def fullest(self, name: str) -> str:
        """Return what to call an actor in the end: a proper name, where one was found for a description."""
        mentions = self._mentions.get(name, {})
        proper = [m for m in mentions if m.count(" ") and _proper(m)]
        described = not _proper(name)
        return max(proper, key=len) if described and proper else name

    def names(self) -> list[str]:
        """Return the actors' names."""
        return list(self._mentions)

    def set_kind(self, name: str, kind: ActorKind) -> None:
        """Say what an actor is."""
        self._kinds.setdefault(self.add(name), kind)

    def actors(self, used: Iterable[str]) -> list[Actor]:
        """Return the actors that `used` names, each once."""
        return [
            Actor(name=self.fullest(name), kind=self._kinds.get(name), mentions=list(self._mentions[name]))
            for name in dict.fromkeys(self.add(n) for n in used)
        ]
