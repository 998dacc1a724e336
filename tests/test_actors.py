import pytest

from onrecord import cues
from onrecord.actors import Roster, same
from onrecord.names import descriptions, proper_names
from onrecord.sentences import split
from tests.conftest import SEED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ouchakov", "Ushakov"),
        ("Iouri Ouchakov", "Ushakov"),
        ("Donald Trump", "Trump"),
        ("Vladimir Poutine", "Vladimir Putin"),
        ("Volodymyr Zelensky", "Zelenskyy"),
        ("Netanyahou", "Benyamin Netanyahu"),
        ("ÉLISABETH BORNE", "Élisabeth Borne"),
        # The cases of Russian names.
        ("Владимир Путин", "Путина"),
        ("Дмитрий Медведев", "Дмитрием Медведевым"),
        ("Толстой", "Толстого"),
        ("России", "Россию"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trump", "Poutine"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Macron", "Marcon"),
        ("Iran", "Irak"),
        ("États-Unis", "Nations unies"),
        ("", "Trump"),
        # What looks like another case of a name, in other languages.
        ("Martin", "Martina"),
        ("Lang", "Lange"),
        ("Степан Путін", "Путіна"),
        ("Ђоковић", "Ђоковића"),
        # Another name of the same ending.
        ("Путин", "Пушкин"),
    ],
)
def test_different_names(one: str, other: str) -> None:
    assert not same(one, other)


def test_the_names_of_the_seed() -> None:
    found = proper_names(split(SEED.read_text("utf-8"), "fr"), cues.load("fr"))
    assert {"Vladimir Poutine", "Donald Trump", "Iouri Ouchakov", "Ushakov", "TASS", "Truth Social"} <= set(found)
    assert not {"Selon", "Les", "Le", "L", "Poutine de Russie"} & set(found)


def test_a_particle_joins_only_what_never_stands_alone() -> None:
    text = "Charles de Gaulle a parlé. Poutine de Russie a répondu. Poutine est venu."
    found = proper_names(split(text, "fr"), cues.load("fr"))
    assert "Charles de Gaulle" in found
    assert "Poutine" in found


def roster() -> Roster:
    return Roster(["Trump", "Donald Trump", "Iouri Ouchakov", "Ushakov", "Kremlin"])


def test_every_spelling_leads_to_one_name() -> None:
    actors = roster()
    assert set(actors.names()) == {"Donald Trump", "Iouri Ouchakov", "Kremlin"}
    assert actors.add("Trump") == actors.add("donald trump") == actors.add("le président Trump") == "Donald Trump"
    assert actors.add("Ouchakov") == "Iouri Ouchakov"


def test_descriptions_are_mentions_of_who_they_are_said_to_mean() -> None:
    actors = roster()
    assert actors.find("le conseiller du Kremlin, Iouri Ouchakov") == "Iouri Ouchakov"
    assert actors.find("ce conseiller du Kremlin") == "Iouri Ouchakov"
    assert actors.add("Le diplomate", alias_of="Ushakov") == "Iouri Ouchakov"
    (actor,) = actors.actors(["Iouri Ouchakov", "Ushakov"])
    assert actor.mentions == [
        "Iouri Ouchakov", "Ushakov", "le conseiller du Kremlin", "ce conseiller du Kremlin", "Le diplomate"
    ]  # fmt: skip


@pytest.mark.parametrize("phrase", ["Le responsable du Kremlin", "la police", "le ministère de l’Intérieur", "Obama"])
def test_a_description_names_nobody_by_itself(phrase: str) -> None:
    assert roster().find(phrase) is None


def test_a_surname_that_fits_two_is_neither() -> None:
    actors = Roster(["Bill Clinton", "Hillary Clinton"])
    assert actors.find("Clinton") is None
    assert actors.add("Clinton") == "Clinton"


def test_a_womans_name_is_rather_hers_than_another_case_of_his() -> None:
    actors = Roster(["Иван Иванов", "Анна Иванова"])
    assert (actors.find("Иванова"), actors.find("Иванов")) == ("Анна Иванова", "Иван Иванов")


def test_what_begins_a_sentence_is_a_name_if_one_within_a_sentence_is_in_any_case() -> None:
    text = "Математику дали премию. Кремль молчит. Премию дал министр, а в Кремле молчат. Иван Петров рад."
    assert proper_names(split(text, "ru"), cues.load("ru")) == ["Кремль", "Кремле", "Иван Петров"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Of what country, town or body somebody is stands before his name.
        ("Тогда президент Македонии Георге Иванов молчал.", ["Македонии", "Георге Иванов"]),
        ("Тогда лидер ВМРО Джим Смит молчал.", ["ВМРО", "Джим Смит"]),
        ("Тогда слова Ивана Петровича Сидорова забыли.", ["Ивана Петровича Сидорова"]),
        ("Тогда устав Организации Объединённых Наций приняли.", ["Организации Объединённых Наций"]),
        ("Тогда в Сочи 16 мая шёл дождь.", ["Сочи"]),
    ],
)
def test_where_a_name_begins_in_russian(text: str, names: list[str]) -> None:
    assert proper_names(split(text, "ru"), cues.load("ru")) == names


def test_a_russian_company_is_not_its_country() -> None:
    assert not same("Армения", "Газпром Армении")
    assert same("Сковорода", "Ивана Сковороды")


def test_who_is_named_in_a_text_the_last_first() -> None:
    assert roster().named_in("Trump a vu Ushakov, puis Trump est parti du Kremlin.") == [
        "Kremlin", "Donald Trump", "Iouri Ouchakov"
    ]  # fmt: skip


def test_a_title_is_no_part_of_a_name_and_a_hyphen_hides_no_capital() -> None:
    text = "Prime Minister Benjamin Netanyahu met Badr al-Busaidi. The President left. Foreign Minister Ali Bey stayed."
    names = proper_names(split(text, "en"), cues.load("en"))
    assert names == ["Benjamin Netanyahu", "Badr al-Busaidi", "Ali Bey"]


@pytest.mark.parametrize("phrase", ["A White House official", "le porte-parole de Vladimir Poutine"])
def test_a_description_that_holds_a_name_is_not_that_name(phrase: str) -> None:
    assert Roster(["White House", "Vladimir Poutine"]).find(phrase) is None


def test_a_description_gives_way_to_the_name_found_for_it() -> None:
    roster = Roster()
    roster.add("the Omani foreign minister")
    roster.add("Badr al-Busaidi", alias_of="the Omani foreign minister")
    assert roster.fullest("the Omani foreign minister") == "Badr al-Busaidi"
    assert [a.name for a in roster.actors(["the Omani foreign minister"])] == ["Badr al-Busaidi"]


def test_a_german_particle_goes_on_with_a_first_name_only() -> None:
    text = "Der Antrag von Roth liegt vor. Ursula von Berg und Psychologin Anna Lenz kamen."
    assert {"Ursula von Berg", "Anna Lenz", "Antrag", "Roth"} <= set(proper_names(split(text, "de"), cues.load("de")))


def test_two_companies_are_two_names() -> None:
    assert proper_names(split("Then Honda and Nissan met.", "en"), cues.load("en")) == ["Honda", "Nissan"]


def test_whose_somebody_is_is_no_part_of_his_name() -> None:
    text = "We met Jane Smith of Acme. Then Acme left for the University of Utah. Utah is far."
    assert proper_names(split(text, "en"), cues.load("en")) == ["Jane Smith", "Acme", "University of Utah", "Utah"]


def test_what_stands_beside_a_name_says_who_that_is() -> None:
    text = (
        "Le secrétaire d’État américain, Colin Powell, est venu. Ann Lee, la coach du club, aussi. Pour Ann Lee, rien."
    )
    french = cues.load("fr")
    assert french
    found = list(descriptions(text, ["Colin Powell", "Ann Lee"], french))
    assert found == [("Colin Powell", "Le secrétaire d’État américain"), ("Ann Lee", "la coach du club")]
    known = Roster(["Colin Powell", "Ann Lee"])
    for name, description in found:
        known.describe(name, description)
    assert known.fitting_descriptions("le secrétaire d’État") == ["Colin Powell"]
    assert known.fitting_descriptions("le président") == []


def test_a_full_name_within_a_phrase_is_who_is_meant_but_for_whose_it_is() -> None:
    known = Roster(["Jean Duval"])
    assert known.find("le président Jean Duval le 10 mars") == "Jean Duval"
    assert known.find("l’avocat de Jean Duval") is None
    assert known.apart("Jean Duval et Ann Lee") == "Jean Duval et Ann Lee"
    assert known.first_in("Jean Duval, puis Jean Duval et Ann Lee") == ["Jean Duval", "Jean Duval et Ann Lee"]


def test_two_names_with_and_between_them_are_one_after_a_first_name_only() -> None:
    text = "José Ortega y Gasset escribió. Ayer España ganó el Mundial y Rubio lo celebró. Luego Jon Rubio cedió."
    names = proper_names(split(text, "es"), cues.load("es"))
    assert "José Ortega y Gasset" in names
    assert "Mundial y Rubio" not in names
