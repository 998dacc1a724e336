"""Whose a deal is where its clause does not name all: listed beside, named before, told of an earlier deal."""

import pytest

from onrecord.grounding import span
from onrecord.parties import Parties
from onrecord.records import Agreement
from onrecord.signals import agreement_signals
from tests.test_whom import whom


def told(text: str, lang: str = "fr") -> list[tuple[str, list[str]]]:
    """Return the status and the parties of each deal of a text, in their order."""
    found = whom(text, lang)
    cues, parties = found.layout.cues, Parties(found)
    assert cues
    deals: list[tuple[str, list[str]]] = []
    for at, sentence in enumerate(found.layout.sentences):
        for signal in agreement_signals(text, sentence.start, sentence.end, cues):
            sides = parties.of(at, signal)
            if len(sides) > 1:
                evidence = [span(text, *signal.clause)]
                found.draft.agreements.append(
                    Agreement(parties=sides, subject="", status=signal.label, evidence=evidence)
                )
                deals.append((signal.label, sorted(sides)))
    return deals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Those who are listed are the parties, and not the noun that means them all.
        ("Les deux clubs, Metz et Lens, ont signé un contrat.", ["Lens", "Metz"]),
        ("Les trois ligues de judo, Alfa, Beta et Gama, ont trouvé un accord.", ["Alfa", "Beta", "Gama"]),
        ("Les deux syndicats de Dupont SA, l’Alfa et la Beta, ont signé mardi le texte.", ["Alfa", "Beta"]),
        ("Oslo et quatre capitales (Rome, Madrid, Athènes et Lisbonne) sont parvenues à un accord.",
         ["Athènes", "Lisbonne", "Madrid", "Oslo", "Rome"]),
        ("Oslo et les capitales, réunies au sein du groupe dit du Sud (Rome et Madrid), ont signé un traité.",
         ["Madrid", "Oslo", "Rome"]),
        ("Un accord a été trouvé entre Oslo et trois capitales (Rome, Madrid et Athènes).",
         ["Athènes", "Madrid", "Oslo", "Rome"]),
        # A list without a noun for all is one of its own.
        ("Les Pays-Bas, la Norvège et le Danemark ont signé un traité.", ["Danemark", "Norvège", "Pays-Bas"]),
        # What is said beside one of two is no third.
        ("La direction de Dupont et le principal syndicat du site, l’Alfa, sont parvenus à un accord.",
         ["La direction de Dupont", "Alfa"]),
        # When, where and how it was stands before them, by whom they are led behind.
        ("À Lyon, Oslo et Rome ont conclu un accord.", ["Oslo", "Rome"]),
        ("La mairie et les riverains menés par Jean Duval ont signé un accord.", ["La mairie", "les riverains"]),
        ("Oslo a rompu son accord avec Rome et ses partenaires européens.",
         ["Oslo", "Rome", "ses partenaires européens"]),
        ("Oslo a signé un accord avec la Fédération des métiers.", ["Oslo", "la Fédération des métiers"]),
        ("Oslo a signé un accord avec la première ligue du pays, les Forces unies de Norvège (FUN), qui a cédé.",
         ["Oslo", "les Forces unies de Norvège"]),
        # Some of those whom a noun means are no parties of their own, but those whom it names as a whole are.
        ("Les autres ligues, dont Alfa et Beta, avaient signé un accord avec la mairie.",
         ["Les autres ligues", "la mairie"]),
        ("D’autres ligues comme l’Alfa et la Beta ont signé un accord avec la mairie.",
         ["Alfa", "Beta", "la mairie"]),
        # What stands between commas parts no verb from its deal, nor its sides from what became of it.
        ("Oslo et Rome ont finalement conclu, le 3 mai à Madrid, avec Athènes et Lisbonne, un accord sur le gaz.",
         ["Athènes", "Lisbonne", "Oslo", "Rome"]),
        ("Un accord entre la mairie et l’Alfa, première ligue du pays, a été trouvé.", ["Alfa", "la mairie"]),
        # A place where something is told is no party, nor is a price.
        ("Oslo et Rome ont annoncé mardi à Madrid la prolongation de la trêve.", ["Oslo", "Rome"]),
        ("Les ministres grec et russe Jean Duval et Paul Roth ont signé un accord.", ["Jean Duval", "Paul Roth"]),
        ("Jean Duval a repoussé trois offres de la part d’Acme.", ["Acme", "Jean Duval"]),
        ("Le club de Metz a refusé une première offre d’Acme.", ["Acme", "Le club de Metz"]),
        ("Oslo et Rome sont parvenus mardi à un accord.", ["Oslo", "Rome"]),
        # Those who face each other are both sides.
        ("Alors qu’Oslo accuse Rome de tricher, les deux parties ont conclu un accord.", ["Oslo", "Rome"]),
    ],
)  # fmt: skip
def test_those_who_are_listed_or_face_each_other_are_the_parties(text: str, expected: list[str]) -> None:
    assert [sorted(sides) for _, sides in told(text)] == [sorted(expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Who signs or turns down a text does so with whoever made it.
        ("L’Alfa refuse l’accord négocié avec le patronat. La Beta est la seule à ratifier l’accord.",
         [("rejected", ["Alfa", "le patronat"]), ("signed", ["Beta", "le patronat"])]),
        ("Le projet proposé par la mairie est prêt. L’Alfa et la Beta ont signé le texte.",
         [("signed", ["Alfa", "Beta", "la mairie"])]),
        ("L’Alfa a décidé de ne pas signer l’accord négocié avec le patronat. La Beta a décidé de le rejeter.",
         [("rejected", ["Alfa", "le patronat"]), ("rejected", ["Beta", "le patronat"])]),
        ("L’accord conclu le 3 mai entre la mairie et l’Alfa tient. L’Alfa a refusé de signer ce dernier texte.",
         [("agreed", ["Alfa", "la mairie"]), ("rejected", ["Alfa", "la mairie"])]),
        # What is asked is turned down to whoever asks, and others sign with those alone who made it.
        ("Les éleveurs réclament une prime. La mairie a rejeté cette demande.",
         [("rejected", ["La mairie", "Les éleveurs"])]),
        ("L’Alfa refuse l’accord négocié avec le patronat. La Beta a ratifié l’accord. La Gama a décidé de le rejeter.",
         [("rejected", ["Alfa", "le patronat"]), ("signed", ["Beta", "le patronat"]),
          ("rejected", ["Gama", "le patronat"])]),
        # A deal that is named again is no second one.
        ("Oslo et Rome ont trouvé un accord. L’accord a été signé par Oslo et Rome.", [("agreed", ["Oslo", "Rome"])]),
        ("Oslo et Rome ont signé un traité. Les deux autres accords signés lundi courent un an.",
         [("signed", ["Oslo", "Rome"])]),
        # Who has signed it already signs it no second time.
        ("Oslo et Rome ont conclu un accord. Oslo a signé le texte.", [("agreed", ["Oslo", "Rome"])]),
    ],
)  # fmt: skip
def test_a_deal_that_is_named_again_is_whose_it_was(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert told(text) == [(status, sorted(sides)) for status, sides in expected]


@pytest.mark.parametrize(
    "text",
    [
        # What many do alone is no deal where it only says that something applies; talks are nobody.
        "Les nouvelles règles sont entrées en vigueur.",
        "Les discussions ont fini par s’entendre sur un point.",
        "Les deux autres accords signés lundi courent un an.",
        "Un projet parrainé par Oslo a été signé.",
        # What one body alone signs is none either, though others agreed before.
        "Oslo proposait un prix de 20 euros.",
        "Jean Duval a signé la déclaration d’urgence.",
    ],
)
def test_what_is_told_of_no_two_is_no_deal(text: str) -> None:
    assert told(text) == []
