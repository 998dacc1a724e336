"""Deals and offers that a noun brings in: whose they are, how they stand, and where that is told."""

import pytest

from onrecord import cues
from onrecord.sides import conjuncts
from onrecord.signals import agreement_signals


@pytest.mark.parametrize(
    ("text", "label", "sides", "clause"),
    [
        # A relative clause tells whose it is: who acts before or after its verb, and to whom.
        ("L’indemnité dont Lyon et Acme sont convenus s’élève à un million.", "agreed", ["Lyon", "Acme"],
         "L’indemnité dont Lyon et Acme sont convenus"),
        ("Le protocole que viennent de parapher Jean Duval et Marie Lenoir compte dix points.", "signed",
         ["Jean Duval", "Marie Lenoir"], "Le protocole que viennent de parapher Jean Duval et Marie Lenoir"),
        ("La prime que l’État a fini par mettre sur la table a été acceptée par le collectif.", "agreed",
         ["l’État", "le collectif"], "La prime que l’État a fini par mettre sur la table a été acceptée"),
        ("L’invitation que lui a adressée Jean Duval, il l’a acceptée hier.", "agreed", ["Jean Duval", "lui"],
         "L’invitation que lui a adressée Jean Duval, il l’a acceptée"),
        ("Celle qu’offrait l’exécutif, Jean Duval l’avait repoussée.", "rejected", ["l’exécutif", "Jean Duval"],
         "Celle qu’offrait l’exécutif, Jean Duval l’avait repoussée"),
        ("Les 15 euros que Veolia offrait alors à Engie ont été refusés.", "rejected", ["Veolia", "Engie"],
         "Les 15 euros que Veolia offrait alors à Engie ont été refusés"),
        ("La convention qui liait la Sofresa, l’office vendeur, à Acme n’a pas survécu.", "ended",
         ["la Sofresa", "Acme"], "La convention qui liait la Sofresa, l’office vendeur, à Acme n’a pas survécu"),
        # So does a participle, also far from whom it names, and with a short name behind the full one.
        ("L’accord signé fin mai à Paris par Jean Duval et Marie Lenoir est entré en vigueur au printemps.", "in_force",
         ["Jean Duval", "Marie Lenoir"],
         "L’accord signé fin mai à Paris par Jean Duval et Marie Lenoir est entré en vigueur"),
        ("Celui des frégates, conclu le 21 septembre 1994 entre la Direction des chantiers (DCN) et le Gabon, tient.",
         "agreed", ["la Direction des chantiers", "le Gabon"],
         "Celui des frégates, conclu le 21 septembre 1994 entre la Direction des chantiers (DCN) et le Gabon"),
    ],
)  # fmt: skip
def test_a_noun_brings_in_a_deal_with_its_parties(text: str, label: str, sides: list[str], clause: str) -> None:
    french = cues.load("fr")
    assert french
    (found,) = agreement_signals(text, 0, len(text), french)
    assert found.label == label
    assert [text[start:end].removeprefix("l’") for start, end in found.sides] == [s.removeprefix("l’") for s in sides]
    assert text[slice(*found.clause)] == clause


@pytest.mark.parametrize(
    ("lang", "text", "sides", "clause"),
    [
        ("en", "Under a 1994 treaty with Jordan, Israel supplies water to Amman, it said.", ["Israel", "Jordan"],
         "Under a 1994 treaty with Jordan, Israel supplies water to Amman"),
        ("fr", "Aux termes d’un accord conclu en 2019 avec l’Agence, la société livre dix lanceurs par an.",
         ["la société", "l’Agence"],
         "Aux termes d’un accord conclu en 2019 avec l’Agence, la société livre dix lanceurs par an"),
        ("en", "Bell flies astronauts under a contract with Acme.", ["Bell", "Acme"],
         "Bell flies astronauts under a contract with Acme"),
    ],
)  # fmt: skip
def test_what_is_done_under_a_deal_shows_that_it_applies(lang: str, text: str, sides: list[str], clause: str) -> None:
    known = cues.load(lang)
    assert known
    (found,) = agreement_signals(text, 0, len(text), known)
    assert found.label == "in_force"
    assert [text[start:end] for start, end in found.sides] == sides
    assert text[slice(*found.clause)] == clause


@pytest.mark.parametrize(
    "text",
    [
        # The verb before it says what becomes of the offer; «que» may begin another clause; one side is no deal.
        "Jean Duval a refusé la prime que lui offrait la mairie.",
        "Les élus partagent l’avis qu’un cessez-le-feu proposé par Jean Duval serait utile.",
        "Le texte que Jean Duval a signé hier compte dix pages.",
    ],
)
def test_what_is_told_of_a_deal_by_the_verb_before_it_or_of_one_side_alone(text: str) -> None:
    french = cues.load("fr")
    assert french
    assert not any(found.sides for found in agreement_signals(text, 0, len(text), french))


@pytest.mark.parametrize(
    ("text", "clause", "sides"),
    [
        (
            "Nach langem Streit haben sich Arko, Belux und Comta am Montag auf einen Plan geeinigt.",
            "Nach langem Streit haben sich Arko, Belux und Comta am Montag auf einen Plan geeinigt",
            ["Arko", "Belux", "Comta"],
        ),
        ("Die Stadt schlug das Angebot aus – und ihr Sprecher schwieg dazu.", "Die Stadt schlug das Angebot aus", []),
        (
            "Der Verein, der im Herbst umzieht, lehnt den Plan ab.",
            "Der Verein, der im Herbst umzieht, lehnt den Plan ab",
            [],
        ),
    ],
)
def test_a_german_clause_holds_its_subject_and_ends_at_a_dash(text: str, clause: str, sides: list[str]) -> None:
    german = cues.load("de")
    assert german
    (signal,) = agreement_signals(text, 0, len(text), german)
    assert text[slice(*signal.clause)] == clause
    assert [text[slice(*piece)] for piece in conjuncts(text, signal, german)] == sides


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Le conseil a décidé d’accepter l’offre d’Acme.", "agreed"),
        ("Oslo et Rome ont convenu mardi d’agir ensemble.", "agreed"),
        ("Acme et Bell ont officialisé un partenariat.", "agreed"),
        ("L’Alfa a décidé, hier, de ne pas signer l’accord.", "rejected"),
        ("Ses dirigeants ont choisi de ne pas donner suite à cette approche.", "rejected"),
        ("Acme a jugé l’offre de Bell insuffisante.", "rejected"),
        ("Acme a retiré sa proposition.", "ended"),
        ("Oslo a décidé d’annuler un contrat avec Rome.", "ended"),
        ("Oslo a mis fin aux accords avec Rome.", "ended"),
        ("Acme a soumis à Bell une lettre d’intention.", "proposed"),
    ],
)
def test_decisions_withdrawals_and_answers_show_how_a_deal_stands(text: str, label: str) -> None:
    french = cues.load("fr")
    assert french
    assert [found.label for found in agreement_signals(text, 0, len(text), french)] == [label]


@pytest.mark.parametrize(
    "text",
    [
        # What becomes of talks becomes of no deal, and a policy turned down is no offer.
        "Les deux camps ont repoussé la clôture de leurs pourparlers.",
        "Les négociations étaient au point mort entre Oslo et Rome.",
        "Jean Duval rejette la hausse des taxes.",
    ],
)
def test_what_becomes_of_talks_is_told_of_no_deal(text: str) -> None:
    french = cues.load("fr")
    assert french
    assert not agreement_signals(text, 0, len(text), french)
