"""The words of a language that show who speaks, stands or agrees, as `prompts/cues/` has them."""

from collections.abc import Sequence
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from onrecord import bundle
from onrecord.errors import OnrecordError
from onrecord.matching import Token, match_at, tokens
from onrecord.records import Polarity, Status


class Infinitive(BaseModel):
    """Verbs of saying whose content is an infinitive or a gerund: «a promis de partir», "accused him of lying".

    `mark` stands before it, and its first word has one of the endings of `form`. With `whole` what stands between the
    verb and the mark is said, too: "expects prices to rise".
    """

    model_config = ConfigDict(extra="forbid")

    verbs: list[str]
    mark: list[str]
    form: list[str]
    whole: bool = False


class Considering(BaseModel):
    """Verbs by which somebody finds something such: «hält den Plan für falsch», «sprach von einem Erfolg».

    `mark` stands behind the verb and begins what is found; with `whole` what stands between is said, too.
    """

    model_config = ConfigDict(extra="forbid")

    verbs: list[str]
    mark: list[str]
    whole: bool = False


class Cues(BaseModel):
    """One language's cues.

    An entry is one or more words; `*` at a word's end, head or middle stands for whatever stands there; a word
    between bars (`a|b`) for either; `…` for the words of a clause between two.
    """

    model_config = ConfigDict(extra="forbid")

    report: list[str]
    report_that: list[str] = []
    report_after: list[str] = []
    told: list[str] = []
    latter: list[str] = []
    afterwards: list[str] = []
    picking: list[str] = []
    separable: dict[str, list[str]] = {}
    perfect: list[str] = []
    press: list[str] = []
    taken_up: list[str] = []
    reminding: list[str] = []
    conveying: list[str] = []
    judging: list[str] = []
    considering: list[Considering] = []
    detached: list[str] = []
    fronts: list[str] = []
    fronted: list[str] = []
    infinitives: list[Infinitive] = []
    listeners: list[str] = []
    seats: list[str] = []
    source: list[str]
    source_named: list[str] = []
    source_after: list[str] = []
    own_view: list[str] = []
    likening: list[str] = []
    cited: list[str] = []
    citing: list[str] = []
    quoting: list[str] = []
    saying: list[str] = []
    that: list[str]
    subordinators: list[str] = []
    fronting: list[str] = []
    auxiliaries: list[str] = []
    adverbs: list[str] = []
    pronouns: list[str] = []
    function_words: list[str] = []
    particles: list[str] = []
    persons: list[str] = []
    offices: list[str] = []
    documents: list[str] = []
    organisations: list[str] = []
    possessives: list[str] = []
    determiners: list[str] = []
    contracted: list[str] = []
    demonstratives: list[str] = []
    former: list[str] = []
    verb_second: bool = False
    indefinite: list[str] = []
    clitics: list[str] = []
    first_person: list[str] = []
    second_person: list[str] = []
    instructions: list[str] = []
    singular: list[str] = []
    they: list[str] = []
    said_by_several: list[str] = []
    things: list[str] = []
    masculine: list[str] = []
    feminine: list[str] = []
    plural: list[str] = []
    many: list[str] = []
    plural_verbs: list[str] = []
    articles: bool = False
    infinitive: list[str] = []
    infinitive_forms: list[str] = []
    non_finite: list[str] = []
    titles: list[str] = []
    asked: list[str] = []
    asking: list[str] = []
    questions: list[str] = []
    relaying: list[str] = []
    addressed: list[str] = []
    finding: list[str] = []
    backshifted: list[str] = []
    short_titles: dict[str, list[str]] = {}
    view: list[str] = []
    copulas: list[str] = []
    transitive: list[str] = []
    relatives: list[str] = []
    circumstances: list[str] = []
    finite: list[str] = []
    finite_forms: list[str] = []
    negations: list[str] = []
    whether: list[str] = []
    hearsay: list[str] = []
    reported_mood: list[str] = []
    passive: list[str] = []
    reflexives: list[str] = []
    topics: list[str] = []
    gerunds: list[str] = []
    viewers: list[str] = []
    nobody: list[str] = []
    historic: list[str] = []
    bodies: list[str] = []
    past_participles: list[str] = []
    one: list[str] = []
    one_at: list[str] = []
    houses: list[str] = []
    periphrases: list[str] = []
    object_only: list[str] = []
    denying: list[str] = []
    opining: list[str] = []
    adding: list[str] = []
    participles: list[str] = []
    participle_forms: list[str] = []
    asides: list[str] = []
    nouns_alike: list[str] = []
    prepositions: list[str] = []
    conjunctions: list[str] = []
    bare_content: bool = False
    inverted_tail: bool = False
    pro_drop: bool = False
    comma_before_that: bool = False
    must: list[str] = []
    wanting: list[str] = []
    blaming: list[str] = []
    praise: list[str] = []
    neutral: list[str] = []
    negating: list[str] = []
    conditions: list[str] = []
    blame: list[str] = []
    stance: dict[Polarity, list[str]] = {}
    agreement: dict[Status, list[str]] = {}
    counterpart: dict[Status, list[str]] = {}
    both: list[str] = []
    numbers: list[str] = []
    by: list[str] = []
    asked_by: list[str] = []
    object_relatives: list[str] = []
    including: list[str] = []
    such_as: list[str] = []
    objects: list[str] = []
    oblique: list[str] = []
    genitives: list[str] = []
    nominative: list[str] = []
    between: list[str] = []
    shared: list[str] = []
    deals: list[str] = []
    jointly: list[str] = []
    concurring: list[str] = []
    dealing: dict[Status, list[str]] = {}
    lasting: dict[Status, list[str]] = {}
    binding: list[str] = []
    giving: list[str] = []
    under: list[str] = []
    mediating: list[str] = []
    restated: list[str] = []
    acquiring: list[str] = []
    relating: dict[Status, list[str]] = {}
    genitive: list[str] = []
    offers: list[str] = []
    offering: list[str] = []
    bidding: list[str] = []
    undone: list[str] = []
    answering: dict[Status, list[str]] = {}

    @property
    def bare_nouns(self) -> bool:
        """Tell whether nouns have no articles but cases, so that any word may begin one: «заявил министр»."""
        return not self.articles

    def verb_at(self, words: Sequence[Token], i: int) -> bool:
        """Tell whether a word is a verb, by the lists or by an English ending; "United" is none."""
        known = match_at(words, i, [*self.auxiliaries, *self.finite, *self.finite_forms, *self.report])
        return known > 0 or (self.bare_content and words[i].word.islower() and words[i].word.endswith("ed"))


@cache
def load(lang: str | None) -> Cues | None:
    """Return the cues of a language, or None where there is no file for it."""
    path = bundle.folder("prompts") / "cues" / f"{lang}.yaml"
    if not lang or not path.is_file():
        return None
    try:
        # Every scalar a string: to YAML's usual loader the French «on» and the English "no" are booleans.
        return Cues.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader))  # noqa: S506
    except (yaml.YAMLError, ValidationError) as error:
        raise OnrecordError(f"{path} is not a valid file of cues: {error}") from None


def languages() -> list[str]:
    """Return the languages that have a file of cues."""
    return sorted(p.stem for p in (bundle.folder("prompts") / "cues").glob("*.yaml"))


def is_new(phrase: str, cues: Cues) -> bool:
    """Tell whether a phrase brings in somebody new and unnamed («une source», "two diplomats", "officials")."""
    words = tokens(phrase)
    bare = cues.articles and phrase[:1].islower() and not match_at(words, 0, [*cues.determiners, *cues.pronouns])
    return bare or bool(match_at(words, 0, cues.indefinite))
