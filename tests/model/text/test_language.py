"""The guess at the language, with the words of the base that ships."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from model.text import view
from model.text.language import Language, is_code
from tests.model.conftest import STORY
from tests.model.text.test_wraps import PROSE

ROOT = Path(__file__).resolve().parents[3]
README = (ROOT / "README.md").read_text("utf-8").split("\n\n")
FOREIGN = {
    "German": """\
Gestern haben wir lange auf den Bus gewartet, weil er wegen des Schnees nicht kam.
Ich wollte dir nur kurz schreiben, dass wir am Samstag leider nicht kommen können.
Sie fragte ihn, ob er die alten Briefe noch habe, aber er schüttelte nur den Kopf.
Wenn du morgen Zeit hast, könnten wir zusammen zum Markt gehen und Äpfel kaufen.
Das Wetter war so schlecht, dass die Kinder den ganzen Tag im Haus bleiben mussten.""",
    "French": """\
Nous avons attendu longtemps devant la gare parce que le train était en retard.
Je voulais seulement te dire que nous ne pourrons pas venir samedi prochain.
Elle lui demanda s'il avait encore les vieilles lettres, mais il ne répondit pas.
Si tu as le temps demain, nous pourrions aller au marché acheter des pommes.
Il faisait si mauvais que les enfants sont restés toute la journée à la maison.""",
    "Spanish": """\
Ayer esperamos mucho tiempo el autobús porque no llegaba a causa de la nieve.
Solo quería decirte que por desgracia no podremos ir a verte el sábado que viene.
Ella le preguntó si todavía tenía las cartas viejas, pero él no quiso contestar.
Si mañana tienes un rato libre, podríamos ir juntos al mercado a comprar manzanas.
Hacía tan mal tiempo que los niños se quedaron en casa durante todo el día.""",
    "Finnish": """\
Eilen odotimme bussia kauan, koska se ei tullut ajoissa lumisateen takia ollenkaan.
Halusin vain kertoa sinulle, että emme valitettavasti pääse tulemaan lauantaina kylään.
Hän kysyi, oliko miehellä vielä vanhat kirjeet tallessa, mutta mies vain pudisti päätään.
Jos sinulla on huomenna aikaa, voisimme mennä yhdessä torille ostamaan omenoita ja marjoja.
Sää oli niin huono, että lapset joutuivat olemaan koko päivän sisällä omassa huoneessaan.""",
    "Italian": """\
Ieri abbiamo aspettato a lungo il treno perché era in ritardo per colpa della neve.
Volevo soltanto dirti che purtroppo sabato prossimo non potremo venire a trovarti.
Lei gli chiese se avesse ancora le vecchie lettere, ma lui non volle rispondere.
Se domani hai tempo, potremmo andare insieme al mercato a comprare delle mele.""",
    "Dutch": """\
Gisteren hebben wij lang op de bus gewacht, omdat die door de sneeuw niet kwam.
Ik wilde je alleen even laten weten dat we zaterdag helaas niet kunnen komen.
Zij vroeg hem of hij de oude brieven nog had, maar hij schudde alleen zijn hoofd.
Als je morgen tijd hebt, kunnen we samen naar de markt gaan om appels te kopen.""",
    "Polish": """\
Wczoraj długo czekaliśmy na autobus, bo nie przyjechał z powodu dużego śniegu.
Chciałam ci tylko napisać, że w sobotę niestety nie będziemy mogli przyjechać.""",
    "Russian": """\
Вчера мы долго ждали автобус, потому что из-за снега он так и не пришёл.
Я только хотела написать тебе, что в субботу мы, к сожалению, не приедем.""",
}
SENTENCES = [(name, line) for name, text in FOREIGN.items() for line in text.splitlines()]
ENGLISH = [
    PROSE,
    STORY,
    "i dont know man lol, gonna check it tmrw bc im kinda tired rn, u ok with that",
    "def read(path): return path.read_text() if the file is there, else raise an error at once",
    "Dear Mr. Abernathy-Okonkwo, Ms. Szczepanski and Prof. Nguyen of Reykjavik are coming too.",
    "Unpack `foo-0.1-linux-x86_64.tar.xz`, put etc/foorc.d there, then run bin/foo and wait.",
    "We had a crème brûlée in the café at Montréal, and then we took the last train home.",
]
CODE = [
    "for number, line in enumerate(lines):\n    if not line.startswith('#'):\n        seen += 1",
    'int main(void) {\n    printf("%d\\n", total += 1);\n    return 0;\n}',
    "x = [name.strip() for name in names]\nassert len(x) == 3, 'too few'",
    '{"name": "lamp", "sizes": [16, 32], "icon": {"path": "icons/lamp.svg"}}',
]


@pytest.fixture(scope="module")
def language() -> Language:
    words = lzma.decompress((ROOT / "resources/base/words.txt.xz").read_bytes()).decode("utf-8")
    return Language(words.split("\n"))


def folded(text: str, words: int | None = None) -> str:
    return view(text if words is None else " ".join(text.split()[:words])).text


def test_nine_in_ten_foreign_sentences_are_seen_after_eight_words(language: Language) -> None:
    missed = [line for _, line in SENTENCES if not language.is_foreign(folded(line, 8))]
    assert len(missed) <= 0.1 * len(SENTENCES), missed


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_text_is_seen(language: Language, name: str) -> None:
    assert language.is_foreign(folded(FOREIGN[name]))


@pytest.mark.parametrize("text", [*ENGLISH, *(text for text in README if text[:1] not in "`|")])
def test_english_is_never_foreign(language: Language, text: str) -> None:
    words = text.split(" ")
    assert not any(
        language.is_foreign(folded(" ".join(words[:count]))) for count in range(len(words) + 1)
    )


@pytest.mark.parametrize("name", FOREIGN)
def test_five_english_words_bring_the_base_back(language: Language, name: str) -> None:
    text = f"{FOREIGN[name]}\n\nI hope that you are all well"
    assert not language.is_foreign(folded(text))


def test_few_words_decide_nothing(language: Language) -> None:
    assert not language.is_foreign(folded("Ich wollte dir nur"))
    assert not language.is_foreign("")


@pytest.mark.parametrize("text", [*FOREIGN.values(), *CODE])
def test_another_language_and_code_are_no_prose(language: Language, text: str) -> None:
    assert not language.is_prose(folded(text))
    assert not language.ends_in_prose(folded(text))


@pytest.mark.parametrize("text", [text for text in ENGLISH if not text.startswith("def ")])
def test_english_is_prose(language: Language, text: str) -> None:
    assert language.is_prose(folded(text))
    assert language.ends_in_prose(folded(text))


@pytest.mark.parametrize(
    "text",
    [
        "See you at 10:30, or (better) at 11 - it's $5 & free for kids.",
        "He said: \"Well... I don't know, and/or I won't tell.\"",
        "1. Bread, 2 lbs.\n2. Eggs (12)\n3. Milk, 1.5l\n- Butter!",
        "ok :) see you ;-) bring *all* the _red_ ones",
    ],
)
def test_marks_and_numbers_are_no_code(text: str) -> None:
    assert not is_code(folded(text))


def test_who_knows_few_words_takes_all_for_prose() -> None:
    assert Language(["keeper", "lamp"]).is_prose(folded(FOREIGN["German"]))
    assert Language(["keeper", "lamp"]).ends_in_prose(folded(FOREIGN["German"]))
