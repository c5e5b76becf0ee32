from __future__ import annotations

from pathlib import Path

import pytest

from index.fold import fold, han_table
from index.names.names import DATA, Names
from index.names.spelling import match_key
from index.names.userfile import slug
from index.sections import DataDamaged, Sections, write_sections
from scripts import build_names
from scripts.naming.curated import curated_lines, read_curated, read_guards, read_line

GAZETTEER = Path(__file__).parents[4] / "shared" / "data" / "names" / "gazetteer.jsonl.gz"

# Characters of names and of Japanese place names that Big5 lacks.
NOT_IN_BIG5 = set("笹瑠嶋㵢堃崐栃坂")


def test_there_are_enough_curated_entries_with_ids_of_their_own() -> None:
    ids = [entry.entity.id for entry in read_curated()]
    assert len(ids) >= 600
    assert len(ids) == len(set(ids))
    assert all(slug(entity_id) == entity_id for entity_id in ids)


def test_curated_lines_are_well_formed_and_in_three_languages() -> None:
    for line in curated_lines():
        entity = read_line(line).entity
        assert entity.en, line
        assert entity.zh, line
        assert entity.ja, line
        for column in line.split("\t")[2:]:
            forms = [form.rstrip("*~^") for form in column.split("|")]
            assert all(form and form == form.strip() and len(form) <= 80 for form in forms), line
            assert len(set(forms)) == len(forms), line


@pytest.mark.parametrize("line", ["", "a\tperson\tb\tc", "a\trobot\tb\tc\td"])
def test_a_malformed_line_stops_the_build(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_line(line)


def test_chinese_is_traditional_and_japanese_is_not() -> None:
    traditional = {source for source, target in han_table().items() if source not in target}
    for entry in read_curated():
        for form in entry.entity.zh:
            plain = "".join(char for char in form if char not in NOT_IN_BIG5)
            assert plain.encode("cp950", "replace").decode("cp950") == plain, form
        for form in entry.entity.ja:
            assert not set(form) & set("灣國學會關臺發體黨總經區縣廳團") & traditional, form


def test_no_form_belongs_to_two_curated_entries() -> None:
    names = Names.load()
    for entry in read_curated():
        for form in (*entry.entity.zh, *entry.entity.ja, *entry.entity.en):
            if match_key(form) not in entry.silent and len(match_key(form)) > 1:
                found = [entity.id for entity in names.lookup(form)]
                assert found[:1] == [entry.entity.id], form


def test_guards_name_nothing() -> None:
    names = Names.load()
    for guard in read_guards():
        assert names.recognise(guard) == [], guard


def test_keys_are_folded_as_texts_are() -> None:
    keys = Sections(DATA).lines("keys")
    assert all(fold(key) == key for key in keys[:: max(1, len(keys) // 5000)])


def test_the_licences_lie_beside_the_data() -> None:
    licences = DATA.with_name("names.LICENSES.txt").read_text(encoding="utf-8")
    for owner in ("CC-CEDICT", "JMnedict", "GeoNames", "Unicode", "OpenCC", "taiwan-md"):
        assert owner in licences
    assert "ShareAlike 4.0" in DATA.with_name("CC-BY-SA-4.0.txt").read_text(encoding="utf-8")
    assert DATA.stat().st_size < 3_000_000


def test_the_data_file_is_what_the_script_makes(tmp_path: Path) -> None:
    if not GAZETTEER.exists():
        pytest.skip("the gazetteer is not here")
    write_sections(tmp_path / "names.bin", build_names.build(GAZETTEER))
    assert (tmp_path / "names.bin").read_bytes() == DATA.read_bytes()


@pytest.mark.parametrize("damage", ["missing", "empty", "foreign", "cut"])
def test_a_damaged_data_file_says_so(tmp_path: Path, damage: str) -> None:
    broken = tmp_path / "names.bin"
    whole = DATA.read_bytes()
    contents = {"empty": b"", "foreign": b"PK\3\4", "cut": whole[: len(whole) // 2]}
    if damage != "missing":
        broken.write_bytes(contents[damage])
    with pytest.raises(DataDamaged, match=r"names\.bin"):
        Names(Sections(broken)).lookup("lai")


def test_a_comma_is_part_of_the_name_of_a_body() -> None:
    (found,) = Names.load().expand("農林水産技術会議")
    assert found.en == ("Agriculture, Forestry and Fisheries Research Council",)
