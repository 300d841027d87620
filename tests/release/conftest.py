"""A loopback stand-in for the Hub, as huggingface_hub finds it."""

import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

import hub_stand_in
from hub_stand_in import Hub


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A stand-in that holds an empty dataset; the client waits no time between its tries."""
    from huggingface_hub import constants
    from huggingface_hub.utils import _http

    with hub_stand_in.serve() as running:
        running.make("group/corpus")
        for key, value in running.environment().items():
            monkeypatch.setenv(key, value)
        template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, running.url)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "ENDPOINT", running.url)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr(_http, "time", SimpleNamespace(sleep=lambda _: None, time=time.time))
        yield running
