"""Who is meant, where rules can tell: nothing is asked."""

from collections.abc import Sequence
from typing import Any

import pytest

from onrecord.drafts import Draft, Layout
from onrecord.grounding import span
from onrecord.interview import answered
from onrecord.parties import Parties
from onrecord.records import Agreement, Article, Claim
from onrecord.signals import agreement_signals
from onrecord.stances import Stances
from onrecord.unattributed import Unattributed
from onrecord.whom import Whom


def never(block: str, answer: Any, names: Sequence[str], **values: object) -> Any:
    raise AssertionError(f"asked {block}: {values}")


def whom(text: str, lang: str = "fr") -> Whom:
    layout = Layout.of(Article(text=text, lang=lang))
    return Whom(layout, Draft(layout.roster()), never, lambda start, end: text[start:end])


def piece(text: str, words: str) -> tuple[int, int]:
    start = text.rindex(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("lang", "text", "cue", "subject", "expected"),
    [
        # A pronoun takes up who was named first in the sentence before, and not who stands after a preposition.
        ("fr", "Jean Duval a reçu Marie Lenoir. Il a dit oui.", "Il a dit", None, "Jean Duval"),
        ("fr", "Au Figaro Magazine, Jean Duval a répondu. Il a dit oui.", "Il a dit", None, "Jean Duval"),
        ("en", "Ann Lee left the room. She said it was late.", "She said", None, "Ann Lee"),
        # What she is belongs to no name.
        ("en", "Chief Nurse Ann Lee left. She said it was late.", "She said", None, "Ann Lee"),
        # Whose mother she is, is not spoken of.
        ("en", "Lee’s mother sat in front. She said it was over.", "She said", None, "Lee’s mother"),
        ("en", "Ann Lee’s lawyer, Bob Ray, left the court. He said it was over.", "He said", None, "Bob Ray"),
        # Who bears a title is what it says, also where it is shortened.
        ("en", "Sen. Ann Lee left the room. The senator said yes.", "said", "The senator", "Ann Lee"),
        ("en", "Health Secretary Ann Lee left. The health secretary said yes.", "said", "The health secretary",
         "Ann Lee"),
        # A title, a full name within a phrase, a description that stood beside a name.
        ("fr", "Marie Lenoir a souri. Toutefois, selon ses informations, c’est oui.", "selon ses informations", None,
         "Marie Lenoir"),
        # The body that spoke right before, where its gender is the pronoun's; who was named last.
        ("fr", "Marie Lenoir est venue. Anne Roy, avocate du club, a ri. L’avocate a dit oui.", "a dit", "L’avocate",
         "Anne Roy"),
        ("fr", "Marie Lenoir a reçu une amie, Anne Roy. Cette dernière a dit oui.", "Cette dernière a dit", None,
         "Anne Roy"),
        ("fr", "Jean Duval est venu. M. Duval a dit oui.", "M. Duval a dit", "M. Duval", "Jean Duval"),
        ("fr", "Jean Duval est venu. Le président Jean Duval (PS) a dit oui.", "a dit", "Le président Jean Duval (PS)",
         "Jean Duval"),
        ("fr", "Le secrétaire d’État, Jean Duval, est venu. Plus tard, le secrétaire d’État a dit oui.", "a dit",
         "le secrétaire d’État", "Jean Duval"),
        # What somebody is who was spoken of; nobody else's office, nor one who is named only later.
        ("fr", "Jean Duval est venu. Le chercheur a dit oui.", "a dit", "Le chercheur", "Jean Duval"),
        ("fr", "Jean Duval est venu. Le Norvégien a dit oui.", "a dit", "Le Norvégien", "Jean Duval"),
        ("fr", "Jean Duval est venu. Le préfet a dit oui.", "a dit", "Le préfet", "Le préfet"),
        ("fr", "La préfète a parlé. Puis Paul Duval est venu. Elle a dit oui.", "Elle a dit", None, "La préfète"),
        ("fr", "Marie Lenoir a souri. À droite, la préfète a parlé. Elle a dit oui.", "Elle a dit", None, "la préfète"),
        # Who stands beside an office after a preposition, or within a participle's clause, is not who is spoken of.
        ("fr", "Jean Duval a écrit au ministre Paul Lenoir. Il a dit oui.", "Il a dit", None, "Jean Duval"),
        ("en", "Several villagers were pleased. They agreed to stay. They said yes.", "They said", None,
         "Several villagers"),
        ("fr", "Les opposants se réjouissent. La route est libre. Ils ont dit oui.", "Ils ont dit", None,
         "Les opposants"),
        ("fr", "Au printemps, quatre astronomes ont protesté. Ils ont dit oui.", "Ils ont dit", None,
         "quatre astronomes"),
        ("fr", "Les mutuelles ont dénoncé ce pacte : elles ont dit oui.", "elles ont dit", None, "Les mutuelles"),
        # Two who speak together are not one.
        ("de", "Paul Roth kam. Auch Anna Lenz und Tim Berg waren da. Er sagte ja.", "Er sagte", None, "Paul Roth"),
        # Of the body that a compound names, or what stood in brackets; no adjective and noun is a person.
        ("de", "GVL-Chef Paul Roth kam. Anna Lenz (SPD) blieb. Der GVL-Vorsitzende sagte ja.", "sagte",
         "Der GVL-Vorsitzende", "Paul Roth"),
        ("de", "GVL-Chef Paul Roth kam. Anna Lenz (SPD) blieb. Die SPD-Politikerin sagte ja.", "sagte",
         "Die SPD-Politikerin", "Anna Lenz"),
        ("de", "Der Chef der Werft, Paul Roth, kam. Tim Berg ging. Der Chef der Werft sagte ja.", "sagte",
         "Der Chef der Werft", "Paul Roth"),
        ("de", "Paul Roth kam. Das Alte Rathaus schweigt. Er sagte ja.", "Er sagte", None, "Paul Roth"),
        ("de", "Paul Roth ging. Die Behörde wartet. Das reiche, hieß es.", "hieß es", None, "Behörde"),
        # A place is nobody who says something without a subject; a number with its unit is no part of a name.
        ("es", "Eva Gil subió el IVA 2 euros en Nueva Lagos. Añadió que sí.", "Añadió", None, "Eva Gil"),
        # What somebody is tells that a lone name is a person's.
        ("de", "Ministerin Rau lobte die Ruhe im Küsten-Krieg. Sie sagte ja.", "Sie sagte", None, "Rau"),
        # A document speaks for its author, where the text names one.
        ("fr", "Jean Duval est venu. L’Ifop publie un sondage. Un sondage de l’Ifop a dit oui.", "a dit",
         "Un sondage de l’Ifop", "Ifop"),
        ("en", "Ann Lee asked Acme. A poll by Acme said yes.", "said", "A poll by Acme", "Acme"),
        ("fr", "Jean Duval est venu. Un rapport a dit oui.", "a dit", "Un rapport", "Un rapport"),
        # "It" is no person.
        ("en", "Ann Lee praised Acme. The deal, it said, was done.", "it said", None, "Acme"),
        # Those who speak together are an actor of their own.
        ("fr", "Jean Duval et Marie Lenoir ont dit oui.", "ont dit", "Jean Duval et Marie Lenoir",
         "Jean Duval et Marie Lenoir"),
        # Of what, whose, or which one of several: who that is, is better not known than guessed.
        ("fr", "Jean Duval est venu. Le patron du club a dit oui.", "a dit", "Le patron du club", "Le patron du club"),
        ("fr", "Jean Duval est venu. Son voisin a dit oui.", "a dit", "Son voisin", "Son voisin"),
        ("fr", "Jean Duval est venu. Le président russe a dit oui.", "a dit", "Le président russe",
         "Le président russe"),
        # What stands before a name with a verb between says nothing of him.
        ("fr", "Le milliardaire avait prévenu Jean Duval. Paul Petit est venu. Le milliardaire a dit oui.", "a dit",
         "Le milliardaire", "Paul Petit"),
        # A member of an organisation is not the organisation, nor is what is said of its own.
        ("fr", "La CFDT a appelé à la grève. Le délégué CFDT a dit oui.", "a dit", "Le délégué CFDT",
         "Le délégué CFDT"),
        # Of whom a sentence speaks; an organisation where no person is meant.
        ("fr", "Jean Duval est venu. Quant à Paul Petit, il a dit oui.", "il a dit", None, "Paul Petit"),
        ("fr", "Marie Lenoir est là. Le maire, à l’en croire, a payé.", "à l’en croire", None, "Le maire"),
        ("fr", "La Nasa s’y refuse. Aucun document, a-t-elle dit.", "a-t-elle dit", None, "Nasa"),
        # Nor is somebody of a house the house itself, where no article tells it from a person.
        ("ru", "Минобороны молчит. Представитель Минобороны сказал «да».", "сказал", "Представитель Минобороны",
         "Представитель Минобороны"),
        ("ru", "Минобороны молчит. Источник в Минобороны сказал «да».", "сказал", "Источник в Минобороны",
         "Источник в Минобороны"),
        # A name is the same in any case.
        ("ru", "«Ромашка» молчит. Пётр ушёл. В «Ромашке» ждут. Там сказали «да».", "Там сказали", None, "Ромашка"),
        ("ru", "Иван Петров ушёл. Фонд «Храм Святой Анны» рад. Он сказал «да».", "Он сказал", None, "Иван Петров"),
        ("ru", "Иван Петров ушёл. В канцелярии Петрова ждут. Там сказали «да».", "Там сказали", None,
         "канцелярии Петрова"),
        ("ru", "Иван Петров ушёл. В канцелярии Петрова это отвергли.", "отвергли", "канцелярии Петрова",
         "канцелярии Петрова"),
        # A first name behind a title is the bearer's, not his house's; «её» tells whose leader he is.
        ("ru", "Кирилл ушёл. Иван Петров сказал «да». Митрополит Кирилл сказал «нет».", "Кирилл сказал",
         "Митрополит Кирилл", "Кирилл"),
        ("ru", "Анна Белова молчит. Её лидер Кириакос Петридис ушёл. Он сказал «да».", "Он сказал", None,
         "Кириакос Петридис"),
        ("ru", "Владимир Путин молчит. Словам Путина верят.", "Словам Путина", "Путина", "Владимир Путин"),
        # An article tells no gender of a missing subject, and no person is called «The …».
        ("es", "Ana Ruiz cedió. Insistió en un acto en que ganaría.", "Insistió en un acto", None, "Ana Ruiz"),
        ("es", "Lo contó The Daily Times. El asesor dijo que sí.", "dijo", "El asesor", "El asesor"),
        # An office beside a name needs no article.
        ("es", "Jon Ruiz, presidente de Acme, cedió. Ana Gil vino. El presidente dijo que sí.", "dijo", "El presidente",
         "Jon Ruiz"),
        # A sentence's own subject, or of whom it speaks; what stands beside a lone name says that it is a person's.
        ("fr", "Paul Duval est venu. Le parquet, qui avait requis une amende, s’y refuse : il a dit oui.", "il a dit",
         None, "Le parquet"),
        ("fr", "Paul Duval est venu. Quant à Jean Lenoir, arrivé en mai pour aider, il a dit oui.", "il a dit", None,
         "Jean Lenoir"),
        ("fr", "Paul Duval est venu. Sandrine, infirmière libérale, attendait. Elle a dit oui.", "Elle a dit", None,
         "Sandrine"),
        # A name beside what somebody is, with a title, and nouns that take up who was spoken of.
        ("fr", "Paul Roux est venu. Son chef de file, Karim Belaïd, est parti. Il a dit oui.", "Il a dit", None,
         "Karim Belaïd"),
        ("fr", "Interrogé lundi, le préfet a souri. Il a dit oui.", "Il a dit", None, "le préfet"),
        ("fr", "Paul Duval est venu. Le parquet a requis une amende. Il a dit oui.", "Il a dit", None, "Le parquet"),
        ("fr", "Élise Garnier est venue. Mme Garnier a dit oui.", "a dit", "Mme Garnier", "Élise Garnier"),
        ("fr", "Luis Prado est venu. Le technicien de 54 ans a dit oui.", "a dit", "Le technicien de 54 ans",
         "Luis Prado"),
        ("fr", "Marie Lenoir est venue. Cette infirmière de Lille a dit oui.", "a dit", "Cette infirmière de Lille",
         "Marie Lenoir"),
        ("fr", "Le FMI a publié une note. L’institution a dit oui.", "a dit", "L’institution", "FMI"),
        # Figures speak for whoever keeps them.
        ("fr", "Paul Duval est venu. Les chiffres du ministère de la Santé ont dit oui.", "ont dit",
         "Les chiffres du ministère de la Santé", "ministère de la Santé"),
        # Several are meant by a verb in the plural without a subject, and may be by «su»; one by no other.
        ("es", "Fuentes del club lo niegan. El puente, aseguran, es seguro.", "aseguran", None, "Fuentes del club"),
        ("es", "Los cuatro jueces protestaron ante Ana Ruiz. A su juicio, es falso.", "A su juicio", None,
         "Los cuatro jueces"),
        ("es", "Ana Ruiz protestó. A su juicio, es falso.", "A su juicio", None, "Ana Ruiz"),
        # Whose the noun is that a sentence begins with is spoken of; a surname within a full name is nobody else's.
        ("fr", "Paul Duval est venu. La réponse de Marc Lenoir a tardé. Il a dit oui.", "Il a dit", None,
         "Marc Lenoir"),
        ("es", "Ana Ruiz vino. Ruiz cedió. La respuesta de Jon Ruiz, su padre, tardó. Dijo que sí.", "Dijo", None,
         "Jon Ruiz"),
        # A plural description is none of the persons.
        ("fr", "Jean Duval est venu. Les médiateurs ont dit oui.", "ont dit", "Les médiateurs", "Les médiateurs"),
    ],
)  # fmt: skip
def test_who_is_meant(lang: str, text: str, cue: str, subject: str | None, expected: str) -> None:
    found = whom(text, lang)
    at = len(found.layout.sentences) - 1
    assert found.is_meant(at, piece(text, cue), piece(text, subject) if subject else None) == expected


def test_it_is_what_its_statement_begins_with() -> None:
    text = "The Globe praised Acme. Acme would pay, it said."
    found = whom(text, "en")
    assert found.is_meant(1, piece(text, "it said"), None, [piece(text, "Acme would pay")]) == "Acme"


def test_a_pronoun_takes_up_the_body_that_spoke_right_before() -> None:
    text = "Paul Roux attend.\n\nLa ligne est coupée, assure le ministère de la Mer. Il précise que le quai est fermé."
    found = whom(text)
    start = text.index("La ligne")
    speaker = found.draft.roster.add("le ministère de la Mer")
    evidence = [span(text, start, start + len("La ligne est coupée"))]
    found.draft.claims.append(Claim(speaker=speaker, statement="", mode="indirect", evidence=evidence))
    assert found.is_meant(2, piece(text, "Il précise"), None) == speaker


def test_nobody_reports_himself_under_a_description() -> None:
    text = "Paul Roux est venu. « Il part », aurait dit le conseiller, selon Paul Roux."
    assert whom(text).is_meant(1, piece(text, "aurait dit"), piece(text, "le conseiller")) == "Paul Roux"
    told = whom(text).is_meant(1, piece(text, "aurait dit"), piece(text, "le conseiller"), (), ["Paul Roux"])
    assert told == "le conseiller"


def test_a_pronoun_takes_up_whoever_spoke_last_and_a_quotation_goes_on() -> None:
    text = "Jean Duval est venu. Marie Lenoir a dit oui. Elle a dit non. « Nous partons tous demain. »"
    found = whom(text)
    said = [span(text, *piece(text, "oui"))]
    found.draft.claims.append(Claim(speaker="Marie Lenoir", statement="oui", mode="direct", evidence=said))
    assert found.is_meant(2, piece(text, "Elle a dit"), None) == "Marie Lenoir"
    said = [span(text, *piece(text, "non"))]
    found.draft.claims.append(Claim(speaker="Marie Lenoir", statement="non", mode="direct", evidence=said))
    assert Unattributed(found).said_by(3, piece(text, "Nous partons tous demain")) == ["Marie Lenoir"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "La mairie et les syndicats sont convenus de se revoir.", ["La mairie", "les syndicats"]),
        ("fr", "Jean Duval a trouvé un accord avec Marie Lenoir.", ["Jean Duval", "Marie Lenoir"]),
        ("en", "Ann Lee reached an agreement with Bob Ray.", ["Ann Lee", "Bob Ray"]),
        (
            "fr",
            "Jean Duval a proposé à la mairie et à la région de se revoir.",
            ["Jean Duval", "la mairie", "la région"],
        ),
        ("fr", "Les maires de Brest et des îles partagent l’avis.", ["Les maires de Brest et des îles"]),
        ("fr", "Jean Duval a approuvé la proposition d’un règlement.", []),
        ("fr", "La mairie est liée à la région par une convention.", ["La mairie", "la région"]),
        # What one side does alone, or does to a deal, is no agreement.
        ("fr", "Jean Duval a signé le décret.", []),
        ("en", "Ann Lee agreed to leave.", []),
        ("en", "Ann Lee walked out of the talks.", []),
        # A pronoun among them, and pairs: those who were named together last, or of whom the text speaks.
        ("fr", "Jean Duval est venu. Marie Lenoir et lui sont convenus de partir.", ["Marie Lenoir", "Jean Duval"]),
        ("en", "Ann Lee was late. In May she agreed with Bob Ray to leave.", ["Ann Lee", "Bob Ray"]),
        (
            "fr",
            "Jean Duval et Paul Lenoir se sont vus. Anne Petit est là. Les deux dirigeants sont convenus de partir.",
            ["Jean Duval", "Paul Lenoir"],
        ),
        (
            "fr",
            "Jean Duval a appelé Paul Lenoir. Les deux hommes sont convenus de partir.",
            ["Jean Duval", "Paul Lenoir"],
        ),
        (
            "fr",
            "Jean Duval, Marie Lenoir et Paul Petit sont là. Les trois élus sont convenus de partir.",
            ["Jean Duval", "Marie Lenoir", "Paul Petit"],
        ),
        # What binds two, what somebody offers and another turns down, what lasts or ends.
        ("fr", "Le contrat qui lie la mairie à la région court jusqu’en mai.", ["la mairie", "la région"]),
        ("fr", "L’accord conclu entre Jean Duval et Marie Lenoir prévoit une pause.", ["Jean Duval", "Marie Lenoir"]),
        ("fr", "La trêve que la mairie a conclue avec la région tient toujours.", ["la mairie", "la région"]),
        ("fr", "Jean Duval a refusé la prime que lui offrait la mairie.", ["Jean Duval", "la mairie"]),
        ("fr", "Jean Duval a signé hier avec la mairie un contrat.", ["Jean Duval", "la mairie"]),
        ("fr", "La mairie et la région ont décidé de se revoir.", ["La mairie", "la région"]),
        ("fr", "La mairie et la délégation d’élus sont convenues de se revoir.", ["La mairie", "la délégation d’élus"]),
        ("fr", "Jean Duval partage les doutes de Marie Lenoir.", ["Jean Duval", "Marie Lenoir"]),
        ("en", "The contract that ties Acme to Bob Ray runs until May.", ["Acme", "Bob Ray"]),
        ("fr", "Jean Duval a accepté la demande des Républicains.", ["Jean Duval", "Républicains"]),
        ("en", "Ann Lee stayed. Acme Corporation offered her a seat.", ["Acme Corporation", "Ann Lee"]),
        # Whose an offer is, by whom it was made, and a relative clause without a word for it.
        ("en", "Ann Lee spurned Acme's latest offer and left.", ["Ann Lee", "Acme"]),
        ("en", "A compromise offered by Canada on Thursday was refused by Spain.", ["Canada", "Spain"]),
        ("en", "Acme, in an accord it signed with Bob Ray in 1987, gave up a million.", ["Acme", "Bob Ray"]),
        ("en", "The next year Acme made an offer to Bob Ray.", ["Acme", "Bob Ray"]),
        ("en", "Here is the accord which Ann Lee and Bob Ray signed by Lake Prespa.", ["Ann Lee", "Bob Ray"]),
        (
            "en",
            "Canada keeps quiet. The ANZUS treaty between Australia and Spain remains in force.",
            ["Australia", "Spain"],
        ),
        # A company answers a company.
        ("en", "Globex made a bid. Ann Lee was pleased. Acme turned it down.", ["Acme", "Globex"]),
        # Two who were just named are the two.
        ("en", "Bob Ray and Jane Smith left. Ann Lee rang Tom Hall; the two agreed to meet.", ["Ann Lee", "Tom Hall"]),
        ("en", "Ann Lee rang Tom Hall. The two leaders have decided to meet.", ["Ann Lee", "Tom Hall"]),
        # A clause without a subject is of one side alone; an answer in the same sentence belongs to the offer.
        ("en", "Ann Lee listened. Bob Ray stayed, and had offered to pay.", []),
        (
            "fr",
            "Marie Lenoir a proposé à Jean Duval de rester, mais celui-ci a refusé.",
            ["Marie Lenoir", "Jean Duval"],
        ),
        # What is said of those it enumerates is no party; an infinitive goes on with no name.
        (
            "fr",
            "La CFDT et FO, majoritaires à elles deux, ont signé avec l’État un texte de dix pages.",
            ["CFDT", "FO", "État"],
        ),
        ("fr", "Marie Lenoir a offert à la CGT d’avancer la réunion.", ["Marie Lenoir", "CGT"]),
        ("fr", "Paris a offert sa médiation à Alger.", ["Paris", "Alger"]),
        (
            "fr",
            "Le PDG de Renault, Jean Duval, et la ministre Marie Lenoir ont signé une lettre d’intention.",
            ["Jean Duval", "Marie Lenoir"],
        ),
        # The deal itself tells whom it ties, or the participle beside it who offered it.
        ("fr", "L’accord qui liait Orange et Acme a expiré en décembre.", ["Orange", "Acme"]),
        ("fr", "Jean Duval s’est désengagé du contrat qui le liait à Acme.", ["Jean Duval", "Acme"]),
        ("fr", "Jean Duval a paraphé le protocole d’accord proposé par Acme.", ["Jean Duval", "Acme"]),
        ("fr", "Acme a repoussé une offre de Renault, jugée trop basse.", ["Acme", "Renault"]),
        ("fr", "Jean Duval abonde dans le sens de Marie Lenoir.", ["Jean Duval", "Marie Lenoir"]),
        # Who turns something down does so to whoever is spoken of.
        (
            "fr",
            "Marie Lenoir voulait le retrait du texte. Jean Duval a rejeté l’offre.",
            ["Jean Duval", "Marie Lenoir"],
        ),
        # "They" are those with whom the sentence before begins.
        ("en", "Last week Iran and Oman held talks. They agreed to meet again.", ["Iran", "Oman"]),
        # Whom somebody agrees to pay, or to buy, agrees, too.
        ("en", "Acme agreed on Monday to pay $5 million to the residents.", ["Acme", "the residents"]),
        ("fr", "Acme a accepté de céder sa filiale au fonds Ardian.", ["Acme", "Ardian"]),
        ("en", "Acme has agreed to buy Bell.", ["Acme", "Bell"]),
        ("en", "The city struck a deal with the developer, Bell, to build flats.", ["The city", "Bell"]),
        ("en", "Acme signed a contract with the group Bell, worth $2 billion.", ["Acme", "Bell"]),
        ("en", "ROME, May 3 - Iran and Oman agreed on Monday to meet again.", ["Iran", "Oman"]),
        ("en", "Talks ended after the zone had turned down a plea from Athens.", ["the zone", "Athens"]),
        ("en", "On that Bob Ray and the mayor agree.", ["Bob Ray", "the mayor"]),
        ("en", "The leader, Ann Lee, reached an agreement with his rival, Bob Ray, on Monday.", ["Ann Lee", "Bob Ray"]),
        ("fr", "Patronat et syndicats se sont entendus hier.", ["Patronat", "syndicats"]),
        (
            "fr",
            "Jean Duval a signé vendredi, en présence du ministre, une convention avec la ville.",
            ["Jean Duval", "la ville"],
        ),
        # A short name behind two nouns tells that they are one.
        (
            "en",
            "Acme reached a deal with the Society of Authors and Painters (SAP) on Monday.",
            ["Acme", "the Society of Authors and Painters"],
        ),
        ("fr", "Hier, la majorité et Les Républicains (LR) ont trouvé un accord.", ["la majorité", "Républicains"]),
        # Many who agree are one party; what they alone propose is no deal.
        ("fr", "Plus de cent communes ont adopté un accord.", ["Plus de cent communes"]),
        ("en", "Representatives of 195 nations reached an accord in Paris.", ["Representatives of 195 nations"]),
        ("en", "The ministers of the six powers agreed on a text.", ["The ministers of the six powers"]),
        ("en", "The studios presented a final offer.", []),
        # Names beside offices are those of two, not of four.
        (
            "fr",
            "Le président, Jean Duval, et son homologue russe, Paul Roth, ont signé un accord jeudi.",
            ["Jean Duval", "Paul Roth"],
        ),
        ("en", "Prime Minister Ann Lee and her rival, Bob Ray, agreed to meet in May.", ["Ann Lee", "Bob Ray"]),
        ("fr", "Anne Ray et le président du conseil, Paul Roth, convenaient de partir.", ["Anne Ray", "Paul Roth"]),
        (
            "fr",
            "Le maire a voté le texte et le ministre, Paul Roth, a signé un contrat avec Acme.",
            ["Paul Roth", "Acme"],
        ),
        # Two adjectives with one noun are one, and a number may begin a noun.
        (
            "en",
            "The British and Irish governments and six parties reached an agreement.",
            ["The British and Irish governments", "six parties"],
        ),
        ("en", "Britain pulled out of the convention it had signed with Ireland.", ["Britain", "Ireland"]),
        ("en", "Acme offered six months ago to buy Bell. Bell’s board rejected it.", ["Bell’s board", "Acme"]),
        # Whose an offer is stands behind it, also without an article, and a price is nobody.
        ("en", "Acme turned down a third offer by Bell.", ["Acme", "Bell"]),
        ("en", "Acme spurned a joint bid from rivals Corvo Group and Bell.", ["Acme", "Corvo Group", "Bell"]),
        ("en", "The ministry reached a deal with striking doctors.", ["The ministry", "striking doctors"]),
        ("en", "Corvo offered $12 a share for Bell in May.", ["Corvo", "Bell"]),
        # What stands between a name and its verb says who that is.
        ("en", "Shares rose after Corvo Rail, the biggest railway, reached a pact with Bell.", ["Corvo Rail", "Bell"]),
        # Several announce what they agreed on; one announces a deal with another, or between others.
        ("en", "Corvo and Bell announced a merger deal.", ["Corvo", "Bell"]),
        ("en", "Corvo announced a partnership with Bell.", ["Corvo", "Bell"]),
        # Whom persons belong to is not they; who votes by how many is named before the vote.
        ("en", "Corvo pilots have rejected the deal with Bell.", ["Corvo pilots", "Bell"]),
        ("en", "OSLO (AP) — Corvo’s board voted 9-4 to reject an offer by Bell.", ["Corvo’s board", "Bell"]),
        ("en", "Oman rejected the plan but did agree to the terms with Iran.", ["Oman", "Iran"]),
        ("en", "Ann Lee announced a truce between Oman and Iran.", ["Oman", "Iran"]),
        ("en", "The pact between Oman and Iran was signed in May.", ["Oman", "Iran"]),
        ("en", "Ann Lee and Bob Ray met. The truce that both sides reached still holds.", ["Ann Lee", "Bob Ray"]),
    ],
)
def test_the_parties_that_a_clause_names(lang: str, text: str, expected: list[str]) -> None:
    found = whom(text, lang)
    cues = found.layout.cues
    assert cues
    at = len(found.layout.sentences) - 1
    parties = Parties(found)
    for i, sentence in enumerate(found.layout.sentences[:at]):
        for offer in agreement_signals(text, sentence.start, sentence.end, cues):
            if offer.label == "proposed" and len(sides := parties.of(i, offer)) > 1:
                evidence = [span(text, *offer.clause)]
                found.draft.agreements.append(
                    Agreement(parties=sides, subject="", status="proposed", evidence=evidence)
                )
    (signal,) = agreement_signals(text, found.layout.sentences[at].start, len(text), cues)
    assert sorted(parties.of(at, signal)) == sorted(expected)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Acme et Bell ont annoncé avoir trouvé un accord."),
        ("en", "Acme and Bell said they had reached a deal."),
    ],
)
def test_those_who_tell_together_of_a_deal_are_its_parties(lang: str, text: str) -> None:
    found = whom(text, lang)
    assert found.layout.cues
    (signal,) = agreement_signals(text, 0, len(text), found.layout.cues)
    begin = text.index("avoir" if lang == "fr" else "they")
    found.draft.claims.append(
        Claim(
            speaker=text[: text.index("Bell") + 4],
            statement="",
            mode="indirect",
            evidence=[span(text, begin, len(text) - 1)],
        )
    )
    own = signal._replace(clause=(begin, len(text) - 1))
    assert Parties(found).of(0, own) == ["Acme", "Bell"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # An answer that does not say to what is given to whoever offered.
        ("en", "Acme had offered Bob Ray a job. He refused.", {"Bob Ray", "Acme"}),
        ("en", "Acme offered Bob Ray a job; Ray was tired. He turned it down.", {"Bob Ray", "Acme"}),
        ("fr", "Le groupe Acme a proposé un poste à Bruno Ray. Celui-ci a refusé.", {"Bruno Ray", "Acme"}),
    ],
)
def test_an_answer_is_given_to_whoever_offered(lang: str, text: str, expected: set[str]) -> None:
    found = whom(text, lang)
    cues, parties = found.layout.cues, Parties(found)
    assert cues
    for at, sentence in enumerate(found.layout.sentences):
        for deal in agreement_signals(text, sentence.start, sentence.end, cues):
            both, evidence = parties.of(at, deal), [span(text, *deal.clause)]
            found.draft.agreements.append(Agreement(parties=both, subject="", status=deal.label, evidence=evidence))
    assert found.draft.agreements[-1].status == "rejected"
    assert set(found.draft.agreements[-1].parties) == expected


def test_a_deal_between_both_is_between_those_who_agreed() -> None:
    text = "Acme y Ardian firmaron un pacto. Siguen vigentes los acuerdos entre ambas empresas."
    found = whom(text, "es")
    found.draft.agreements.append(
        Agreement(parties=["Acme", "Ardian"], subject="", status="signed", evidence=[span(text, 0, 10)])
    )
    assert found.layout.cues
    (signal,) = agreement_signals(text, text.index("Siguen"), len(text), found.layout.cues)
    assert Parties(found).of(1, signal) == ["Acme", "Ardian"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Marie Lenoir a offert à la CGT d’avancer la réunion. La centrale a décliné.", "rejected"),
        ("Marie Lenoir a proposé à la CGT une prime. La CGT l’a refusée mardi.", "rejected"),
        ("Marie Lenoir a proposé à la CGT une prime. Elle est acceptée par la CGT, alors que FO a dit non.", "agreed"),
        ("Marie Lenoir lui avait offert une prime. La CGT les a refusés.", "rejected"),
        ("Marie Lenoir a offert à la CGT une prime. Il l’annonce, ce que la CGT a refusé net.", "rejected"),
    ],
)  # fmt: skip
def test_a_reply_is_one_to_the_offer_of_which_a_sentence_before_told(text: str, status: str) -> None:
    found = whom(text)
    cues, parties = found.layout.cues, Parties(found)
    assert cues
    offer, reply = [agreement_signals(text, s.start, s.end, cues)[0] for s in found.layout.sentences]
    if len(both := parties.of(0, offer)) > 1:
        evidence = [span(text, *offer.clause)]
        found.draft.agreements.append(Agreement(parties=both, subject="", status="proposed", evidence=evidence))
    assert parties.of(1, reply) == ["Marie Lenoir", "CGT"]
    assert reply.label == status


def test_a_refusal_of_what_nobody_offered_ties_nobody() -> None:
    text = "Jean Duval a présenté la loi. La CGT l’a refusée."
    found = whom(text)
    assert found.layout.cues
    (signal,) = agreement_signals(text, found.layout.sentences[1].start, len(text), found.layout.cues)
    assert Parties(found).of(1, signal) == []


def test_who_leaves_leaves_all_the_parties_of_what_was_agreed() -> None:
    text = "Jean Duval a trouvé un accord avec Marie Lenoir. Jean Duval a rompu le contrat."
    found = whom(text)
    cues, parties = found.layout.cues, Parties(found)
    assert cues
    deals = [agreement_signals(text, s.start, s.end, cues)[0] for s in found.layout.sentences]
    evidence = [span(text, *deals[0].clause)]
    both = parties.of(0, deals[0])
    found.draft.agreements.append(Agreement(parties=both, subject="un accord", status="agreed", evidence=evidence))
    assert parties.of(1, deals[1]) == ["Jean Duval", "Marie Lenoir"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Jean Duval est venu.\n« Nous partons tous demain. » Descendue de voiture, Marie Lenoir était grave.",
         "Marie Lenoir"),
        ("Jean Duval est venu.\n« Nous partons tous demain. » Lundi, devant la presse, l’avocate était grave.",
         "l’avocate"),
        ("Jean Duval est venu.\n« Nous partons tous demain. » Il était grave.", "Jean Duval"),
        ("Jean Duval a conclu :\n« Nous partons tous demain. » Marie Lenoir était grave.", "Jean Duval"),
    ],
)  # fmt: skip
def test_who_says_a_quotation_may_be_told_after_it(text: str, speaker: str) -> None:
    found = whom(text)
    assert Unattributed(found).said_by(1, piece(text, "Nous partons tous demain")) == [speaker]


def test_a_quotation_goes_on_with_whoever_told_of_what_another_said() -> None:
    text = "Jean Duval raconte qu’un agent lui a dit oui. Il a souri."
    found = whom(text)
    said = [span(text, *piece(text, "oui"))]
    claim = Claim(speaker="un agent", relayed_by=["Jean Duval"], statement="oui", mode="indirect", evidence=said)
    found.draft.claims.append(claim)
    assert found.is_meant(1, piece(text, "Il a souri"), None) == "Jean Duval"


def test_an_offer_that_is_answered_is_one_with_the_answer() -> None:
    text = "La mairie propose une trêve à la région. La région refuse. Marie en parle."
    spans = [[span(text, *piece(text, words))] for words in ("La mairie propose une trêve", "La région refuse")]
    parties = ["La mairie", "la région"]
    offer = Agreement(parties=parties, subject="une trêve", status="proposed", evidence=spans[0])
    refusal = Agreement(parties=parties[::-1], subject="une trêve", status="rejected", evidence=spans[1])
    other = Agreement(parties=["Marie", "la région"], subject="une trêve", status="rejected", evidence=spans[1])
    assert answered([offer, refusal]) == [refusal]
    assert answered([offer, other]) == [offer, other]
    assert answered([refusal, offer]) == [refusal, offer]


def test_a_pronoun_after_hundreds_of_others_is_led_back_without_breaking() -> None:
    text = "Ann Lee left. " + "She walked home again. " * 600 + "She said it was late."
    found = whom(text, "en")
    assert found.is_meant(len(found.layout.sentences) - 1, piece(text, "She said"), None) == "Ann Lee"


def test_a_pronoun_joined_to_its_verb_is_one_too() -> None:
    text = "Les opposants se réjouissent. La route est libre, affirment-ils."
    assert whom(text).is_meant(1, piece(text, "affirment-ils"), None) == "Les opposants"


def test_what_is_reported_by_its_mood_alone_is_his_who_spoke_last_in_the_paragraph() -> None:
    text = "Jan Roth sagte, die Lage sei gut. Geld stehe bereit.\nDas sei neu."
    found = whom(text, "de")
    said = [span(text, *piece(text, "die Lage sei gut"))]
    found.draft.claims.append(Claim(speaker="Jan Roth", statement="…", mode="indirect", evidence=said))
    assert (Unattributed(found).last_speaker(1), Unattributed(found).last_speaker(2)) == (["Jan Roth"], [])


def test_a_description_of_more_words_is_whoever_alone_is_speaking() -> None:
    text = "Jean Duval a dit oui. Il a dit non. Le patron du club est sûr que oui."
    found = whom(text)
    subject = piece(text, "Le patron du club")
    for words in ("oui", "non"):
        start = text.index(words)
        said = [span(text, start, start + len(words))]
        found.draft.claims.append(Claim(speaker="Jean Duval", statement=words, mode="direct", evidence=said))
    assert found.is_meant(2, subject, subject) == "Jean Duval"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "La prime que Marie Lenoir offrait à Jean Duval a été refusée.",
         [("Marie Lenoir", "support"), ("Jean Duval", "oppose")]),
        ("en", "The bid was rejected on Monday by Ann Lee.", [("Ann Lee", "oppose")]),
    ],
)  # fmt: skip
def test_whoever_offers_is_for_it_and_whoever_refuses_against_it(
    lang: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = whom(text, lang)
    cues = found.layout.cues
    assert cues
    (signal,) = agreement_signals(text, 0, len(text), cues)
    Stances(found).takes_side(range(1), signal)
    assert [(s.holder, s.polarity) for s in found.draft.stances] == expected


def test_who_stands_before_a_colon_says_what_follows_it() -> None:
    text = "Marie Lenoir a parlé. « Nous partons. » Paul Duval hausse les épaules : « Nous resterons tous ici. »"
    found = whom(text)
    said = [span(text, *piece(text, "Nous partons"))]
    found.draft.claims.append(Claim(speaker="Marie Lenoir", statement="non", mode="direct", evidence=said))
    assert Unattributed(found).said_by(2, piece(text, "Nous resterons tous ici")) == ["Paul Duval"]


def test_of_two_clauses_of_a_statement_the_one_shows_a_position_that_judges() -> None:
    said = "It is a historic deal, and it comes while people can still use the money"
    text = f"“{said},” said Ann Lee."
    found = whom(text, "en")
    evidence = [span(text, 1, 1 + len(said))]
    found.draft.claims.append(Claim(speaker="Ann Lee", statement=said, mode="direct", evidence=evidence))
    stances = Stances(found)
    stances.positions()
    (stance,) = found.draft.stances
    assert (stance.holder, stance.polarity, stance.evidence[0].quote) == (
        "Ann Lee",
        "support",
        "It is a historic deal",
    )


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Le maire, qui avait réclamé en vain une trêve, a salué le compromis.",
         [("Le maire", "support"), ("Le maire", "support")]),
        ("fr", "L'intersyndicale, qui n'a été reçue qu'une fois, réclame un droit de regard.",
         [("L'intersyndicale", "support")]),
        ("fr", "On parle de Jean Duval, que soutient encore Marie Lenoir.", [("Marie Lenoir", "support")]),
        ("fr", "Le tracé a été revu à la demande de Marie Lenoir.", [("Marie Lenoir", "support")]),
        ("fr", "Le texte a été approuvé par Marie Lenoir.", [("Marie Lenoir", "support")]),
        ("fr", "« Rien », a répondu Marie Lenoir, qui refuse le texte.", [("Marie Lenoir", "oppose")]),
        ("fr", "Marie Lenoir soutient que le pont tiendra.", []),
        ("fr", "Le conseil s'est prononcé contre le parc.", [("Le conseil", "oppose")]),
        # What stands between a verb and its object's preposition is whom it is asked of.
        ("fr", "La ligue somme depuis hier les deux clubs voisins de partager leur stade.", [("La ligue", "support")]),
        ("fr", "Marie Lenoir, qui siège au port, a décidé de soutenir la grève.", [("Marie Lenoir", "support")]),
        ("fr", "La ligue a rejeté le plan et réclame une enquête.", [("La ligue", "oppose"), ("La ligue", "support")]),
        ("fr", "Marie Lenoir a quitté la salle, s'étonnant du silence du préfet.", [("Marie Lenoir", "oppose")]),
        # Nouns that look like verbs, and an act.
        ("fr", "Marie Lenoir a parlé à la presse de tous ses projets.", []),
        ("fr", "Marie Lenoir a déposé une demande de permis.", []),
        # A number holds a comma; what one "was demanding" is demanded by nobody else.
        ("en", "Some 3,200 dockers had been demanding better pay.", [("Some 3,200 dockers", "support")]),
        # Far behind a passive stands who does it; a clause joined to the first goes on with its subject.
        ("en", "Corvo was urged to drop the plan by the council.", [("the council", "support")]),
        ("en", "Corvo opposed Bell’s plan, and in May it rejected another.",
         [("Corvo", "oppose"), ("Corvo", "oppose")]),
        ("en", "Ann Lee praised the plan, but rejected its date.", [("Ann Lee", "support"), ("Ann Lee", "oppose")]),
        ("en", "Three Republicans voted against the bill.", [("Republicans", "oppose")]),
        # Two nouns before the body that they name are one; a vote by how many is no part of who votes.
        ("en", "Earlier in the day, the Budget and Works Committee approved the item.",
         [("the Budget and Works Committee", "support")]),
        ("en", "Ann Lee’s party voted 9-4 to reject the bill.", [("Ann Lee’s party", "oppose")]),
        # A relative clause may have a subject of its own; those without an article are somebody, too.
        ("en", "The council approved the bill, which growers have condemned.",
         [("The council", "support"), ("growers", "oppose")]),
        ("en", "The bill was welcomed by growers but criticised by unions.",
         [("growers", "support"), ("unions", "oppose")]),
        # A deal takes no side.
        ("en", "The compromise deal is in favour of the growers.", []),
        ("fr", "Marie Lenoir a refusé de répondre à nos questions.", []),
        # A participle that only tells how something is.
        ("fr", "Le tracé contesté passe par le bois.", []),
        ("fr", "Marie Lenoir est ainsi désavouée.", []),
        # Whom a noun names that takes a side, and of whom a relative clause speaks.
        ("fr", "Le port a rouvert à l'appel de Marie Lenoir.", [("Marie Lenoir", "support")]),
        ("fr", "Le port a un plan dont la ligue ne veut plus entendre parler.", [("la ligue", "oppose")]),
        ("fr", "Certains marins soutiennent le plan et dénoncent le retard.",
         [("Certains marins", "support"), ("Certains marins", "oppose")]),
        ("fr", "La ligue ne donne toujours pas son accord.", [("La ligue", "oppose")]),
        # German tells it by a noun, a mood or a vote.
        ("de", "Anna Lenz übte scharfe Kritik am Entwurf.", [("Anna Lenz", "oppose")]),
        ("de", "Anna Lenz attackierte den Verband.", [("Anna Lenz", "oppose")]),
        ("de", "Anna Lenz zeigte sich enttäuscht über den Entwurf.", [("Anna Lenz", "oppose")]),
    ],
)  # fmt: skip
def test_a_stance_is_held_by_whom_its_clause_names(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = whom(text, lang)
    Stances(found).of(range(len(found.layout.sentences)))
    assert [(s.holder, s.polarity) for s in found.draft.stances] == expected


def test_a_statement_that_goes_on_with_praise_shows_no_other_stance() -> None:
    said = ("It is a historic deal", "It is a great success", "The price is a disaster")
    text = f"“{said[0]},” said Ann Lee. “{said[1]}. {said[2]}.”"
    found = whom(text, "en")
    cue = span(text, *piece(text, "said Ann Lee"))
    for k, words in enumerate(said):
        evidence = [span(text, *piece(text, words))]
        claim = Claim(speaker="Ann Lee", statement=words, mode="direct", cue=None if k else cue, evidence=evidence)
        found.draft.claims.append(claim)
    stances = Stances(found)
    stances.positions()
    assert [(s.polarity, s.evidence[0].quote) for s in found.draft.stances] == [
        ("support", said[0]),
        ("oppose", said[2]),
    ]


def test_who_speaks_of_himself_holds_the_stance_in_what_he_says() -> None:
    text = "Acme left. Bell said it was disappointed by Acme’s decision."
    found = whom(text, "en")
    cue, said = span(text, *piece(text, "Bell said")), span(text, text.index("it was"), len(text) - 1)
    claim = Claim(speaker="Bell", statement="", mode="indirect", cue=cue, evidence=[said])
    found.draft.claims.append(claim)
    Stances(found).of(range(1, 2))
    assert [(s.holder, s.polarity) for s in found.draft.stances] == [("Bell", "oppose")]


@pytest.mark.parametrize(
    "text",
    [
        "Corvo hoped to sign a deal with Bell.",
        "Corvo was close to reaching a deal with Bell.",
        "That is the pact Corvo hoped to sign with Bell.",
    ],
)
def test_what_is_only_hoped_for_is_not_agreed(text: str) -> None:
    cues = whom(text, "en").layout.cues
    assert cues
    assert agreement_signals(text, 0, len(text), cues) == []


def test_an_offer_on_a_condition_is_supported_on_a_condition() -> None:
    text = "Marie Lenoir a proposé à Jean Duval de négocier, à condition que le blocage cesse."
    found = whom(text, "fr")
    assert found.layout.cues
    (signal,) = agreement_signals(text, 0, len(text), found.layout.cues)
    Stances(found).takes_side(range(1), signal)
    assert [s.polarity for s in found.draft.stances] == ["mixed"]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("La ligue a rejeté le plan mais a appelé ses clubs au calme.",
         ["La ligue a rejeté le plan", "a appelé ses clubs au calme"]),
        ("La ligue dénonce la fusion et a rappelé ses statuts.", ["La ligue dénonce la fusion"]),
        ("La ligue a quitté la table, dénonçant une mise en scène.", ["dénonçant une mise en scène"]),
        ("La ligue salue une avancée : « Le port vivra. »", ["La ligue salue une avancée"]),
        ("La ligue, réunie lundi, a dénoncé le calendrier.", ["La ligue, réunie lundi, a dénoncé le calendrier"]),
    ],
)  # fmt: skip
def test_each_predicate_of_a_clause_shows_its_own_stance(text: str, evidence: list[str]) -> None:
    found = whom(text, "fr")
    Stances(found).of(range(len(found.layout.sentences)))
    assert [s.evidence[0].quote for s in found.draft.stances] == evidence


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("Marie Lenoir a parlé. Ils ont dit oui.", None),
        ("Marie Lenoir a parlé à la CGT Cheminots. Ils ont dit oui.", ["CGT Cheminots"]),
    ],
)
def test_a_pronoun_of_several_is_asked_about_nobody_who_is_one(text: str, among: list[str] | None) -> None:
    asked: list[Sequence[str]] = []

    def ask(block: str, answer: Any, names: Sequence[str], **values: object) -> Any:
        asked.append(names)
        return answer(speaker=None)

    layout = Layout.of(Article(text=text, lang="fr"))
    found = Whom(layout, Draft(layout.roster()), ask, lambda start, end: text[start:end])
    assert found.is_meant(1, piece(text, "Ils ont dit"), None) is None
    assert asked == ([among] if among else [])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Acme et Bell ont perdu. Les deux parties ont conclu un accord.", 0),
        ("Acme a perdu. Bell a gagné. Crown est là. Les deux parties ont conclu un accord.", 1),
        ("Acme a perdu. Bell a gagné. Il s’agit, la veille, de parapher.", 0),
    ],
)
def test_parties_are_asked_for_where_a_deal_is_named(text: str, count: int) -> None:
    asked: list[str] = []

    def ask(block: str, answer: Any, names: Sequence[str], **values: object) -> Any:
        asked.append(block)
        return answer(parties=[])

    layout = Layout.of(Article(text=text, lang="fr"))
    parties = Parties(Whom(layout, Draft(layout.roster()), ask, lambda start, end: text[start:end]))
    last = len(layout.sentences) - 1
    assert layout.cues
    for signal in agreement_signals(text, layout.sentences[last].start, len(text), layout.cues):
        parties.of(last, signal)
    assert len(asked) == count
