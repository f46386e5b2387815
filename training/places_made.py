"""Reports made from our own sentences, so that the weights also know news of conflicts.

The reports that the weights are fitted on are mostly local news of one country; parsers take towns
of others for people. Here towns, provinces, people and armed groups of forty countries are put into
the sentences of ``places_sentences.csv``; which words are places is then known.
"""

from __future__ import annotations

import random
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.ground.gazetteer import Gazetteer
from onrecord.lexicon.tables import read_rows

COUNTRIES = (
    "SYR SYR SYR IRQ IRQ YEM LBY UKR UKR RUS PSE ISR LBN SDN SSD MLI NER BFA NGA SOM ETH COD CAF MMR AFG AFG PAK IND"
    " COL MEX IRN TUR AZE ARM GEO EGY TCD CMR MOZ KEN PHL THA LKA VEN HTI"
).split()
_GIVEN = (
    "Abu Ahmed Ali Hassan Omar Khaled Mahmoud Yusuf Ibrahim Fatima Aisha Leila Samir Tariq Nabil Oleksandr Andriy Olena"
    " Iryna Sergei Dmitry Ivan Natalia Ibrahima Moussa Amadou Aminata Ousmane Juma Abdi Halima Tesfaye Abebe Than Aung"
    " Khin Rajesh Priya Arjun Maria Jose Carlos Juan Luis Ana Pedro Mehmet Ayse Reza Hossein David Sarah Moshe Giorgi"
).split()
_SURNAMES = (
    "al-Hariri al-Masri al-Sayed al-Khatib Hamdan Haddad Nasser Mansour Barakat Darwish Shevchenko Kovalenko Bondar"
    " Petrenko Ivanov Petrov Sokolov Traore Diallo Keita Coulibaly Ouedraogo Mohamud Warsame Farah Bekele Tadesse Htun"
    " Oo Myint Sharma Singh Kumar Garcia Lopez Hernandez Ramirez Torres Yilmaz Demir Ahmadi Karimi Levy Cohen Kapanadze"
    " al-Zoubi al-Jabari al-Din Abboud Saleh Rahmani Noorzai Achakzai Hussein Abdullah Mohammed Kabila Mwangi Otieno"
).split()
_GROUPS = (
    "Ahrar al-Sham;Jaish al-Islam;Hayat Tahrir al-Sham;Islamic State;the Taliban;Boko Haram;al-Shabaab;the Free Army;"
    "Liwa al-Haqq;Faylaq al-Rahman;the National Army;the Houthis;the Azov brigade;the Wagner group;Jama'at Nusrat;"
    "the People's Defence Force;the Rapid Support Forces;the Sultan Murad Division;Ansar al-Din;Hamza Division;"
    "Harakat al-Nour;the Northern Front;the Popular Mobilisation Forces;the Salvation Front;Kataib Hezbollah"
).split(";")
_SPELLINGS = (("ou", "u"), ("u", "ou"), ("ay", "ei"), ("i", "e"), ("ah", "a"), ("q", "k"), ("ii", "i"), ("aa", "a"),
              ("ee", "i"), ("Al ", "al-"), ("Ash ", "al-"), ("As ", "al-"), ("Ad ", "ad-"), ("An ", "al-"),
              ("yy", "y"), ("zhzh", "zh"), ("kh", "kh"))  # fmt: skip
Named = tuple[str, int, float, float]
_MARKS = str.maketrans("", "", "‘’ʿʾ'`")


def respelt(name: str, chance: random.Random) -> str:
    """Another spelling of the kind that news gives the same name."""
    options = [(a, b) for a, b in _SPELLINGS if a in name]
    for a, b in chance.sample(options, min(len(options), 2)):
        name = name.replace(a, b, 1)
    return plain(name)


def plain(name: str) -> str:
    """The name without marks that news leaves out."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return bare.translate(_MARKS)


def made_reports(path: Path, gazetteer: Gazetteer, count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """*count* reports of four to seven sentences, each about one country, with the spans of their places."""
    chance = random.Random(seed)
    sentences = [row["sentence"] for row in read_rows(path, ("sentence",))]
    base = sqlite3.connect(gazetteer.path)
    towns: dict[str, list[Named]] = {}
    units: dict[str, list[Named]] = {}
    for code in sorted(set(COUNTRIES)):
        rows = "SELECT name, id, lat / 1e5, lon / 1e5 FROM place WHERE country = ? AND id < 3000000000 AND "
        towns[code] = base.execute(rows + "class = 'P' AND population > 2000", (code,)).fetchall()
        units[code] = base.execute(rows + "code = 'ADM1'", (code,)).fetchall()
    adjectives = {d.country: d.word for d in gazetteer.demonyms.values() if d.kind == "adjective" and not d.name}
    for number in range(count):
        code = chance.choice(COUNTRIES)
        country = gazetteer.country(code)
        assert country is not None
        whole = (int(country.place_id.partition(":")[2]), country.lat, country.lon)
        picked = [(plain(n), *where) for n, *where in chance.sample(towns[code], 3)]
        unit, other = ((plain(n), *where) for n, *where in (chance.choice(units[code]), chance.choice(units[code])))
        people = [(chance.choice(_GIVEN), chance.choice(_SURNAMES)) for _ in range(2)]
        values = {
            "P": picked[0], "Q": picked[1], "R": picked[2], "A": unit, "B": other,
            "C": (country.name, *whole), "D": (adjectives.get(code, country.name), *whole),
            "X": (" ".join(people[0]),), "Y": (" ".join(people[1]),), "S": (people[0][1],), "T": (people[1][1],),
        }  # fmt: skip
        values["G"], values["H"] = ((name,) for name in chance.sample(_GROUPS, 2))
        yield _filled(f"made/{number}", chance.sample(sentences, chance.randint(4, 7)), values, towns[code], chance)


def _filled(
    name: str, sentences: list[str], values: dict[str, Any], towns: list[Named], chance: random.Random
) -> dict[str, Any]:
    text, spans = "", []
    for sentence in sentences:
        town, *where = chance.choice(towns)
        values["V"] = (respelt(town, chance), *where)
        for part in re.split(r"(\{[A-Z]\})", sentence):
            word, *where = values[part[1:-1]] if part.startswith("{") else (part,)
            if word.startswith("the ") and (not text or text.endswith(". ")):
                word = "The" + word[3:]
            if where:
                spans.append({
                    "span": [len(text), len(text) + len(word)], "text": word, "geonameid": where[0],
                    "lat": where[1], "lon": where[2],
                })  # fmt: skip
            text += word
        text += " "
    return {"id": name, "text": text.rstrip(), "toponyms": spans}
