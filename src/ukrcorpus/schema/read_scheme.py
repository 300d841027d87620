"""``schema/scheme.toml``: layers, questions and vocabularies."""

from dataclasses import dataclass

from ukrcorpus.core.problems import CorpusError
from ukrcorpus.schema.fields import Fields, each, formed, known, once
from ukrcorpus.schema.model import FLAG_VALUE, AskedIf, Attribute, Border, Control, Layer, LayerText, Value, Vocabulary

_NAME = r"[a-z][a-z0-9_]*"
_WITH_VOCABULARY = (Control.CHOICE, Control.CHOICES)


@dataclass(frozen=True, slots=True)
class Scheme:
    """What ``scheme.toml`` holds."""

    scheme_version: str
    guideline_version: str
    layers: tuple[LayerText, ...]
    attributes: tuple[Attribute, ...]
    vocabularies: tuple[Vocabulary, ...]


def read_scheme(fields: Fields) -> Scheme:
    """Return the scheme; names are unique, vocabularies exist, no hotkey is taken twice."""
    layers, attributes = fields.tables("layers", "layer"), fields.tables("attributes", "name")
    vocabularies = fields.tables("vocabularies", "name")
    scheme = Scheme(
        scheme_version=_version(fields, "scheme_version"),
        guideline_version=_version(fields, "guideline_version"),
        layers=each(layers, _layer),
        attributes=each(attributes, _attribute),
        vocabularies=each(vocabularies, _vocabulary),
    )
    fields.done()
    once(zip((text.layer for text in scheme.layers), (one.where for one in layers), strict=True), "layer")
    once(zip((one.name for one in scheme.attributes), (one.where for one in attributes), strict=True), "name")
    once(zip((one.name for one in scheme.vocabularies), (one.where for one in vocabularies), strict=True), "name")
    names = [vocabulary.name for vocabulary in scheme.vocabularies]
    for attribute, one in zip(scheme.attributes, attributes, strict=True):
        if attribute.vocabulary:
            known(attribute.vocabulary, names, "the vocabulary", one.at("vocabulary"))
        _check_asked_if(attribute, scheme, one)
    for layer in Layer:
        known(layer, [text.layer for text in scheme.layers], "the layer", fields.at("layers"))
    once(_hotkeys(scheme, fields.where), "hotkey")
    return scheme


def read_border(fields: Fields | None) -> Border | None:
    """Return a border case, or None where there is none."""
    if fields is None:
        return None
    border = Border(fields.text("text"), fields.text("decision"))
    fields.done()
    return border


def _version(fields: Fields, key: str) -> str:
    return formed(fields.text(key), r"\d+\.\d+\.\d+", "MAJOR.MINOR.PATCH", fields.at(key))


def _layer(fields: Fields) -> LayerText:
    return LayerText(
        layer=fields.choice("layer", Layer),
        label=fields.text("label"),
        hotkey=_hotkey(fields),
        colour=fields.maybe_text("colour"),
        definition=fields.text("definition"),
        rules=fields.texts("rules"),
        positive=fields.texts("positive"),
        negative=fields.texts("negative"),
        border=each(fields.tables("border", "text"), lambda case: Border(case.text("text"), case.text("decision"))),
    )


def _attribute(fields: Fields) -> Attribute:
    attribute = Attribute(
        name=formed(fields.text("name"), _NAME, "lower-case letters, digits and '_'", fields.at("name")),
        layers=_layers(fields),
        control=fields.choice("control", Control),
        question=fields.text("question"),
        definition=fields.text("definition"),
        required=fields.flag("required"),
        vocabulary=fields.maybe_text("vocabulary"),
        options=fields.maybe_text("options"),
        hotkey=_hotkey(fields),
        asked_if=_asked_if(fields.maybe_table("asked_if")),
        otherwise=fields.maybe_text("otherwise"),
    )
    _needs(attribute.control in _WITH_VOCABULARY, attribute.vocabulary, "vocabulary", attribute.control, fields)
    _needs(attribute.control is Control.ACTORS, attribute.options, "options", attribute.control, fields)
    if attribute.hotkey and attribute.control is not Control.FLAG:
        _unknown("hotkey", attribute.control, fields)
    return attribute


def _asked_if(fields: Fields | None) -> AskedIf | None:
    if fields is None:
        return None
    asked_if = AskedIf(fields.text("question"), fields.maybe_texts("answers"))
    fields.done()
    return asked_if


def _check_asked_if(attribute: Attribute, scheme: Scheme, fields: Fields) -> None:
    """Refuse a condition on a question or an answer that does not exist beside this question."""
    if attribute.asked_if is None:
        return
    where = fields.at("asked_if")
    beside = [one for one in scheme.attributes if one is not attribute and set(attribute.layers) <= set(one.layers)]
    name = known(attribute.asked_if.question, [one.name for one in beside], "the question", f"{where}: question")
    other = next(one for one in beside if one.name == name)
    values = [one.values for one in scheme.vocabularies if one.name == other.vocabulary]
    for answer in attribute.asked_if.answers:
        if values or other.control is Control.FLAG:
            names = [value.value for value in values[0]] if values else [FLAG_VALUE]
            known(answer, names, "the answer", f"{where}: answers")


def _layers(fields: Fields) -> tuple[Layer, ...]:
    names = fields.texts("layers")
    if not names:
        raise CorpusError("schema-value", "no layer.", where=fields.at("layers"), remedy="Name at least one.")
    return tuple(Layer(known(name, Layer, "the layer", fields.at("layers"))) for name in names)


def _needs(needed: bool, value: str | None, key: str, control: Control, fields: Fields) -> None:
    if needed and value is None:
        raise CorpusError(
            "schema-key-missing", f"control '{control}' needs '{key}'.", where=fields.where, remedy="Add it."
        )
    if value is not None and not needed:
        _unknown(key, control, fields)


def _unknown(key: str, control: Control, fields: Fields) -> None:
    what = f"control '{control}' takes no '{key}'."
    raise CorpusError("schema-key-unknown", what, where=fields.where, remedy="Remove it.")


def _vocabulary(fields: Fields) -> Vocabulary:
    values = fields.tables("values", "value")
    vocabulary = Vocabulary(
        name=formed(fields.text("name"), _NAME, "lower-case letters, digits and '_'", fields.at("name")),
        values=each(values, _value),
    )
    once(zip(vocabulary.names, (one.where for one in values), strict=True), "value")
    return vocabulary


def _value(fields: Fields) -> Value:
    return Value(
        value=formed(fields.text("value"), r"\S+", "a text without spaces", fields.at("value")),
        label=fields.text("label"),
        definition=fields.text("definition"),
        hotkey=_hotkey(fields),
        positive=fields.maybe_texts("positive"),
        negative=fields.maybe_texts("negative"),
        border=read_border(fields.maybe_table("border")),
    )


def _hotkey(fields: Fields) -> str | None:
    key = fields.maybe_text("hotkey")
    return key and formed(key, "[a-z0-9]", "one lower-case letter or digit", fields.at("hotkey"))


def _hotkeys(scheme: Scheme, where: str) -> list[tuple[str, str]]:
    keys = [(text.hotkey, f"{where}: layers ({text.layer})") for text in scheme.layers]
    keys += [
        (value.hotkey, f"{where}: vocabularies ({vocabulary.name}): values ({value.value})")
        for vocabulary in scheme.vocabularies
        for value in vocabulary.values
    ]
    keys += [(one.hotkey, f"{where}: attributes ({one.name})") for one in scheme.attributes]
    return [(key, address) for key, address in keys if key]
