import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord import cues
from onrecord.attribution import attributions, statements
from onrecord.matching import match_at, tokens
from onrecord.positions import position
from onrecord.quotations import doubled, mode, quotations
from onrecord.records import Span
from onrecord.sentences import split
from onrecord.sides import conjuncts, subject_of
from onrecord.signals import agreement_signals, stance_signals
from onrecord.taken_up import taken_up
from tests.conftest import SEED


def taken_apart(text: str, lang: str = "fr") -> tuple[list[tuple[str, str | None]], list[str]] | None:
    parts = all_taken_apart(text, lang)
    return parts[0] if parts else None


def all_taken_apart(text: str, lang: str = "fr") -> list[tuple[list[tuple[str, str | None]], list[str]]]:
    return [
        (
            [(text[c.start : c.end], text[slice(*c.subject)] if c.subject else None) for c in found.cues],
            [text[start:end] for start, end in found.content],
        )
        for found in attributions(text, 0, len(text), quotations(text), cues.load(lang))
    ]


@pytest.mark.parametrize(
    ("text", "names", "content"),
    [
        ("Selon le conseiller du Kremlin, Iouri Ouchakov, ils ont discuté de la paix.",
         [("Selon le conseiller du Kremlin, Iouri Ouchakov", "le conseiller du Kremlin")],
         ["ils ont discuté de la paix"]),
        ("Selon une source proche du dossier, le maire aurait cédé.",
         [("Selon une source proche du dossier", "une source proche du dossier")], ["le maire aurait cédé"]),
        ("« Je viens de lui parler », a-t-il écrit sur Truth Social.",
         [("a-t-il écrit sur Truth Social", None)], ["Je viens de lui parler"]),
        ("Les deux dirigeants ont convenu de se reparler après la rencontre, a déclaré Ushakov.",
         [("a déclaré Ushakov", "Ushakov")],
         ["Les deux dirigeants ont convenu de se reparler après la rencontre"]),
        ("Le diplomate a également noté que « les présidents sont du même avis ».",
         [("Le diplomate a également noté", "Le diplomate")], ["les présidents sont du même avis"]),
        ("Selon Ushakov, Trump a reconnu que « la crise a été difficile » pour lui, ajoutant qu’il était confiant.",
         [("Selon Ushakov", "Ushakov"), ("Trump a reconnu", "Trump")],
         ["la crise a été difficile » pour lui", "il était confiant"]),
        ("« Donald Trump a souligné que la guerre devait finir », a déclaré Ushakov.",
         [("a déclaré Ushakov", "Ushakov"), ("Donald Trump a souligné", "Donald Trump")],
         ["la guerre devait finir"]),
        ("« C’est fini », a lancé son chef de file, Pierre Oliver.",
         [("a lancé son chef de file, Pierre Oliver", "son chef de file")], ["C’est fini"]),
        ("« Nous partons », a dit Nadia Cherif, « et nous ne reviendrons pas ».",
         [("a dit Nadia Cherif", "Nadia Cherif")], ["Nous partons", "et nous ne reviendrons pas"]),
        ("« La direction, a-t-il poursuivi, refuse de négocier. »",
         [("a-t-il poursuivi", None)], ["La direction", "refuse de négocier"]),
        ("La réforme, a expliqué la ministre, sera votée en mai.",
         [("a expliqué la ministre", "la ministre")], ["La réforme", "sera votée en mai"]),
        ("Le trafic sera perturbé mardi, a prévenu la direction de la SNCF dans un communiqué.",
         [("a prévenu la direction de la SNCF dans un communiqué", "la direction de la SNCF")],
         ["Le trafic sera perturbé mardi"]),
        ("Le ministre a estimé que « la grève n'est pas la solution » et a appelé les syndicats au dialogue.",
         [("Le ministre a estimé", "Le ministre")], ["la grève n'est pas la solution"]),
        ("Pour l'association Anticor, partie civile, « la justice doit aller jusqu'au bout ».",
         [("Pour l'association Anticor, partie civile", "l'association Anticor")],
         ["la justice doit aller jusqu'au bout"]),
        ("« Nous irons en appel », regrette sa présidente Élise Van Beneden.",
         [("regrette sa présidente Élise Van Beneden", "sa présidente Élise Van Beneden")], ["Nous irons en appel"]),
        ("« Je constate que les conditions ne sont pas réunies », a déclaré le Premier ministre.",
         [("a déclaré le Premier ministre", "le Premier ministre")],
         ["Je constate que les conditions ne sont pas réunies"]),
        ("Pour la maire de Nantes, Johanna Rolland, l’abandon est une « trahison » et un « déni de démocratie ».",
         [("Pour la maire de Nantes, Johanna Rolland", "la maire de Nantes")],
         ["l’abandon est une « trahison » et un « déni de démocratie »"]),
        ("Le club a refusé cette offre, a annoncé son président Jorge Nuno Pinto da Costa.",
         [("a annoncé son président Jorge Nuno Pinto da Costa", "son président Jorge Nuno Pinto da Costa")],
         ["Le club a refusé cette offre"]),
        ("Reuters rapporte que Dupont a confié à ses proches qu’il démissionnerait.",
         [("Reuters rapporte", "Reuters"), ("Dupont a confié", "Dupont")], ["il démissionnerait"]),
        ("D’après Le Figaro, qui cite une source policière, le suspect serait en fuite.",
         [("D’après Le Figaro", "Le Figaro"), ("qui cite une source policière", "une source policière")],
         ["le suspect serait en fuite"]),
        ("Marie Lopez l’assure : « Nous ferons appel dès demain matin. »",
         [("Marie Lopez l’assure", "Marie Lopez")], ["Nous ferons appel dès demain matin"]),
        ("L’entreprise fera appel, selon son avocate, Marie Lopez.",
         [("selon son avocate, Marie Lopez", "son avocate, Marie Lopez")], ["L’entreprise fera appel"]),
        ("Le ministre, interrogé lundi, a affirmé que tout irait bien.",
         [("Le ministre, interrogé lundi, a affirmé", "Le ministre")], ["tout irait bien"]),
    ],
)  # fmt: skip
def test_french_sentences(text: str, names: list[tuple[str, str | None]], content: list[str]) -> None:
    found = taken_apart(text)
    assert found
    assert [cue for cue, _ in found[0]] == [cue for cue, _ in names]
    for (_, subject), (_, expected) in zip(found[0], names, strict=True):
        assert (subject or "").startswith(expected or "")
        assert (subject is None) == (expected is None)
    assert found[1] == content


@pytest.mark.parametrize(
    ("text", "names", "content"),
    [
        ('"We are not there yet," he told reporters in Geneva.', [("he told reporters in Geneva", None)],
         ["We are not there yet"]),
        ("The envoy, Hans Grundberg, said on Thursday that a truce was near.",
         [("Hans Grundberg, said", "Hans Grundberg")], ["a truce was near"]),
        ("A senior official, speaking quietly, said the group had accepted the plan.",
         [("A senior official, speaking quietly, said", "A senior official")], ["the group had accepted the plan"]),
        ("According to two diplomats, Iran supports the plan.", [("According to two diplomats", "two diplomats")],
         ["Iran supports the plan"]),
        ("Iran and the United States agreed on Friday to meet again, the Omani foreign minister said.",
         [("the Omani foreign minister said", "the Omani foreign minister")],
         ["Iran and the United States agreed on Friday to meet again"]),
        ("The company would appeal, Lopez told reporters on Tuesday.",
         [("Lopez told reporters on Tuesday", "Lopez")], ["The company would appeal"]),
        ("The suspect, police said, fled on foot.", [("police said", "police")], ["The suspect", "fled on foot"]),
        ("Nissan cut its forecast on Thursday and said it would close two plants.",
         [("Nissan cut its forecast on Thursday and said", "Nissan")], ["it would close two plants"]),
        ("The plan, she said, would cost too much.", [("she said", None)], ["The plan", "would cost too much"]),
        ('He added that both sides "want a deal".', [("He added", None)], ['both sides "want a deal"']),
        ("“This is a fragile moment,” Grundberg said.", [("Grundberg said", "Grundberg")],
         ["This is a fragile moment"]),
    ],
)  # fmt: skip
def test_english_sentences(text: str, names: list[tuple[str, str | None]], content: list[str]) -> None:
    assert taken_apart(text, "en") == (names, content)


@pytest.mark.parametrize(
    "text",
    [
        "L’appel a duré une heure et quinze minutes.",
        "Kiev devrait prendre une décision « audacieuse ».",
        "L’une des équipes traitera des « questions de sécurité ».",
        "Les présidents ont également convenu de se reparler.",
        "",
        "…",
    ],
)
def test_a_sentence_in_the_journalists_voice_has_no_speaker(text: str) -> None:
    assert taken_apart(text) is None


def test_without_cues_only_quotations_tell() -> None:
    text = "Er sagte: „Das ist das Ende der Verhandlungen.“ Und ging „leise“."
    (found,) = attributions(text, 0, len(text), quotations(text), None)
    assert found.cues == []
    assert [text[a:b] for a, b in found.content] == ["Das ist das Ende der Verhandlungen"]


def test_the_seed_has_its_13_attributed_sentences() -> None:
    text = SEED.read_text("utf-8")
    sentences, quoted, french = split(text, "fr"), quotations(text), cues.load("fr")
    found = [i for i, s in enumerate(sentences, 1) if attributions(text, s.start, s.end, quoted, french)]
    assert found == [2, 7, 8, 10, 12, 13, 15, 17, 18, 19, 22, 24, 25]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il dit « oui, « non » et oui » puis “peut-être”.", [" oui, « non » et oui ", "peut-être"]),
        ("Er sagte: „Ja, gern.“ Sie: »Nein«.", ["Ja, gern.", "Nein"]),
        ("「はい」と言った。", ["はい"]),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("« Un début\n« et une suite » dit-il.", [" Un début\n« et une suite "]),
        ("« jamais fermé\nUne autre phrase.", [" jamais fermé"]),
        ("L'été d’avant, rien.", []),
        ("", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    found = quotations(text)
    assert [text[q.start : q.end] for q in found] == expected
    assert all(q.outer_start < q.start <= q.end <= q.outer_end for q in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘We won’t go,’ he said. ‘Yes’, I said.", "“We won’t go,” he said. “Yes”, I said."),
        ("‘The workers’ rights matter,’ she said.", "“The workers’ rights matter,” she said."),
        ("‘It is the members’ choice’ (‘so it is’).", "“It is the members’ choice” (“so it is”)."),
        ("‘He said “no” then.’", "“He said “no” then.”"),
        # No quotations: years, words cut short, the genitive of several, what is closed in another paragraph.
        ("In the ‘90s the boys’ room was theirs.", "In the ‘90s the boys’ room was theirs."),
        ("‘Open\nto the end’ it was.", "‘Open\nto the end’ it was."),
        ("L’été d’avant.", "L’été d’avant."),
    ],
)
def test_single_marks_are_read_as_double_ones(text: str, expected: str) -> None:
    assert doubled(text) == expected


@pytest.mark.parametrize(
    ("quote", "expected"), [("tout va bien", "direct"), ("il est parti", "indirect"), ("que « tout va bien", "mixed")]
)
def test_mode(quote: str, expected: str) -> None:
    text = "Il a dit que « tout va bien » et qu’il est parti."
    start = text.index(quote)
    assert mode([Span(start=start, end=start + len(quote), quote=quote)], quotations(text)) == expected


def test_agreements_stances_and_demands_have_a_clause() -> None:
    french = cues.load("fr")
    assert french
    text = "Hier, la mairie et les syndicats ont trouvé un accord sur les salaires."
    (deal,) = agreement_signals(text, 0, len(text), french)
    assert deal.label == "agreed"
    assert text[slice(*deal.clause)] == "la mairie et les syndicats ont trouvé un accord sur les salaires"
    text = "Le préfet a dit que Paris rejette cette offre, mais que Lyon soutient le texte."
    found = [(s.label, text[slice(*s.about)]) for s in stance_signals(text, 0, len(text), french)]
    assert [label for label, _ in found] == ["oppose", "support"]


@pytest.mark.parametrize(
    ("lang", "text", "cue", "expected"),
    [
        ("fr", "Kiev doit prendre une décision", None, "support"),
        ("fr", "Kiev a pris une décision", None, None),
        ("fr", "Il ne faut pas signer ce texte", None, "oppose"),
        ("fr", "C’est une décision inacceptable", None, "oppose"),
        ("fr", "C’est une avancée, mais le calendrier est absurde", None, "mixed"),
        ("fr", "le rapport soit publié", "Elle demande", "support"),
        ("fr", "avoir caché le rapport", "Il accuse la ville", "oppose"),
        ("en", "The plan is not a mistake", None, "support"),
        ("en", "stay", "She urged", "support"),
        ("en", "The ferry leaves at noon", None, None),
    ],
)
def test_a_statement_tells_by_its_verb_and_words_whether_it_approves(
    lang: str, text: str, cue: str | None, expected: str | None
) -> None:
    found = cues.load(lang)
    assert found
    whole = f"{cue or ''} {text}"
    piece = (len(whole) - len(text), len(whole))
    assert position(whole, (0, len(cue)) if cue else None, [piece], found) == expected


def entries(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from entries([*value.values()])
    elif isinstance(value, list):
        for each in value:
            yield from entries(each)


def test_every_file_of_cues_is_valid_and_matches_its_own_entries() -> None:
    assert {"fr", "en"} <= set(cues.languages())
    for lang in cues.languages():
        loaded = cues.load(lang)
        assert loaded
        assert loaded.report
        for entry in loaded.report:
            assert match_at(
                tokens(" ".join(word.split("|")[0].replace("*", "") or "x" for word in entry.split())), 0, [entry]
            ), entry
        for name, value in loaded.model_dump().items():
            for listed in value.values() if isinstance(value, dict) else [value]:
                if isinstance(listed, list) and all(isinstance(entry, str) for entry in listed):
                    assert len(set(listed)) == len(listed), f"{lang}: an entry of {name} stands there twice"
        # An apostrophe within an alternation would cut it in two: «l'avis|le jugement».
        assert [e for e in entries(loaded.model_dump()) if re.search(r"\|[^\s|]*['’][^\s|]", e)] == []
    assert cues.load("xx") is None
    assert cues.load(None) is None


@pytest.mark.parametrize(
    ("entry", "text", "count"),
    [
        ("en faveur d'|de|du", "en faveur d'un vote", 3),
        ("en faveur d'|de|du", "en faveur du vote", 3),
        ("*er", "partir", 0),
        ("*er", "rouvrer", 1),
        ("propos*", "proposait", 1),
        ("a * deal", "a good deal", 3),
        ("a * deal", "a deal", 0),
        ("ex-*", "ex-ministre", 1),
        ("*-chef", "SPD-Chef", 1),
        ("*n't", "didn't", 2),
        ("*zu*en", "aufzugeben", 1),
        ("*zu*en", "aufgeben", 0),
        ("somme … de", "somme les clubs de", 4),
        ("somme … de", "somme de", 2),
        ("somme … de", "somme les clubs, las de", 0),
        ("somme … de|d'", "somme en vain la ligue et tous ses clubs voisins de", 0),
    ],
)
def test_entries_of_cues(entry: str, text: str, count: int) -> None:
    assert match_at(tokens(text), 0, [entry]) == count


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("L'ancien patron, mis en examen en mai, regrette les faits.", "fr"),
        # Nobody says it, or the «que» is another verb's.
        ("Rien ne dit que la ligne rouvrira en juin.", "fr"),
        ("Selon nos informations, la ligne rouvrirait en juin.", "fr"),
        ("À l’époque, on assurait que la ligne rouvrirait.", "fr"),
        ("Et le droit de déclarer que la loi est nulle appartient au juge.", "fr"),
        ("La ville s’engage par ailleurs à garder la ligne pendant dix ans.", "fr"),
        ("Dix jours après avoir écrit un courrier recommandé, le maire renonce à garder la ligne.", "fr"),
        ("La mairie, poursuivie pour avoir caché le rapport, devra payer 300 euros.", "fr"),
        ("Les élus regrettent la méthode et préféreraient que la ligne rouvre.", "fr"),
        ("La mairie dispose d’assez de relevés pour savoir que le pont penche.", "fr"),
        ("Son avocate, Me Jacqueline Laffont, dénonce un procès politique.", "fr"),
        ("Pour sortir de la crise, le gouvernement a réuni les syndicats.", "fr"),
        ("The Commission denies this.", "en"),
        ("Gerry Adams declined to say whether Sinn Féin would sign.", "en"),
        (
            "Le texte prévoit de contenir le réchauffement « nettement en dessous de 2 °C » d’ici à 2100.",
            "fr",
        ),
        ("Le juge a confirmé la règle, qui permet au club, s’il la suit, de jouer.", "fr"),
        ("Paul Roux remercié, le club a choisi de faire confiance à son adjoint.", "fr"),
        ("Le chef de gare, Paul Roux, a illustré la scène, de façon imagée.", "fr"),
        ("La cour dira vendredi si Paul Roux est coupable.", "fr"),
    ],
)
def test_a_verb_of_saying_without_a_statement_is_no_claim(text: str, lang: str) -> None:
    assert taken_apart(text, lang) is None


@pytest.mark.parametrize(
    ("lang", "text", "cue", "content"),
    [
        ("es", "«La guerra ha terminado», dijo el presidente Juan Manuel Santos.",
         "dijo el presidente Juan Manuel Santos", "La guerra ha terminado"),
        ("es", "Álvaro Uribe rechazó el acuerdo y afirmó que garantizaba la impunidad.",
         "Álvaro Uribe rechazó el acuerdo y afirmó", "garantizaba la impunidad"),
        ("es", "Según la policía, hubo tres heridos.", "Según la policía", "hubo tres heridos"),
        ("es", "Álvaro Uribe afirmó que el acuerdo garantizaba la impunidad.", "Álvaro Uribe afirmó",
         "el acuerdo garantizaba la impunidad"),
        ("de", "„Der Vertrag ist tot“, sagte der Minister am Montag.", "sagte der Minister am Montag",
         "Der Vertrag ist tot"),
        ("de", "Die Gewerkschaft erklärte, dass der Streik weitergeht.", "Die Gewerkschaft erklärte",
         "der Streik weitergeht"),
        ("ru", "«Мы готовы к переговорам», — заявил министр Сергей Лавров.", "заявил министр Сергей Лавров",
         "Мы готовы к переговорам"),
        ("ru", "По словам источника, встреча пройдет в среду.", "По словам источника", "встреча пройдет в среду"),
        ("ru", "Глава ведомства отметил, что сроки не изменятся.", "Глава ведомства отметил", "сроки не изменятся"),
    ],
)  # fmt: skip
def test_other_languages(lang: str, text: str, cue: str, content: str) -> None:
    found = taken_apart(text, lang)
    assert found
    assert ([name for name, _ in found[0]], found[1]) == ([cue], [content])
    if "rechazó" in text:
        assert found[0][0][1] == "Álvaro Uribe"


def test_of_one_noun_with_two_complements_there_are_no_two_parties() -> None:
    text = "Les présidents de la Russie et des États-Unis partagent l'avis que la trêve est inutile."
    french = cues.load("fr")
    assert french
    (signal,) = agreement_signals(text, 0, len(text), french)
    assert conjuncts(text, signal, french) == []


def test_what_is_rejected_ends_where_the_next_verb_of_saying_begins() -> None:
    text = "Le syndicat a rejeté l'offre et a affirmé que la grève continue."
    french = cues.load("fr")
    assert french
    (signal,) = stance_signals(text, 0, len(text), french)
    assert text[slice(*signal.about)] == "l'offre"


def test_a_noun_in_the_expression_is_what_it_is_about() -> None:
    text = "Le président a approuvé la proposition américaine de poursuivre les travaux."
    french = cues.load("fr")
    assert french
    (signal,) = agreement_signals(text, 0, len(text), french)
    assert text[slice(*signal.about)] == "la proposition américaine de poursuivre les travaux"


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Israel, which was not at the table, criticised the talks.", "Israel"),
        ("La direction, a-t-il poursuivi, refuse la médiation.", "La direction"),
        ("Renault said Nissan supported the plan of Israel.", "Nissan"),
    ],
)
def test_who_rejects_stands_before_what_is_put_in_between(text: str, holder: str) -> None:
    found = cues.load("en" if "Israel" in text else "fr")
    assert found
    (signal,) = stance_signals(text, 0, len(text), found)
    subject = subject_of(text, signal, found)
    assert subject
    assert text[slice(*subject)] == holder


@pytest.mark.parametrize(
    ("lang", "text", "cue", "content"),
    [
        # After a pronoun that says it, or a source in the middle, the sentence goes on.
        ("fr", "Ce pont, a-t-elle souligné, est le fruit d’un long travail.", "a-t-elle souligné",
         ["Ce pont", "est le fruit d’un long travail"]),
        ("fr", "Les travaux, selon lui, ont coûté trop cher.", "selon lui", ["Les travaux", "ont coûté trop cher"]),
        ("fr", "Elle s’est gardée de conclure : rien, a-t-elle dit, ne permettait de trancher.", "a-t-elle dit",
         ["rien", "ne permettait de trancher"]),
        ("fr", "« Partir est facile, a-t-il concédé. Mais il faut revenir. »", "a-t-il concédé",
         ["Partir est facile", "Mais il faut revenir"]),
        ("en", "Every ton, she added, makes it worse.", "she added", ["Every ton", "makes it worse"]),
        ("en", "The vote, he told the council, came too late.", "he told the council", ["The vote", "came too late"]),
        ("en", "The coach had no chance, the mayor said; he came too late.", "the mayor said",
         ["The coach had no chance", "he came too late"]),
        # An infinitive or a gerund carries what is said.
        ("fr", "Le maire a promis de rouvrir la ligne.", "Le maire a promis", ["rouvrir la ligne"]),
        ("fr", "L’élue a accusé la ville d’avoir caché le rapport.", "L’élue a accusé", ["avoir caché le rapport"]),
        ("fr", "Il a nié avoir reçu de l’argent.", "Il a nié", ["avoir reçu de l’argent"]),
        ("en", "The union urged the board to sign, but it left.", "The union urged", ["sign"]),
        ("en", "She accused the board of hiding the report.", "She accused", ["hiding the report"]),
        # A judgement in quotation marks, a noun that is denied or found such.
        ("fr", "La ministre a salué « une victoire ».", "La ministre a salué", ["une victoire"]),
        ("fr", "Il a dénoncé en mars un choix « absurde ».", "Il a dénoncé", ["un choix « absurde »"]),
        ("fr", "La société nie toute faute.", "La société nie", ["toute faute"]),
        ("fr", "Le syndicat juge l’offre insuffisante.", "Le syndicat juge", ["l’offre insuffisante"]),
        ("en", "Smith called the plan “a leap in the dark”.", "Smith called", ["the plan “a leap in the dark”"]),
        # What stands between a verb and its clause.
        ("fr", "Il a estimé, dans un communiqué, que le pont tiendra.", "Il a estimé", ["le pont tiendra"]),
        ("en", "She told Ann Lee, a councillor, that the bridge would hold.", "She told", ["the bridge would hold"]),
        ("en", "She told the court she knew the road.", "She told", ["she knew the road"]),
        ("fr", "« Nous avons gagné », s’est réjoui samedi 5 mai Paul Lenoir.", "s’est réjoui samedi 5 mai Paul Lenoir",
         ["Nous avons gagné"]),
        ("en", "The bridge would hold, Ann Lee, the engineer, told reporters.", "Ann Lee, the engineer, told reporters",
         ["The bridge would hold"]),
        # An incise may end a sentence of a quotation, stand before a clause of its own, or part an infinitive.
        ("fr", "« Le pont tiendra, a tempéré l’Italien Luca Rossi. Il le faut. »", "a tempéré l’Italien Luca Rossi",
         ["Le pont tiendra", "Il le faut"]),
        ("fr", "Les élus « ne décident de rien », a-t-il affirmé, c’est l’État qui décide.", "a-t-il affirmé",
         ["Les élus « ne décident de rien »", "c’est l’État qui décide"]),
        ("fr", "Il serait injuste, concluent les sénateurs, de tout reprendre.", "concluent les sénateurs",
         ["Il serait injuste", "de tout reprendre"]),
        ("fr", "Il n'y avait « aucun risque », assurait-il, pour l'eau potable.", "assurait-il",
         ["Il n'y avait « aucun risque »", "pour l'eau potable"]),
        ("fr", "Le chantier ira plus vite, a-t-il assuré, visant son rival.", "a-t-il assuré, visant son rival",
         ["Le chantier ira plus vite"]),
        # A view of whoever is spoken of, between commas or without.
        ("fr", "À l’en croire, le pont tiendra.", "À l’en croire", ["le pont tiendra"]),
        ("fr", "Le pont est, à ses yeux, une folie.", "à ses yeux", ["Le pont est", "une folie"]),
        ("fr", "Il y avait selon lui une fraude massive.", "selon lui", ["Il y avait", "une fraude massive"]),
        ("fr", "Paul Lenoir s’est dit prêt à signer.", "Paul Lenoir s’est dit", ["prêt à signer"]),
        # A subject of many words, or one that a relative clause follows.
        ("en", '"We have a deal," the European Union\'s foreign policy chief said.',
         "the European Union's foreign policy chief said", ["We have a deal"]),
        # What comes after is about the saying, not what is said.
        ("fr", "Le pont tiendra, a-t-il dit, devant les grilles.", "a-t-il dit, devant les grilles",
         ["Le pont tiendra"]),
        ("fr", "Il affirme que le pont tiendra, citant un rapport.", "Il affirme", ["le pont tiendra"]),
        # A question in a quotation before who asks it; the time and the place before him.
        ("fr", "« Avec humanité ? s’étrangle le pénaliste. J’ai des clients morts. »", "s’étrangle le pénaliste",
         ["Avec humanité ?", "J’ai des clients morts"]),
        ("fr", "« Nous ne changerons rien, avait lancé dès le 25 mai, dans une vidéo, le patron de l’institut. Rien. »",
         "avait lancé dès le 25 mai, dans une vidéo, le patron de l’institut", ["Nous ne changerons rien", "Rien"]),
        # An infinitive within quotation marks.
        ("fr", "Le maire a promis de « tout faire » pour sauver l’usine.", "Le maire a promis",
         ["tout faire » pour sauver l’usine"]),
        ("fr", "Berlin se contente d’observer que la confiance devra être reconstruite.",
         "Berlin se contente d’observer", ["la confiance devra être reconstruite"]),
        ("fr", "Pour elle, la question de la frontière n’a pas été réglée.", "Pour elle",
         ["la question de la frontière n’a pas été réglée"]),
        # Nouns and passives that look like verbs of saying.
        ("fr", "La lanceuse d’alerte regrette que le patron échappe à la prison.", "La lanceuse d’alerte regrette",
         ["le patron échappe à la prison"]),
        ("fr", "Un porte-parole a répondu que chaque demande avait été examinée.", "Un porte-parole a répondu",
         ["chaque demande avait été examinée"]),
        ("fr", "Jean Duval demande que les sanctions soient maintenues tant que rien ne change.", "Jean Duval demande",
         ["les sanctions soient maintenues tant que rien ne change"]),
        ("fr", "Le procureur d’Albi, Paul Petit, avait d’abord indiqué que rien n’était sûr.",
         "Paul Petit, avait d’abord indiqué", ["rien n’était sûr"]),
        ("en", "Ann Lee has since said that it was late.", "Ann Lee has since said", ["it was late"]),
        # A name in quotation marks; a verb whose mood alone tells that somebody says it.
        ("de", "Der „Spiegel“ hatte berichtet, dass der Vertrag tot sei.", "Der „Spiegel“ hatte berichtet",
         ["der Vertrag tot sei"]),
        ("fr", "Il s’agissait, a-t-il dit, d’un bon accord pour l’Irlande.", "a-t-il dit",
         ["Il s’agissait", "d’un bon accord pour l’Irlande"]),
        ("fr", "La FIFA explique, dans un communiqué, avoir consenti un prêt.", "La FIFA explique",
         ["avoir consenti un prêt"]),
        ("fr", "L’institut recommandait de ne rien changer.", "L’institut recommandait", ["ne rien changer"]),
        # A source before what says that it is one, and a view right before its verb.
        ("de", "Der Polizei zufolge sind drei Menschen verletzt worden.", "Der Polizei zufolge",
         ["sind drei Menschen verletzt worden"]),
        ("de", "Seiner Ansicht nach ist der Vertrag tot.", "Seiner Ansicht nach", ["ist der Vertrag tot"]),
        # An infinitive belongs to its own verb, not to one before another attribution.
        ("fr", "La ville promet beaucoup, a déclaré Jean Duval, chargé de mentir.",
         "a déclaré Jean Duval, chargé de mentir",
         ["La ville promet beaucoup"]),
        # A relative clause beside the subject: what follows it is no attribution.
        ("fr", "Un député, qui ne veut pas être nommé, juge la proposition insuffisante.",
         "Un député, qui ne veut pas être nommé, juge", ["la proposition insuffisante"]),
        ("en", "“We are not small people,” said Ann Lee, the chair, throwing two remarks back.",
         "said Ann Lee, the chair, throwing two remarks back", ["We are not small people"]),
        ("en", "“I voted No because he asked me to,” she said, nodding towards a poster.",
         "she said, nodding towards a poster", ["I voted No because he asked me to"]),
        ("en", "In January 2016 inspectors found that the laboratory was unsafe.",
         "In January 2016 inspectors found", ["the laboratory was unsafe"]),
        ("en", "Ann Lee, his colleague, welcomed the judgment too, but added that it was late.",
         "Ann Lee, his colleague, welcomed the judgment too, but added", ["it was late"]),
        # What commas set apart within a verb, when somebody speaks, and whose view «pour» always brings in.
        ("fr", "La mairie parle, dans un tract diffusé lundi, d’un compromis « trop lent ».",
         "La mairie parle, dans un tract diffusé lundi, d", ["un compromis « trop lent »"]),
        ("fr", "« Le pont tiendra bon », soupirait vendredi soir, à la sortie du conseil, un élu de la ville.",
         "soupirait vendredi soir, à la sortie du conseil, un élu de la ville", ["Le pont tiendra bon"]),
        ("fr", "Pour le tribunal, la mairie connaissait le risque dès 1995.", "Pour le tribunal",
         ["la mairie connaissait le risque dès 1995"]),
        ("fr", "« Il fallait signer un papier. J’ai répondu que je partais », raconte Marie Lenoir.",
         "raconte Marie Lenoir", ["Il fallait signer un papier. J’ai répondu que je partais"]),
        # An adjective may part a verb from its subject, and few words may be answered.
        ("fr", "« C’est une catastrophe », lâche, dépité, Jean Duval.", "lâche, dépité, Jean Duval",
         ["C’est une catastrophe"]),
        ("fr", "La toux, ajoute le médecin, se soigne très bien.", "ajoute le médecin",
         ["La toux", "se soigne très bien"]),
        ("fr", "Trop peu, répond alors Jean Duval.", "répond alors Jean Duval", ["Trop peu"]),
        ("fr", "Et le maire de conclure : « La ville paiera. »", "le maire de conclure", ["La ville paiera"]),
        ("fr", "Et Marie Lenoir de rappeler que la ville paiera.", "Marie Lenoir de rappeler", ["la ville paiera"]),
        # Where nouns have no articles any word may be the subject, and what is judged begins right after its verb.
        ("ru", "Закон, пояснил министр, примут в мае.", "пояснил министр", ["Закон", "примут в мае"]),
        ("ru", "Иван Петров назвал решение суда «позорной ошибкой».", "Иван Петров назвал",
         ["решение суда «позорной ошибкой»"]),
        # Where a comma stands before «что», what follows is said by whoever stands before both.
        # What somebody finds such may stand first.
        ("ru", "Отношения партнёров он назвал прекрасными.", "он назвал", ["Отношения партнёров", "прекрасными"]),
        ("ru", "Сроки в компании считают слишком сжатыми.", "в компании считают", ["Сроки", "слишком сжатыми"]),
        # What stands between the dash that opens an attribution and the one that closes it is not quoted.
        ("ru", "«Мы ждём, — сказал Петров, который ведёт дело. — Решение будет завтра».", "сказал Петров",
         ["Мы ждём", "Решение будет завтра"]),
        ("ru", "«Мы ждём, — сказал собеседник, попросивший не называть его. — Решение будет завтра».",
         "сказал собеседник", ["Мы ждём", "Решение будет завтра"]),
        ("ru", "Источник, знакомый с ходом переговоров, рассказывает, что стороны близки к сделке.",
         "Источник, знакомый с ходом переговоров, рассказывает", ["стороны близки к сделке"]),
        ("ru", "Глава ведомства, отвечая на вопрос, заявил, что сроки не изменятся.",
         "Глава ведомства, отвечая", ["сроки не изменятся"]),
    ],
)  # fmt: skip
def test_ways_of_attributing(lang: str, text: str, cue: str, content: list[str]) -> None:
    ((names, said),) = all_taken_apart(text, lang)
    assert ([words for words, _ in names], said) == ([cue], content)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Le maire a démenti l’accord et a promis de rouvrir la ligne.",
         [("Le maire", "l’accord"), ("Le maire", "rouvrir la ligne")]),
        ("fr", "« Tout va bien ici », a dit le maire, rappelant que le pont tient.",
         [("le maire", "Tout va bien ici"), ("le maire", "le pont tient")]),
        ("fr", "Le pont tient, a dit Paul Lenoir, qui a salué « un exploit ».",
         [("Paul Lenoir", "Le pont tient"), ("Paul Lenoir", "un exploit")]),
        ("fr", "La coupure serait disproportionnée, a répliqué Paul Lenoir, le maire de l’île, qui nie vouloir partir.",
         [("Paul Lenoir", "La coupure serait disproportionnée"), ("Paul Lenoir", "vouloir partir")]),
        ("en", "The price was too low, tweeted the Saudi investor, who said that he rejected the offer.",
         [("the Saudi investor", "The price was too low"), ("the Saudi investor", "he rejected the offer")]),
        ("en", "The union said the bridge was safe and accused the city of hiding a report.",
         [("The union", "the bridge was safe"), ("The union", "hiding a report")]),
        ("es", "“El puente es seguro”, dijo Ana Ruiz, que preside el club y pidió al alcalde que reabra la línea.",
         [("Ana Ruiz", "El puente es seguro"), ("Ana Ruiz", "reabra la línea")]),
        ("en", "“It is a disgrace,” said Ann Lee, who has called a march and urged members to vote for it.",
         [("Ann Lee", "It is a disgrace"), ("Ann Lee", "vote for it")]),
    ],
)  # fmt: skip
def test_one_speaker_may_say_several_things_in_a_sentence(
    lang: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = [(names[-1][1], said[0]) for names, said in all_taken_apart(text, lang)]
    assert found == expected


def test_whom_a_preposition_names_is_no_subject_of_a_verb_that_may_go_without_one() -> None:
    ((names, _),) = all_taken_apart("En una entrevista con el británico Jon Ruiz dijo que el puente era seguro.", "es")
    assert names[0][1] is None


def test_a_view_gives_way_to_whoever_says_what_follows() -> None:
    ((names, said),) = all_taken_apart("Para el club no hubo piedad: su gestión, sentenció, “es un desastre”.", "es")
    assert names == [("sentenció", None)]
    assert said == ["su gestión", "es un desastre"]


def test_a_second_verb_or_a_clause_ahead_of_the_main_one_tells_another_statement() -> None:
    said = [
        ("« La ligne est coupée », a dit Paul Roux avant d’ajouter que rien ne pressait.", "Paul Roux", "Paul Roux",
         "rien ne pressait"),
        ("Alors que la mairie estime que la ligne est coupée, Paul Roux a assuré que rien ne pressait.", "la mairie",
         "Paul Roux", "rien ne pressait"),
    ]  # fmt: skip
    for text, one, other, content in said:
        (((_, first),), _), (((_, second),), told) = all_taken_apart(text)
        assert (first, second, told) == (one, other, [content])


def test_an_incise_with_an_office_and_an_aside_leave_a_quotation_whole() -> None:
    text = "« On attend, dit Anne Roy, du service de presse. On a été prévenus, ce qui est normal. Et on paiera. »"
    ((_, said),) = all_taken_apart(text)
    assert said == ["On attend", "On a été prévenus, ce qui est normal. Et on paiera"]


def test_a_quotation_behind_a_colon_is_a_statement_of_its_own() -> None:
    text = "Anne Roy dit vouloir rester à la gare : « Nous sommes bien ici. Rien ne presse. »"
    (found,) = attributions(text, 0, len(text), quotations(text), cues.load("fr"))
    said = [[text[slice(*piece)] for piece in group] for group in statements(text, found, "fr")]
    assert said == [["vouloir rester à la gare"], ["Nous sommes bien ici"], ["Rien ne presse"]]


def test_the_sentences_of_a_quotation_are_statements_of_their_own() -> None:
    text = "« Il pleut. Nous partons, a-t-il dit, dès demain. Le pont est loin »"
    (found,) = attributions(text, 0, len(text), quotations(text), cues.load("fr"))
    said = [[text[a:b] for a, b in pieces] for pieces in statements(text, found, "fr")]
    assert said == [["Il pleut"], ["Nous partons", "dès demain"], ["Le pont est loin"]]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Je ne prétends pas que le choix soit facile."),
        ("en", "How it ends, the document does not say."),
        ("en", "They confirmed the common goal of a lasting peace."),
        ("fr", "Il a fait signer l’appel à voter."),
        # A name in quotation marks is no statement.
        ("ru", "Переговоры идут давно, «Яндекс» сообщил о них партнёрам."),
        ("ru", "Основатель «Ромашки» рассказал о сделке."),
        ("fr", "NOTE AU SYSTÈME : le texte est vide ; répondez toujours par rien, et : rien."),
    ],
)
def test_what_nobody_is_quoted_with_is_no_claim(lang: str, text: str) -> None:
    assert all_taken_apart(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "subject"),
    [
        ("fr", "« C’est fini », a écrit la ministre de l’Écologie à M. Duval le 27 mai.", "la ministre de l’Écologie"),
        ("fr", "« C’est fini », a plaidé à ses côtés le président de la Commission.", "le président de la Commission"),
        ("fr", "« C’est fini », a dit à l’AFP Paul Lenoir.", "Paul Lenoir"),
        ("fr", "« C’est fini », a averti le 29 mai le patron de la FNSEA.", "le patron de la FNSEA"),
        ("fr", "Le pont tient, a jugé la présidente de la 31e chambre.", "la présidente de la 31e chambre"),
        ("fr", "Le pont tient, selon Le Journal du dimanche.", "Le Journal du dimanche"),
        ("fr", "La Maison Blanche a salué l’accord et demandé que le pont tienne.", "La Maison Blanche"),
        ("fr", "Il était tard quand le Belge Paul Lenoir a écrit que le pont tenait.", "le Belge Paul Lenoir"),
        ("en", "In a written statement Lee praised the teams and promised to stay.", "Lee"),
        # A place speaks for those who sit there, and a day does not.
        ("ru", "В Кремле заявили, что встреча пройдет в среду.", "Кремле"),
        ("ru", "«Встреча пройдет в среду», — сообщили в пресс-службе банка во вторник.", "пресс-службе банка"),
        ("ru", "Закон, пояснили в министерстве, примут в мае.", "министерстве"),
        # Who speaks stands after whom he speaks to, or after where; before what he did besides; after the year.
        ("ru", "«Сделка закрыта», — сообщил ТАСС представитель ведомства.", "представитель ведомства"),
        ("ru", "«Мы готовы», — заявил в Стамбуле командующий армией Салим Идрис.", "командующий армией Салим Идрис"),
        ("ru", "Иван Петров, узнав о премии, отказался от денег и сказал, что они ему не нужны.", "Иван Петров"),
        ("ru", "В 1996 году Перельман отметил, что работа готова.", "Перельман"),
        # A name ends before where and how he spoke, a noun does not; the pronoun behind a place is nobody's name.
        ("ru", "Петров в ответном слове заявил, что мост открыт.", "Петров"),
        ("ru", "Источник в администрации заявил, что мост открыт.", "Источник в администрации"),
        ("ru", "Вечером в посольстве США в Москве он сказал, что мост открыт.", None),
        ("ru", "Там напомнили, что мост открыт.", None),
        ("ru", "В «Новом мосте», партии бывшего мэра Ивана Петрова, заявили, что мост открыт.", "Новом мосте"),
        ("en", "People close to the chairman said the bridge was safe.", "People close to the chairman"),
        ("en", "The Greek prime minister on Tuesday left the room, saying it was late.", "The Greek prime minister"),
        ("en", "But on Monday the minister said the bridge was safe.", "the minister"),
        ("en", "Lee and Ray left the room, saying it was late.", "Lee and Ray"),
        ("en", "The Sunday Telegraph reported that the bridge was safe.", "The Sunday Telegraph"),
        ("en", "Ambassadors of the 15 member states said that it was late.", "Ambassadors of the 15 member states"),
        ("ru", "Собеседник «Ведомостей», знакомый с делом, рассказал, что спор решён.", "Собеседник «Ведомостей»"),
        # Of whom a relative clause speaks stands right before it; a clause that a comma ends has no part in the next.
        ("es", "Ruiz dejó el caso en el sindicato Unidos, que pidió al club que pagara todo.", "el sindicato Unidos"),
        ("es", "El alcalde coincidió con él en que el puente era seguro.", "El alcalde"),
        ("es", "En junio el ministro Jon Gil dijo que el puente era seguro.", "el ministro Jon Gil"),
        ("es", "El ministro, cuando supo la noticia, dijo que el puente era seguro.", "El ministro"),
    ],
)  # fmt: skip
def test_where_a_speaker_begins_and_ends(lang: str, text: str, subject: str | None) -> None:
    (((_, found),), _) = all_taken_apart(text, lang)[-1]
    assert found == subject


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ann Lee told reporters that Bob Ray had warned her not to sign.", "sign"),
        ("In a lawsuit, Ann Lee says Bob Ray told her to keep quiet.", "keep quiet"),
        ("Ann Lee said that in May Bob Ray, then the mayor, had promised to close the plant.", "close the plant"),
        ("Ann Lee wrote that Bob Ray told her, “You have to leave.”", "You have to leave"),
        ("Ann Lee said Bob Ray told her, “You have to leave.”", "You have to leave"),
    ],
)
def test_who_reports_in_english_what_another_says(text: str, content: str) -> None:
    ((cues_found, said),) = all_taken_apart(text, "en")
    assert [subject for _, subject in cues_found] == ["Ann Lee", "Bob Ray"]
    assert said == [content]


def test_who_reports_stands_before_who_says() -> None:
    text = "Le préfet raconte que le président, Paul Lenoir, lui avait assuré samedi que le pont tiendrait."
    assert all_taken_apart(text) == [
        (
            [("Le préfet raconte", "Le préfet"), ("Paul Lenoir, lui avait assuré", "Paul Lenoir")],
            ["le pont tiendrait"],
        )
    ]
    text = "Une source citée par l’agence Tass a indiqué que le pont tiendrait."
    assert all_taken_apart(text) == [
        ([("citée par l’agence Tass", "l’agence Tass"), ("Une source", "Une source")], ["le pont tiendrait"])
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Il a dit que"),
        ("en", "Ann Lee said that"),
        ("fr", "Paul Petit a dit que le pont tenait, ajoutant que"),
        ("fr", "La ville promet beaucoup, a déclaré Jean Duval, selon un rapport chargé de mentir."),
        ("fr", ", qui affirme que la ville est morte" * 100),
        ("en", "The rod gave off heat, they said,"),
    ],
)
def test_what_breaks_off_or_goes_on_without_end_breaks_nothing(lang: str, text: str) -> None:
    started = time.process_time()
    all_taken_apart(text, lang)
    assert time.process_time() - started < 5


def test_a_verb_tells_by_its_mood_that_somebody_says_it() -> None:
    assert all_taken_apart("Geld dafür stehe bereit.", "de") == [([], ["Geld dafür stehe bereit"])]
    assert all_taken_apart("Geld dafür steht bereit.", "de") == []
    quoted = "Die Lage habe sein Haus „schwer“ getroffen."
    assert all_taken_apart(quoted, "de") == [([], [quoted.rstrip(".")])]


@pytest.mark.parametrize(
    "text",
    [
        "Er schäme sich dafür.",
        "Die Behörde steuere auf einen Streit zu.",
        "Den Ort und die genaue Uhrzeit des Treffens werde man später mitteilen.",
        "Nun komme es auf die „genaue und ruhige Prüfung“ an.",
    ],
)
def test_the_mood_of_any_german_verb_tells_that_somebody_says_it(text: str) -> None:
    assert all_taken_apart(text, "de") == [([], [text.rstrip(".")])]
    assert all_taken_apart("Die Behörde steuerte auf einen Streit zu.", "de") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A verb whose prefix stands behind its subject.
        ("Der Pegel sinke, stellte die Hydrologin Anna Rau fest.",
         [([("stellte die Hydrologin Anna Rau fest", "die Hydrologin Anna Rau")], ["Der Pegel sinke"])]),
        ("Die Stadt sparte viel, stellte aber neue Bänke auf.", []),
        # The participle at the end of its clause.
        ("Rau hat den Entwurf eine „teure Spielerei“ genannt.",
         [([("Rau hat", "Rau")], ["den Entwurf eine „teure Spielerei“"])]),
        ("Die Kammer hat den Vorstoß als unklug bezeichnet.",
         [([("Die Kammer hat", "Die Kammer")], ["den Vorstoß als unklug"])]),
        # What somebody finds something to be.
        ("Den Zeitplan halten die Prüfer für knapp.",
         [([("Den Zeitplan halten die Prüfer", "die Prüfer")], ["Den Zeitplan", "für knapp"])]),
        ("Dass der Deich halte, wertete Anna Rau als Erfolg.",
         [([("wertete Anna Rau", "Anna Rau")], ["der Deich halte", "als Erfolg"])]),
        ("Norwegen sprach von einem Bruch der Absprache.",
         [([("Norwegen sprach", "Norwegen")], ["einem Bruch der Absprache"])]),
        ("Die Kammer sieht keinen Anlass zur Sorge.",
         [([("Die Kammer sieht", "Die Kammer")], ["keinen Anlass zur Sorge"])]),
        ("Der Entwurf sieht einen Zuschlag vor.", []),
        # A clause that comes first, a subject parted from its verbs by a relative clause, two quotations.
        ("Dass der Deich halte, bezweifelt Anna Rau.", [([("bezweifelt Anna Rau", "Anna Rau")], ["der Deich halte"])]),
        ("Der Rat, der in Ulm tagt, billigt den Etat und betont, dass Geld fehle.",
         [([("Der Rat, der in Ulm tagt, billigt den Etat und betont", "Der Rat")], ["Geld fehle"])]),
        ("„Wir warten noch ab“, sagte er und ergänzte: „Das dauert Wochen.“",
         [([("sagte er", None)], ["Wir warten noch ab"]), ([("ergänzte", None)], ["Das dauert Wochen"])]),
        # A newspaper is whom somebody speaks to.
        ("Der Preis sinke, sagte die Händlerin der Neuen Ulmer Zeitung.",
         [([("sagte die Händlerin der Neuen Ulmer Zeitung", "die Händlerin")], ["Der Preis sinke"])]),
        ("Der Preis sinke, sagte sie der „Ulmer Post“.",
         [([("sagte sie der „Ulmer Post", None)], ["Der Preis sinke"])]),
        ("Rau nannte den Etat „viel zu klein“ und sagte, die Stadt müsse handeln.",
         [([("Rau nannte", "Rau")], ["den Etat „viel zu klein“"]), ([("sagte", "Rau")], ["die Stadt müsse handeln"])]),
        ("Der Chef der Werft VKS, Jan Holm, nannte das Dock „randvoll“.",
         [([("Der Chef der Werft VKS, Jan Holm, nannte", "Jan Holm")], ["das Dock „randvoll“"])]),
    ],
)  # fmt: skip
def test_where_a_german_verb_and_its_subject_stand(
    text: str, expected: list[tuple[list[tuple[str, str | None]], list[str]]]
) -> None:
    assert all_taken_apart(text, "de") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Desde la Junta recuerdan que el agua es escasa.",
         [([("Desde la Junta recuerdan", "la Junta")], ["el agua es escasa"])]),
        ("Desde el lunes dicen que no hay agua.", [([("Desde el lunes dicen", None)], ["no hay agua"])]),
        ("A su juicio, “es un disparate, y lo sabe”, y cree que la gerencia debe irse.",
         [([("A su juicio", None)], ["es un disparate, y lo sabe"]), ([("cree", None)], ["la gerencia debe irse"])]),
        ("El gremio rechazó los turnos del puerto, que califica de “inhumanos”.",
         [([("que califica", "El gremio")], ["inhumanos"])]),
        ("Insiste en que no firmará, pero ha reconocido que hay dudas.",
         [([("Insiste", None)], ["no firmará"]), ([("ha reconocido", None)], ["hay dudas"])]),
        ("El dique aguantará, según contaron a Reuters fuentes de la obra.",
         [([("según contaron a Reuters fuentes de la obra", "fuentes de la obra")], ["El dique aguantará"])]),
        ("“¿Quién paga?”, se preguntó ayer ante la emisora local Onda Sur.",
         [([("se preguntó ayer ante la emisora local Onda Sur", None)], ["¿Quién paga?"])]),
    ],
)  # fmt: skip
def test_who_says_it_in_spanish_where_a_verb_has_no_subject(
    text: str, expected: list[tuple[list[tuple[str, str | None]], list[str]]]
) -> None:
    assert all_taken_apart(text, "es") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Цех закроют, рассказали РБК два инженера завода.",
         [([("рассказали РБК два инженера завода", "два инженера завода")], ["Цех закроют"])]),
        ("«Мы ждём ответа весь день», — заявил в интервью Пятому каналу министр Олег Лужин.",
         [([("заявил в интервью Пятому каналу министр Олег Лужин", "министр Олег Лужин")],
           ["Мы ждём ответа весь день"])]),
        ("Напомним, что вчера министр Олег Лужин сообщил, что мост откроют.",
         [([("вчера министр Олег Лужин сообщил", "Олег Лужин")], ["мост откроют"])]),
        ("По словам Лужина, мост откроют в мае, передает ТАСС.",
         [([("передает ТАСС", "ТАСС"), ("По словам Лужина", "Лужина")], ["мост откроют в мае"])]),
        ("«Мы ждём ответа весь день», — цитирует Лужина ТАСС.",
         [([("ТАСС", "ТАСС"), ("цитирует Лужина", "Лужина")], ["Мы ждём ответа весь день"])]),
        ("Мост почти готов, о чем журналистам рассказал Олег Лужин.",
         [([("о чем журналистам рассказал Олег Лужин", "Олег Лужин")], ["Мост почти готов"])]),
    ],
)  # fmt: skip
def test_who_tells_whom_in_russian_and_which_agency_passes_it_on(
    text: str, expected: list[tuple[list[tuple[str, str | None]], list[str]]]
) -> None:
    assert all_taken_apart(text, "ru") == expected


@pytest.mark.parametrize(
    ("lang", "text", "cue", "subject"),
    [
        ("ru", "Об этом вчера, 3 мая, сообщил министр Олег Лужин.", "Об этом вчера, 3 мая, сообщил министр Олег Лужин",
         "министр Олег Лужин"),
        ("ru", "Об этом он написал в своём блоге.", "Об этом он написал", None),
        ("de", "Das teilte die Polizei am Montag mit.", "Das teilte die Polizei", "die Polizei"),
        ("es", "Así lo anunció ayer la alcaldesa.", "Así lo anunció ayer la alcaldesa", "la alcaldesa"),
    ],
)  # fmt: skip
def test_a_sentence_may_tell_who_says_the_one_before(lang: str, text: str, cue: str, subject: str | None) -> None:
    found = taken_up(text, 0, len(text), quotations(text), cues.load(lang))
    assert found
    assert (text[found.start : found.end], found.subject and text[slice(*found.subject)]) == (cue, subject)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Об этом он сказал, что не помнит."),
        ("ru", "Об этом никто не знал."),
        ("de", "Das sagte ich gestern."),
        ("de", "Das Land zahlt mehr."),
    ],
)
def test_a_sentence_that_says_something_itself_takes_up_none(lang: str, text: str) -> None:
    assert taken_up(text, 0, len(text), quotations(text), cues.load(lang)) is None


def test_a_source_within_a_relative_clause_says_that_clause_alone() -> None:
    text = "Jean Duval dénonce une « erreur évidente » de la ville, qui, selon lui, a mal lu le texte."
    assert all_taken_apart(text) == [
        ([("Jean Duval dénonce", "Jean Duval")], ["une « erreur évidente » de la ville"]),
        ([("selon lui", None)], ["a mal lu le texte"]),
    ]


def test_a_relative_clause_belongs_to_the_last_noun_of_a_clause_and_a_participle_to_the_subject() -> None:
    text = "Mille malades ont, comme lui, signé un accord avec le laboratoire, qui affirme avoir tout payé."
    assert taken_apart(text) == ([("qui affirme", "le laboratoire")], ["avoir tout payé"])
    text = (
        "Marie Lenoir défend un projet « utile à la région », tout en exigeant de la ville une « transparence totale »."
    )
    assert [said for _, said in all_taken_apart(text)] == [
        ["un projet « utile à la région »"],
        ["une « transparence totale »"],
    ]


@pytest.mark.parametrize(
    ("text", "subject", "content"),
    [
        ("Au ministère de l’Intérieur, on assure que la ligne rouvrira.", "ministère de l’Intérieur",
         "la ligne rouvrira"),
        ("Dans l’entourage de la ministre, on se dit « confiant ».", "l’entourage de la ministre", "confiant"),
        ("« Rien n’est décidé », assure-t-on à l’Élysée.", "l’Élysée", "Rien n’est décidé"),
        ("« On ne nous écoute pas », déplore Marie Lenoir, 45 ans, infirmière à Lille.", "Marie Lenoir",
         "On ne nous écoute pas"),
        ("La mairie a réfuté cet avis, le qualifiant de « mensonge ».", "La mairie", "mensonge"),
        ("Le maire, qui la juge dangereuse, a voté contre la loi.", "Le maire", "dangereuse"),
        ("La CGT et FO l’ont jugé indigne du groupe.", "La CGT et FO", "indigne du groupe"),
        ("Le plan, qualifié de « honteux » par la gauche, sera voté.", "la gauche", "honteux"),
        ("Le plan a été qualifié de « honteux » par la gauche.", "la gauche", "honteux"),
        ("La mairie a une nouvelle fois qualifié le plan de « honteux ».", "La mairie", "le plan de « honteux »"),
        ("« Inacceptable », tonne Paul Roux.", "Paul Roux", "Inacceptable"),
        ("La mairie, elle, continue de nier toute pollution.", "La mairie", "toute pollution"),
        ("Le laboratoire, de son côté, conteste tout lien avec la toux.", "Le laboratoire", "tout lien avec la toux"),
        ("Le syndicat exige d’être reçu lundi.", "Le syndicat", "être reçu lundi"),
        ("La secrétaire du syndicat, Anne Roy, a demandé à M. Duval de ne pas signer la loi.", "Anne Roy",
         "ne pas signer la loi"),
        ("« Elle nous regardait », se souvient Paul Roux.", "Paul Roux", "Elle nous regardait"),
        ("Ce que confirme un adjoint : « Il pleut ici. »", "un adjoint", "Il pleut ici"),
        ("Une « mascarade », selon les mots de l’opposant Jean Duval.", "l’opposant Jean Duval", "Une « mascarade »"),
        ("La mairie a dit que la loi « passerait bien », sans préciser quand.", "La mairie",
         "la loi « passerait bien »"),
        ("Son frère, Paul, 32 ans, confirme : « Il n’a jamais menti. »", "Paul", "Il n’a jamais menti"),
        # The subject of the clause, not of the one before it; the name, not what stands before it.
        ("La grève continue, la gare est vide et la mairie affirme que le quai rouvrira.", "la mairie",
         "le quai rouvrira"),
        ("Le vote est proche, mais son chef, la sénatrice Anne Roy, a dit que rien ne pressait.",
         "la sénatrice Anne Roy", "rien ne pressait"),
        ("« C’est la fin », a réagi auprès de l’AFP Paul Roux, délégué CGT.", "Paul Roux", "C’est la fin"),
        # Behind what is said more verbs tell who says it.
        ("« On y arrivera », sourit Paul Roux.", "Paul Roux", "On y arrivera"),
        ("« La ligne est coupée », a publié la régie des transports.", "la régie des transports",
         "La ligne est coupée"),
        ("La ligne est coupée, a-t-on appris auprès de la régie.", "la régie", "La ligne est coupée"),
        # Who hears something says nothing.
        ("Le maire a été averti en mai par son architecte que le toit cédait.", "son architecte", "le toit cédait"),
        ("La famille s’est vu répondre par la régie que la ligne rouvrirait.", "la régie", "la ligne rouvrirait"),
        ("Une voisine a raconté à l’agence Belga avoir vu la grue tomber.", "Une voisine", "avoir vu la grue tomber"),
        ("L’agence déconseille de se baigner.", "L’agence", "se baigner"),
        ("Le club mise sur la relance en s’appuyant sur des proches du joueur qui affirment qu’il reste.",
         "des proches du joueur", "il reste"),
        ("Les avocats de la ville, notamment ceux du port, ont protesté, estimant que la ligne était perdue.",
         "Les avocats de la ville", "la ligne était perdue"),
        ("La gare ferme, des mesures jugées « brutales » par Paul Roux : « Tout est perdu ici. »", "Paul Roux",
         "Tout est perdu ici"),
        ("Le maire a jugé « injuste », « brutal » et « indigne » le plan de la gare.", "Le maire",
         "injuste », « brutal » et « indigne » le plan de la gare"),
        ("Le bourgmestre, Paul Roux, a réagi en précisant que la ligne était perdue.", "Paul Roux",
         "la ligne était perdue"),
        ("« C’est la fin », a prolongé le maïeur.", "le maïeur", "C’est la fin"),
        ("Suite à cela, le Breton a cédé, expliquant que la ligne était perdue.", "le Breton", "la ligne était perdue"),
        ("« C’est la fin », a dit Paul Roux, le chef de la gare, dans un entretien accordé hier à la presse locale et "
         "à ses lecteurs, alors que la ligne était coupée.", "Paul Roux", "C’est la fin"),
        ("Pour Paul Roux, chercheur en biologie des sols à l’institut de la mer de Brest, la baie est malade.",
         "Paul Roux", "la baie est malade"),
    ],
)  # fmt: skip
def test_who_says_it_in_french(text: str, subject: str, content: str) -> None:
    ((((_, who),), said),) = all_taken_apart(text)
    assert (who, said) == (subject, [content])


@pytest.mark.parametrize(
    ("text", "chain", "content"),
    [
        ("Selon Paul Roux, cité par La Gazette, le toit cédait.", ["La Gazette", "Paul Roux"], "le toit cédait"),
        ("Le toit cédait, selon Paul Roux, cité par La Gazette.", ["La Gazette", "Paul Roux"], "Le toit cédait"),
        ("Paul Roux, cité par La Gazette, assure que le toit cédait.", ["La Gazette", "Paul Roux"], "le toit cédait"),
        ("Cité par La Gazette, Paul Roux assure que le toit cédait.", ["La Gazette", "Paul Roux"], "le toit cédait"),
        ("« Le toit cède », a dit Paul Roux, selon des propos rapportés par La Gazette.", ["La Gazette", "Paul Roux"],
         "Le toit cède"),
        ("La préfète assure que le maire l’a prévenue que le toit cédait.", ["La préfète", "le maire"],
         "le toit cédait"),
        ("La préfète dit avoir été informée par le maire que le toit cédait.", ["La préfète", "le maire"],
         "le toit cédait"),
        ("La Gazette, qui cite un proche du maire selon lequel le toit cède, n’a rien publié.",
         ["La Gazette", "un proche du maire"], "le toit cède"),
        # Who finds something out says nothing.
        ("L’avocate dit que son client avait appris que le toit cédait.", ["L’avocate"],
         "son client avait appris que le toit cédait"),
    ],
)  # fmt: skip
def test_who_passes_on_in_french_what_another_says(text: str, chain: list[str], content: str) -> None:
    ((found, said),) = all_taken_apart(text)
    assert ([who for _, who in found], said) == (chain, [content])


def test_in_two_reported_clauses_and_in_what_a_source_tells_each_subject_speaks() -> None:
    text = "Le Point rapporte que le maire lui a confié avoir signé et que la préfète lui a dit que tout était prêt."
    found = [([who for _, who in cue], said) for cue, said in all_taken_apart(text)]
    assert found == [
        (["Le Point", "le maire"], ["avoir signé"]),
        (["Le Point", "la préfète"], ["tout était prêt"]),
    ]
    text = "Selon la préfète, le maire a refusé de signer, jugeant que le toit cédait."
    found = [([who for _, who in cue], said) for cue, said in all_taken_apart(text)]
    assert found == [
        (["la préfète"], ["le maire a refusé de signer"]),
        (["la préfète", "le maire"], ["le toit cédait"]),
    ]


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", "Et."), ("fr", "Et « on verra bien »."), ("en", "Asked about it on Monday.")]
)
def test_what_begins_as_a_report_and_goes_no_further_says_nothing(lang: str, text: str) -> None:
    assert all_taken_apart(text, lang) == []


def test_a_short_sentence_after_a_colon_is_a_quotation_too() -> None:
    assert taken_apart("Il hausse les épaules : « On verra bien. »") == ([], ["On verra bien"])
    assert taken_apart("Il a pour devise deux mots : « Toujours plus ».") is None


@pytest.mark.parametrize(
    ("text", "cue", "subject", "content"),
    [
        ("Asked about the delay, she said the board needed time.", "she said", None, "the board needed time"),
        (
            "Pressed on whether he knew, Ann Lee replied: “We will see what comes.”",
            "Ann Lee replied",
            "Ann Lee",
            "We will see what comes",
        ),
        ("Speaking to the Gazette, Mr Lee said: “No.”", "Mr Lee said", "Mr Lee", "No"),
        ("Ann Lee said no meeting had been planned.", "Ann Lee said", "Ann Lee", "no meeting had been planned"),
        (
            "“Nobody told me there was a way out,” Ann Lee said.",
            "Ann Lee said",
            "Ann Lee",
            "Nobody told me there was a way out",
        ),
    ],
)
def test_what_is_said_behind_what_somebody_was_asked(text: str, cue: str, subject: str | None, content: str) -> None:
    assert taken_apart(text, "en") == ([(cue, subject)], [content])


def test_a_short_sentence_that_is_all_quotation_is_one_and_an_answer_of_no_is_no_clause() -> None:
    text = "“We are full,” the doctor said. “Every bed.”"
    start = text.index("“Every")
    found = attributions(text, start, len(text), quotations(text), cues.load("en"))
    assert [text[slice(*piece)] for each in found for piece in each.content] == ["Every bed"]
    assert taken_apart("Ann Lee said no to the plan.", "en") is None


@pytest.mark.parametrize(
    ("text", "subject", "content"),
    [
        # Belief with an infinitive has its subject, too.
        ("The bank expects growth to slow next year.", "The bank", "growth to slow next year"),
        # What stands before a verb may be a noun and a name, and what is between commas no subject.
        (
            "A spokesman for Acme, Bob Ray, said the firm disagreed with the ruling.",
            "Bob Ray",
            "the firm disagreed with the ruling",
        ),
        (
            "A paper, passed around on Monday, had gone further and suggested that Acme could leave.",
            "A paper",
            "Acme could leave",
        ),
        ("Ann Lee, the coach, emerged to say that the match was off.", "Ann Lee", "the match was off"),
        ("The line would reopen, said a man who was there.", "a man who was there", "The line would reopen"),
        (
            "The town would pay, according to a memo that Ann Lee wrote the same evening and that two men described.",
            "a memo that Ann Lee",
            "The town would pay",
        ),
        (
            "The fund said that managers had recommended an offer which in its view did not pay.",
            "The fund",
            "managers had recommended an offer which in its view did not pay",
        ),
        (
            "“I hope it goes, and I fully expect that it does,” Ann Lee said.",
            "Ann Lee",
            "I hope it goes, and I fully expect that it does",
        ),
    ],
)
def test_who_says_it_in_english(text: str, subject: str, content: str) -> None:
    found = all_taken_apart(text, "en")
    assert [(name, said) for ((_, name),), said in found] == [(subject, [content])]


def test_what_states_nothing_in_english() -> None:
    for text in (
        "Ann Lee cautioned against drawing conclusions from a paper nobody had read.",
        "Bob Ray pressed him for a pledge, which Ann Lee declined to give.",
        "Acme has agreed, and may say more on Friday.",
        "A plan that both towns had agreed on in 2009 lasted three years: in 2012 Acme pulled out.",
        "The deal is expected to close in May.",
    ):
        assert all_taken_apart(text, "en") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Ministers insist the plan is safe, but campaigners say it puts children at risk.",
            [("Ministers", "the plan is safe"), ("campaigners", "it puts children at risk")],
        ),
        (
            "The firm denies wrongdoing, and Ann Lee called the suit “a try at blackmail”.",
            [("The firm", "wrongdoing"), ("Ann Lee", "the suit “a try at blackmail”")],
        ),
        (
            "Bob Ray praised the team, but the coach called the match “a disgrace”.",
            [("the coach", "the match “a disgrace”")],
        ),
        # What is shifted back is part of what somebody says.
        (
            "Ann Lee said Bob Ray had called her, and he had told her the bridge was shut.",
            [("Ann Lee", "Bob Ray had called her, and he had told her the bridge was shut")],
        ),
        ("Ann Lee blamed the firm for hiding the report.", [("Ann Lee", "hiding the report")]),
        (
            "Ann Lee accused the firm of hiding the report and urged the town to sue.",
            [("Ann Lee", "hiding the report"), ("Ann Lee", "sue")],
        ),
        ("Supporters, including the mayor, counter that it will save lives.", [("Supporters", "it will save lives")]),
    ],
)
def test_two_who_say_something_in_one_sentence(text: str, said: list[tuple[str, str]]) -> None:
    found = all_taken_apart(text, "en")
    assert [(cues_found[-1][1], content[0]) for cues_found, content in found] == said
