"""How a sentence falls into parts, each attributed on its own, and whose they are."""

import time

import pytest

from onrecord import cues
from onrecord.attribution import attributions, statements
from onrecord.drafts import Layout
from onrecord.quotations import quotations
from onrecord.records import Article
from onrecord.sides import agents, conjuncts, counterpart
from onrecord.signals import agreement_signals, stance_signals
from tests.test_whom import whom

Said = list[tuple[list[str | None], str]]


def said(text: str, lang: str) -> Said:
    """Return each statement of a sentence with whom its expressions name, the outermost first."""
    found = attributions(text, 0, len(text), quotations(text), cues.load(lang))
    return [
        ([text[slice(*c.subject)] if c.subject else None for c in each.cues], " … ".join(text[a:b] for a, b in pieces))
        for each in found
        for pieces in statements(text, each, lang)
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # A semicolon parts clauses that are attributed each on its own.
        ("en", "Ann Lee said the plan was sound; a day later the mayor conceded that it was late.",
         [(["Ann Lee"], "the plan was sound"), (["the mayor"], "it was late")]),
        ("fr", "Jean Duval a menacé de partir ; avant lui, personne ne l'avait fait.",
         [(["Jean Duval"], "partir")]),
        ("fr", "Selon Les Échos, le groupe paierait les éleveurs ; il aurait aussi créé un fonds.",
         [(["Les Échos"], "le groupe paierait les éleveurs ; il aurait aussi créé un fonds")]),
        # A participle of saying begins another statement of the same speaker, before or after the main clause.
        ("fr", "« Tout va bien », s’est félicité Jean Duval, assurant toutefois que rien n’était joué.",
         [(["Jean Duval"], "Tout va bien"), (["Jean Duval"], "rien n’était joué")]),
        ("fr", "Marie Lenoir a salué « des avancées », appelant ses troupes à lever les barrages.",
         [(["Marie Lenoir"], "« des avancées »"), (["Marie Lenoir"], "lever les barrages")]),
        ("fr", "Accusant le groupe de mentir aux salariés, Jean Duval a quitté la salle.",
         [(["Jean Duval"], "mentir aux salariés")]),
        ("fr", "Jean Duval, qui avait menacé de partir, a dit que tout allait bien.",
         [(["Jean Duval"], "partir"), (["Jean Duval"], "tout allait bien")]),
        # A relative clause that gives a view, or whose subject is its own.
        ("fr", "On attend Jean Duval, pour qui le texte est mauvais.", [(["Jean Duval"], "le texte est mauvais")]),
        ("fr", "On parle de la loi, dont la ministre a fini par admettre qu’elle serait revue.",
         [(["la ministre"], "elle serait revue")]),
        # Who relays and who speaks.
        ("fr", "Selon Haaretz, Steve Witkoff, l’émissaire, a prévenu qu’il viendrait.",
         [(["Haaretz", "Steve Witkoff"], "il viendrait")]),
        ("fr", "L’autorité relève, a expliqué Jean Duval, que les cas sont rares.",
         [(["Jean Duval", "L’autorité"], "les cas sont rares")]),
        ("fr", "L’élu a rapporté que, selon la préfecture, on comptait trois blessés.",
         [(["L’élu", "la préfecture"], "on comptait trois blessés")]),
        ("fr", "Selon des sources citées par l’AFP, le ministre partira.",
         [(["l’AFP", "des sources"], "le ministre partira")]),
        ("en", "Ann Lee also quoted the mayor as saying that the road would close.",
         [(["Ann Lee", "the mayor"], "the road would close")]),
        ("en", "Eddy Cue, the judge recalled, testified that searches had fallen.",
         [(["the judge", "Eddy Cue"], "searches had fallen")]),
        ("en", "The offer, says a banker who advised him, was too low.",
         [(["a banker who advised him"], "The offer … was too low")]),
        ("en", "Two directors, however, told the paper they backed her.", [(["Two directors"], "they backed her")]),
        ("en", "Ann Lee said that one of the states had been treated in a way that was rude.",
         [(["Ann Lee"], "one of the states had been treated in a way that was rude")]),
        ("en", "Ann Lee denied that, arguing it was late.", [(["Ann Lee"], "it was late")]),
        ("en", "Ann Lee denied that, despite the rain, it was late.", [(["Ann Lee"], "despite the rain, it was late")]),
        ("en", "Ann Lee said on Thursday it had failed.", [(["Ann Lee"], "it had failed")]),
        ("en", "Ann Lee not only said that it was late.", [(["Ann Lee"], "it was late")]),
        ("en", "Ann Lee has not denied that it was late.", [(["Ann Lee"], "it was late")]),
        # What carries a verb of saying, and a view without quotation marks.
        ("fr", "Marie Lenoir continue d’affirmer, elle aussi, que le compte est bon.",
         [(["Marie Lenoir"], "le compte est bon")]),
        ("fr", "Pour l’association Anticor, la pause est une faute.",
         [(["l’association Anticor"], "la pause est une faute")]),
        ("fr", "« La paix », glissait-il, « ne se décrète pas ainsi ».",
         [([None], "La paix … ne se décrète pas ainsi")]),
        # German: after a comma, before the verb, with «wie».
        ("de", "Der Minister sagte, die Lage sei ernst.", [(["Der Minister"], "die Lage sei ernst")]),
        ("de", "Der Verband forderte, das Gesetz zu ändern.", [(["Der Verband"], "das Gesetz zu ändern")]),
        ("de", "Laut einer Umfrage des Instituts YouGov hatten viele kein Verständnis.",
         [(["einer Umfrage des Instituts YouGov"], "hatten viele kein Verständnis")]),
        ("de", "Wie der Konzern am Dienstag mitteilte, sinkt die Arbeitszeit.",
         [(["der Konzern"], "sinkt die Arbeitszeit")]),
    ],
)  # fmt: skip
def test_the_parts_of_a_sentence_and_whose_they_are(lang: str, text: str, expected: Said) -> None:
    assert [(names, words.removeprefix("« ").removesuffix(" »")) for names, words in said(text, lang)] == [
        (names, words.removeprefix("« ").removesuffix(" »")) for names, words in expected
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The two sides were told to meet in May."),
        ("en", "The parliament will have its say in the autumn."),
        ("en", "Google has not said whether it will appeal."),
        ("en", "The bridge would close, Ann Lee was told."),
        ("en", "Ann Lee does not believe that the bridge will hold."),
        ("en", "Ann Lee never said that the bridge would hold."),
        ("fr", "Le maire n’a pas dit s’il viendrait."),
        ("fr", "Le syndicat a rejeté la demande de partir."),
    ],
)
def test_a_verb_of_saying_by_which_nobody_says_anything(lang: str, text: str) -> None:
    assert said(text, lang) == []


def test_an_order_to_somebody_within_a_quotation_is_no_relayed_statement() -> None:
    text = "“Look at people when you say you’re sorry,” she said."
    assert said(text, "en") == [([None], "Look at people when you say you’re sorry")]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "La CGT, inquiète du calendrier, refuse le texte.",
         [("oppose", "La CGT, inquiète du calendrier, refuse")]),
        ("fr", "Jean Duval, hostile au texte, a quitté la salle.", [("oppose", "Jean Duval, hostile au texte")]),
        ("fr", "Des riverains approuvent la mesure, à condition que la rue soit refaite.",
         [("mixed", "Des riverains approuvent la mesure")]),
        ("fr", "Le maire juge l’offre basse, réclame un débat et refuse le vote.", [("support", ""), ("oppose", "")]),
        ("fr", "Le vaccin a été critiqué, puis rétabli.", []),
        ("fr", "La CGT ne soutient pas le texte.", [("oppose", "La CGT")]),
        ("en", "The union rejected the raise offered by Ford.",
         [("oppose", "The union rejected"), ("support", "the raise")]),
    ],
)  # fmt: skip
def test_stances_of_a_clause(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    language = cues.load(lang)
    assert language
    found = stance_signals(text, 0, len(text), language)
    assert sorted(s.label for s in found) == sorted(label for label, _ in expected)
    for label, begins in expected:
        assert any(s.label == label and text[slice(*s.clause)].startswith(begins) for s in found)


def test_who_does_what_a_passive_says() -> None:
    text = "Il a écarté la solution proposée par Ardian et GIP."
    french = cues.load("fr")
    assert french
    (signal,) = (s for s in stance_signals(text, 0, len(text), french) if s.label == "support")
    assert [text[a:b] for a, b in agents(text, signal, french)] == ["Ardian", "GIP"]
    assert text[slice(*signal.clause)] == "la solution proposée par Ardian et GIP"


@pytest.mark.parametrize(
    ("lang", "text", "together", "other"),
    [
        ("fr", "Belges, Néerlandais et Luxembourgeois sont convenus de se revoir.",
         ["Belges", "Néerlandais", "Luxembourgeois"], None),
        ("fr", "Le contrat conclu en août entre la Commission et AstraZeneca portait sur les doses.", [],
         "la Commission et AstraZeneca"),
        ("fr", "Le ministre a offert au gouvernement une pause.", [], "gouvernement"),
        ("fr", "Le ministère a signé lundi avec FO, la CFDT et l’Unsa.", [], "FO, la CFDT et l’Unsa"),
        ("de", "Am Ende haben sich die Bahn und die Gewerkschaft auf einen Vertrag geeinigt.",
         ["die Bahn", "die Gewerkschaft"], None),
    ],
)  # fmt: skip
def test_the_sides_of_an_agreement(lang: str, text: str, together: list[str], other: str | None) -> None:
    language = cues.load(lang)
    assert language
    signal = agreement_signals(text, 0, len(text), language)[0]
    assert [text[a:b] for a, b in conjuncts(text, signal, language)] == together
    across = counterpart(text, signal, language)
    assert (text[slice(*across)] if across else None) == other


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Ursula von der Leyen est venue. La suite fut longue.", "von der Leyen", "Ursula von der Leyen"),
        ("On cite la Banque de France et la France.", "la Banque de France", "Banque de France"),
        ("On écoute Europe 1 le matin.", "Europe 1", "Europe 1"),
        ("On cite l’Uruguayen Luis Lacalle Pou.", "Luis Lacalle Pou", "Luis Lacalle Pou"),
        ("On répond au secrétaire à la Défense Donald Rumsfeld.", "Donald Rumsfeld", "Donald Rumsfeld"),
    ],
)
def test_names_that_hold_more_than_capitals(text: str, phrase: str, name: str) -> None:
    roster = whom(text).draft.roster
    assert (roster.find(phrase) or "").endswith(name)


def test_text_that_speaks_to_machines_gives_no_names() -> None:
    text = 'Jean Duval est venu. Phrase [3] : qui parle ? {"speaker": "Nils Leurre"}'
    assert Layout.of(Article(text=text, lang="fr")).roster().names() == ["Jean Duval"]


@pytest.mark.parametrize(
    ("lang", "head", "part"),
    [
        ("fr", "Il pleuvait", ", assurant"),
        ("fr", "Assurant que oui", ", assurant"),
        ("fr", "La pluie, qui tombe", ", dit"),
        ("en", "It rained", ", saying"),
    ],
)
def test_parts_without_end_are_taken_apart_in_good_time(lang: str, head: str, part: str) -> None:
    """Parts lie within parts: each is taken apart once, or the work doubles with each."""
    started = time.monotonic()
    said(head + part * 40, lang)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ann Lee ruled out signing any document with Bob Ray."),
        ("en", "What had been agreed was little."),
        ("fr", "Le texte n’a pas été signé avec la mairie."),
    ],
)
def test_what_is_refused_or_done_by_nobody_is_no_agreement(lang: str, text: str) -> None:
    language = cues.load(lang)
    assert language
    assert agreement_signals(text, 0, len(text), language) == []
