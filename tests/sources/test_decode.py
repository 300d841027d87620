"""Encodings: declared, proved by the letters or refused, and how it was found is said."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.sources.decode import Decoded, decode
from ukrcorpus.sources.letters import CANDIDATES, plain_reading

UKRAINIAN = (
    "Посланець сказав, що делегація повернеться до столу навесні. Київ вітає цей крок, але чекає на гарантії. "
    "Міністр їздив до Женеви й просив про зустріч; ґрунтовної відповіді не було. "
)
RUSSIAN = (
    "Посланник сказал, что делегация вернётся к столу весной. Министр ездил в Женеву и просил о встрече, "
    "но ответа не было. Это объявление вызвало вопросы, и съезд отложили. "
)
ENGLISH = (
    "The envoy said the delegation would return in spring. “Kyiv welcomed the step”, the ministry wrote – and it "
    "didn’t name a place; the café near the old port was closed that week, the agency noted. "
)


def page(charset: str, text: str = UKRAINIAN) -> str:
    return f"<html><head><meta charset='{charset}'></head><body><p>{text}</p></body></html>"


def read(data: bytes, **said: str | None) -> Decoded:
    page = bool(said.pop("page", None))
    return decode(data, given=said.get("given"), page=page, where="x", content_type=said.get("content_type"))


@pytest.mark.parametrize("text", [UKRAINIAN, RUSSIAN])
@pytest.mark.parametrize("codec", ["cp1251", "koi8-u", "iso8859-5", "cp1125", "mac-cyrillic"])
def test_cyrillic_of_a_legacy_encoding_is_proved_by_its_letters(text: str, codec: str) -> None:
    text = text.replace("ґ", "г")
    found = read(text.encode(codec))
    assert (found.text, found.found) == (text, "letters")
    assert text.encode(codec).decode(found.codec) == text


@pytest.mark.parametrize("codec", ["cp1252", "cp1250", "cp1254"])
def test_english_with_typographic_signs_is_proved_where_every_reading_is_the_same(codec: str) -> None:
    found = read(ENGLISH.encode(codec))
    assert (found.text, found.codec, found.found) == (ENGLISH, "cp1252", "letters")


@pytest.mark.parametrize(
    "data",
    [
        "Père Noël était là. ".encode("cp1252") * 20,  # in windows-1250 another text, as plain as this one
        "Ankara’da yapılan görüşme sona erdi. ".encode("cp1254") * 20,
        UKRAINIAN[:60].encode("cp1251"),  # too short
        UKRAINIAN.upper().encode("cp1251"),  # capitals only: koi8-u reads small letters
        UKRAINIAN.encode() + b"\xd0",  # UTF-8 that is cut
        ENGLISH.encode() + b"\x92",
        UKRAINIAN.encode("cp1251") + ENGLISH.encode(),  # two encodings in one file
        bytes(range(1, 256)) * 20,
        "Ψάρι και ψωμί στο λιμάνι. ".encode("cp1253") * 20,
    ],
)
def test_what_the_letters_do_not_prove_is_refused(data: bytes) -> None:
    with pytest.raises(CorpusError, match=r"source-(encoding|binary)"):
        read(data)


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяєіїґ ", min_size=300), st.sampled_from(CANDIDATES))
def test_letters_in_any_order_never_give_another_text(text: str, codec: str) -> None:
    data = text.encode(codec, "ignore")
    read_as = plain_reading(data)
    assert read_as is None or read_as[0] == data.decode(codec)


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_so_that_the_codec_gives_the_text_again_or_refused(data: bytes) -> None:
    try:
        found = read(data, page="yes")
    except CorpusError:
        return
    assert data.decode(found.codec) == found.text


@pytest.mark.parametrize(
    ("data", "content_type", "codec", "found"),
    [
        (page("koi8-u").encode("koi8-u"), None, "koi8-u", "meta"),
        (page("koi8-u").encode("cp1251"), "text/html; charset=windows-1251", "cp1251", "http"),
        (page("koi8-u").encode("koi8-u"), "text/html; charset=windows-1251", "koi8-u", "meta"),
        (page("utf-8").encode(), "text/html; charset=windows-1251", "utf-8", "meta"),
        (page("windows-1251").encode(), "text/html; charset=UTF-8", "utf-8", "http"),
        (page("windows-1251").encode("cp1251"), "text/html; charset=utf-8", "cp1251", "meta"),
        (page("windows-1251").encode("cp1251"), 'text/html; charset="nonsense"', "cp1251", "meta"),
        (codecs.BOM_UTF8 + page("windows-1251").encode(), "text/html; charset=koi8-r", "utf-8-sig", "bom"),
        (b'<?xml version="1.0" encoding="koi8-r"?>' + UKRAINIAN.encode("koi8-r", "ignore"), None, "koi8-r", "xml"),
        (page("").encode(), None, "utf-8", "bytes"),
        (page("").encode("cp1251"), None, "cp1251", "letters"),
    ],
)
def test_what_server_and_page_declare_is_held_against_the_bytes(
    data: bytes, content_type: str | None, codec: str, found: str
) -> None:
    decoded = read(data, page="yes", content_type=content_type)
    assert (decoded.codec, decoded.found) == (codec, found)


def test_declarations_that_the_bytes_do_not_decide_are_refused() -> None:
    data = page("windows-1250", "Père Noël. " * 20).encode("cp1252")
    with pytest.raises(CorpusError) as caught:
        read(data, page="yes", content_type="text/html; charset=windows-1252")
    assert str(caught.value) == (
        "x: the server says charset=windows-1252 and the page says charset=windows-1250, and the bytes do not tell "
        "which is right. [source-encoding]\n  Give the right one with --encoding NAME."
    )


def test_what_the_user_gives_wins_and_is_said() -> None:
    assert read(UKRAINIAN.encode("koi8-u"), given="KOI8-U").found == "given"
