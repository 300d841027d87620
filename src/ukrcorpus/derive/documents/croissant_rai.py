"""The responsible-AI part of Croissant (RAI 1.0): collection, annotation, biases, limits, upkeep."""

from ukrcorpus.derive.documents.facts import ReleaseFacts
from ukrcorpus.derive.documents.wording import (
    LIMITS,
    MADE,
    MAINTENANCE,
    PERSONS,
    SOCIAL,
    WITH_ITSELF,
    annotation,
    biases,
    collected,
    good_for,
    not_for,
    requests,
    stated,
)

Json = dict[str, object]


def responsible_ai(facts: ReleaseFacts) -> Json:
    """Return the fields, each with the prefix ``rai:``; what nobody stated is said to be not stated."""
    fields = _collection(facts) | _annotation(facts) | _use(facts)
    return {f"rai:{name}": value for name, value in fields.items() if value}


def _collection(facts: ReleaseFacts) -> Json:
    return {
        "dataCollection": f"{collected(facts)} {stated(facts, 'selection')} {stated(facts, 'collection')}",
        "dataCollectionType": ["Synthetic: written by a language model" if facts.is_sample else "Document analysis"],
        "dataCollectionMissingData": "What is not known is null, never an empty string and never guessed.",
        "dataCollectionRawData": "Articles are kept as received, byte for byte, in the corpus project; `articles` has "
        "the hash of each, and `edits` leads from the text back to it.",
        "dataCollectionTimeFrame": [day.isoformat() for day in facts.numbers.profile.fetched or ()],
        "dataImputationProtocol": "Nothing is imputed.",
        "dataPreprocessingProtocol": ["Recorded passes normalise each text; `edits` has every change with its pass."],
    }


def _annotation(facts: ReleaseFacts) -> Json:
    return {
        "dataAnnotationProtocol": [MADE, "The guidelines are in `schema/guidelines.md`."],
        "dataAnnotationPlatform": ["Label Studio"] if facts.numbers.profile.annotators else [],
        "dataAnnotationAnalysis": _analysis(facts),
        "annotationsPerItem": annotation(facts),
        "annotatorDemographics": [stated(facts, "annotators")],
        "machineAnnotationTools": _tools(facts),
    }


def _use(facts: ReleaseFacts) -> Json:
    return {
        "dataBiases": list(biases(facts)),
        "dataLimitations": list(LIMITS),
        "dataUseCases": [*good_for(facts), *(f"Not for: {one}" for one in not_for(facts))],
        "dataSocialImpact": SOCIAL,
        "personalSensitiveInformation": [PERSONS, requests(facts)],
        "dataReleaseMaintenancePlan": f"{MAINTENANCE} {stated(facts, 'maintenance')}",
    }


def _analysis(facts: ReleaseFacts) -> list[str]:
    """Return the figures of agreement, one a line."""
    figures = [
        f"{one.what}, {one.measure}: {one.value:.3f} over {one.n_units} units"
        for one in facts.numbers.agreement
        if one.value is not None
    ]
    return [WITH_ITSELF, *figures] if figures and facts.numbers.all_models else figures


def _tools(facts: ReleaseFacts) -> list[str]:
    """Return what was labelled without a person: by language models, and by the rules of the toolkit."""
    shares = [
        f"{one.layer}: {one.n_model} of {one.n} by a language model alone" for one in facts.numbers.profile.machine
    ]
    rules = "ukrcorpus: its rules and models tell language, blocks, sentences, flags, signals and near-duplicates"
    return [*shares, f"The language model: {stated(facts, 'model')}", rules]
