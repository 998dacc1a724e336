"""How a sentence falls into parts, each attributed on its own, and whose they are."""

import time

import pytest

from onrecord import cues
from onrecord.attribution import attributions, statements
from onrecord.counterparts import counterpart
from onrecord.drafts import Layout
from onrecord.passives import agents
from onrecord.quotations import quotations
from onrecord.records import Article
from onrecord.sides import conjuncts, subject_of
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
        ("es", "“No nos vamos”, insistió Jon Ruiz, y negó que el club haya cedido.",
         [(["Jon Ruiz"], "No nos vamos"), (["Jon Ruiz"], "el club haya cedido")]),
        ("en", "“We are pleased,” the company said in its statement, and promised to pay.",
         [(["the company"], "We are pleased"), (["the company"], "pay")]),
        # A «que» after a conjunction is the first verb's, not that of what stands between.
        ("es", "Jon Ruiz recuerda que en verano escribió a ambos y que les pidió que cedieran algo.",
         [(["Jon Ruiz"], "en verano escribió a ambos y que les pidió que cedieran algo")]),
        ("fr", "Jean Duval a dit que tout va bien et que la ministre a demandé qu’on parte.",
         [(["Jean Duval"], "tout va bien"), (["Jean Duval", "la ministre"], "on parte")]),
        # A relative clause about whoever speaks is not what he says.
        ("es", "“Nos enteramos tarde”, contaba uno de los vecinos, que exige anonimato.",
         [(["uno de los vecinos"], "Nos enteramos tarde")]),
        ("es", "No se habló de Cuba, según un funcionario que sigue el proceso.",
         [(["un funcionario que sigue el proceso"], "No se habló de Cuba")]),
        # A colon parts clauses that are attributed each on its own.
        ("es", "El Gobierno niega ahora que haya trueque: los tres salieron, insiste, por razones humanitarias.",
         [(["El Gobierno"], "haya trueque"), ([None], "los tres salieron")]),
        # What somebody did himself, and whom a source cites.
        ("es", "El ministro dijo que había pedido que se fuera.", [(["El ministro"], "había pedido que se fuera")]),
        ("es", "Cómo fue lo contó ayer El Diario, que cita a un asesor.", []),
        # A subject after its verb.
        ("es", "Asegura el ministro que todo va bien.", [(["el ministro"], "todo va bien")]),
        ("es", "Recordó Jon Ruiz al Congreso que todo va bien.", [(["Jon Ruiz"], "todo va bien")]),
        ("es", "Dicen quienes lo trataron ayer que todo va bien.", [(["quienes lo trataron ayer"], "todo va bien")]),
        # Whom an infinitive is said to.
        ("es", "Jon Ruiz pidió a sus diputados votar en contra.", [(["Jon Ruiz"], "votar en contra")]),
        # A relative clause that gives a view, or whose subject is its own.
        ("fr", "On attend Jean Duval, pour qui le texte est mauvais.", [(["Jean Duval"], "le texte est mauvais")]),
        ("fr", "On parle de la loi, dont la ministre a fini par admettre qu’elle serait revue.",
         [(["la ministre"], "elle serait revue")]),
        # A noun that looks like a verb of saying says nothing; nor does what is no person follow one as who speaks.
        ("fr", "En mai, rappelle Anne Petit, le juge Jean Duval avait assuré que tout était réglé.",
         [(["Anne Petit", "le juge Jean Duval"], "tout était réglé")]),
        ("fr", "Selon l’accusation, le maire a menti.", [(["l’accusation"], "le maire a menti")]),
        ("fr", "Devant les élus, son ancien chef, Jean Duval, a admis un échec collectif.", []),
        ("fr", "Selon un technicien, le chef hurlait pendant que les autres riaient.",
         [(["un technicien"], "le chef hurlait pendant que les autres riaient")]),
        # A view in the middle of a clause, a future, a listener, an aside before «que».
        ("fr", "C’était selon M. Duval une vengeance.", [(["M. Duval"], "C’était … une vengeance")]),
        ("fr", "Jean Duval rapportera que la ville avait payé.", [(["Jean Duval"], "la ville avait payé")]),
        ("fr", "Jean Duval assure soudain aux juges avoir tout payé.", [(["Jean Duval"], "avoir tout payé")]),
        ("fr", "Jean Duval a dit, la veille de l’annonce, que tout était prêt.", [(["Jean Duval"], "tout était prêt")]),
        ("fr", "M. Duval l’accuse d’attiser la haine.", [(["M. Duval"], "attiser la haine")]),
        # Behind a quotation a second verb goes on.
        ("fr", "Attac dénonce « un recul » et affirme que le traité est mauvais.",
         [(["Attac"], "un recul"), (["Attac"], "le traité est mauvais")]),
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
        ("de", "Die Stadt hielt dem Betreiber vor, Zusagen an die Anwohner aufzugeben.",
         [(["Die Stadt"], "Zusagen an die Anwohner aufzugeben")]),
        ("de", "Jonas Lind, der aus Ulm kommt, rief den Verein auf, die Wahl abzusagen.",
         [(["Jonas Lind"], "die Wahl abzusagen")]),
        ("de", "Der Plan, der nun vorliegt, sagte Jonas Lind, sei ein Fehler.",
         [(["Jonas Lind"], "Der Plan, der nun vorliegt … sei ein Fehler")]),
        ("de", "Von einem „klaren Erfolg“ sprach am Montag die Ministerin Anna Berg, die im Herbst geht.",
         [(["die Ministerin Anna Berg"], "einem „klaren Erfolg“")]),
        ("de", "Nach einer Schätzung des Verbands fehlen 300 Fahrer.", [(["Verbands"], "fehlen 300 Fahrer")]),
        ("de", "Laut einer Umfrage des Instituts YouGov hatten viele kein Verständnis.",
         [(["einer Umfrage des Instituts YouGov"], "hatten viele kein Verständnis")]),
        ("de", "Wie der Konzern am Dienstag mitteilte, sinkt die Arbeitszeit.",
         [(["der Konzern"], "sinkt die Arbeitszeit")]),
        # German: the subject behind its verb, also a name in quotation marks or a pronoun.
        ("de", "Am Montag sagte der Chef der SPD, die Lage sei ernst.",
         [(["der Chef der SPD"], "die Lage sei ernst")]),
        ("de", "Nach dem Treffen hatte der Minister intern gewarnt, die Lage sei ernst.",
         [(["der Minister"], "die Lage sei ernst")]),
        ("de", "Am Montag nannte der Kanzler den Plan „einen Fehler“.",
         [(["der Kanzler"], "den Plan „einen Fehler“")]),
        ("de", "In Wien sagte er, die Lage sei ernst.", [([None], "die Lage sei ernst")]),
        ("de", "Am Montag schrieb der „Spiegel“, die Lage sei ernst.", [(["Spiegel"], "die Lage sei ernst")]),
        ("de", "Der „Spiegel“ schrieb, die Lage sei ernst.", [(["Spiegel"], "die Lage sei ernst")]),
        ("de", "Der „Spiegel“ hatte berichtet, die Lage sei ernst.", [(["Spiegel"], "die Lage sei ernst")]),
        # «es» says nothing: those do among whom it is said; whom somebody quotes says it himself.
        ("de", "Im Umfeld des Chefs heißt es, Roth sei schuld.", [(["Umfeld des Chefs"], "Roth sei schuld")]),
        ("de", "Am Montag hieß es, Roth sei schuld.", [([None], "Roth sei schuld")]),
        ("de", "Die Zeitung berichtete unter Berufung auf Verhandlungskreise, Roth habe gedroht.",
         [(["Die Zeitung", "Verhandlungskreise"], "Roth habe gedroht")]),
        ("de", "Nach Recherchen der „Zeit“ fehlen dem Konzern Milliarden.",
         [(["Zeit"], "fehlen dem Konzern Milliarden")]),
        # A clause that stands before the main one is not what is said, unless it says something itself.
        ("de", "Als die Polizei kam, gab der Mann auf.", []),
        ("de", "Als die Polizei kam, gab der Mann an, nichts zu wissen.", [(["der Mann"], "nichts zu wissen")]),
        ("de", "Als Chef sei er gescheitert, sagte Roth.", [(["Roth"], "Als Chef sei er gescheitert")]),
        ("de", "Wenn das so bleibe, sagte Roth, werde es teuer.",
         [(["Roth"], "Wenn das so bleibe … werde es teuer")]),
        # A single name after «so»; an adverb that stresses; a quoted word at the end of what is said.
        ("de", "Die Lage, so Lindner, sei ernst.", [(["Lindner"], "Die Lage … sei ernst")]),
        ("de", "Auch der Minister sagte, die Lage sei ernst.", [(["der Minister"], "die Lage sei ernst")]),
        ("de", "Roth sagte, die Lage sei „sehr ernst“.", [(["Roth"], "die Lage sei „sehr ernst“")]),
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
        # The marks of a name part nothing; whom something is offered needs no preposition where nouns have cases.
        ("ru", "Завод «Ромашка» и Минобороны подписали договор.", ["Завод «Ромашка", "Минобороны"], None),
        ("ru", "Франция предложила Киеву помощь.", [], "Киеву"),
        # Where, by whose help, and what a clause tells of one are no part of those who sign.
        ("ru", "Вечером в Вене «Ромашка» и «Весна» подписали договор.", ["Ромашка", "Весна"], None),
        ("ru", "Россия и Украина при посредничестве ООН подписали договор.", ["Россия", "Украина"], None),
        ("ru", "Иван Белов и фонд «Мост», за которым стоит банк, подписали договор.", ["Иван Белов", "фонд «Мост"],
         None),
        # An office begins a noun where its holder is named; one who holds two is one.
        ("ru", "Иван Белов и директор завода Пётр Ким подписали договор.", ["Иван Белов", "директор завода Пётр Ким"],
         None),
        ("ru", "Глава завода и член совета Пётр Ким подписал договор.", [], None),
        ("de", "Am Montag verständigten sich die Bahn und die Gewerkschaft auf einen Vertrag.",
         ["die Bahn", "die Gewerkschaft"], None),
        ("de", "Die Eisenbahn- und Verkehrsgewerkschaft hatte den Vertrag mit dem Konzern schon unterschrieben.", [],
         "dem Konzern"),
        ("de", "Die Bank hatte ein Angebot der Stadt ausgeschlagen.", [], "der Stadt"),
        ("de", "Es gibt einen Vertrag, den die Bahn und der Konzern Anfang März unterschrieben haben.",
         ["die Bahn", "der Konzern"], None),
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
    ("text", "expected"),
    [
        # When or where it was, an object or a clause stands before the verb; a pronoun is not named.
        ("Am Montag forderte der Minister eine Reform.", "der Minister"),
        ("Daraufhin empfahl die Agentur Wada dem Verband die Reform.", "die Agentur Wada"),
        ("Im Mai hatte die Bank zunächst eine Reform gefordert.", "die Bank"),
        ("Am Montag verlangte der Kanzler Kickls Entlassung, Kickl schwieg.", "der Kanzler"),
        ("Die Garantien lehnt die SVP ab.", "die SVP"),
        ("Den Vertrag der Stadt lehnte er am Montag ab.", None),
        # Nothing but the subject does.
        ("Die SVP lehnt die Garantien ab.", "Die SVP"),
        ("Auch der Minister forderte eine Reform.", "der Minister"),
        ("Man weiß, dass am Montag die SPD ablehnte und die Grünen schwiegen.", "die SPD"),
    ],
)
def test_the_subject_of_a_stance_may_follow_its_verb(text: str, expected: str | None) -> None:
    german = cues.load("de")
    assert german
    subject = subject_of(text, stance_signals(text, 0, len(text), german)[0], german)
    assert (text[slice(*subject)] if subject else None) == expected


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A place holds a view for those who sit there, but for nobody where its people are named.
        ("В «Ромашке» это предложение отвергли.", "Ромашке"),
        ("В Москве жители отвергли это предложение.", None),
    ],
)
def test_a_russian_place_holds_a_view(text: str, expected: str | None) -> None:
    russian = cues.load("ru")
    assert russian
    (signal,) = stance_signals(text, 0, len(text), russian)
    found = subject_of(text, signal, russian)
    assert (text[slice(*found)] if found else None) == expected
