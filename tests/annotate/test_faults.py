"""A real server behind a proxy that breaks requests: every failure has its message, none a secret, and after the retry
there is exactly one task per article and no label is lost."""

import errno
import logging
import os
import resource
import signal
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotated_exports import claim
from fault_proxy import HTML, Fault, Kind, Proxy, proxy_to
from label_studio_server import Server
from studio_corpus import REFUSED, TEXTS, StudioCorpus, studio_corpus
from ukrcorpus.annotate.exchange.client import Client
from ukrcorpus.annotate.exchange.faults import ServerError
from ukrcorpus.annotate.exchange.push_send import Limits
from ukrcorpus.annotate.exchange.transport import Patience
from ukrcorpus.annotate.studio.place import place_of
from ukrcorpus.annotate.studio.servers import down, up
from ukrcorpus.annotate.studio.state import read_state
from ukrcorpus.core.problems import CorpusError
from ukrcorpus.core.project import Project
from ukrcorpus.schema.model import Schema

ONE_BY_ONE = Limits(n_tasks=1)
NO_PATIENCE = Patience(pauses_s=())
SHORT = Patience(import_s=2.0, pauses_s=(0.05,) * 5)
TOO_LATE_S = 3.0
KREMLIN = claim(REFUSED, ["org:ru_presidency"], voice="enacted", polarity="-2")
IMPORT, TASKS, PROJECTS = r"/api/projects/\d+/import", "/api/tasks/", "/api/projects/"
EXPORTS, DOWNLOAD = r"/api/projects/\d+/exports/", r"/api/projects/\d+/exports/\d+/download"
BROKEN = {
    "500": Fault(Kind.ANSWER),
    "429": Fault(Kind.ANSWER, status=429, headers={"Retry-After": "0"}),
    "502 page": Fault(Kind.ANSWER, status=502, body=HTML, content_type="text/html"),
    "cut before": Fault(Kind.CUT_BEFORE),
    "cut in the request": Fault(Kind.CUT_REQUEST),
    "cut in the answer": Fault(Kind.CUT_ANSWER),
    "answer dropped": Fault(Kind.DROP_ANSWER),
}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A server of this module's own, which its tests may kill."""
    project = Project(tmp_path_factory.mktemp("faults"))
    up(project, None, None, lambda _: None)
    try:
        yield project
    finally:
        down(project, None, lambda _: None)


@pytest.fixture
def proxy(local: Project) -> Iterator[Proxy]:
    with proxy_to(server_of(local).url) as running:
        yield running


@pytest.fixture
def corpus(local: Project, proxy: Proxy, normalised_texts: Path, schema: Schema, tmp_path: Path) -> StudioCorpus:
    """A fresh corpus of three articles, whose requests go through the proxy."""
    made = studio_corpus(normalised_texts, schema, server_of(local), tmp_path)
    made.url = proxy.url
    return made


def server_of(local: Project) -> Server:
    return up(local, None, None, lambda _: None).server


def pid_of(local: Project) -> int:
    state = read_state(place_of(local, "annotator-01"))
    assert state is not None
    assert state.process is not None
    return state.process.pid


def articles(corpus: StudioCorpus) -> Counter[str]:
    return Counter(one["data"]["article_id"] for one in corpus.tasks())


@pytest.mark.parametrize("name", BROKEN)
def test_a_push_and_a_pull_that_meet_a_fault_at_every_moment_end_well(
    corpus: StudioCorpus, proxy: Proxy, name: str
) -> None:
    fault = BROKEN[name]
    moments = [("GET", PROJECTS), ("POST", PROJECTS), ("GET", TASKS), ("POST", IMPORT)]
    proxy.faults = [replace(fault, method=method, path=path) for method, path in moments]
    report = corpus.push(limits=Limits(n_tasks=2))
    assert (articles(corpus), report.n_new, report.exit_code) == (Counter(TEXTS.keys()), 3, 0)
    assert [one.times for one in proxy.faults] == [0] * len(moments)
    assert {line["task_id"] for line in corpus.ledger()} == {one["id"] for one in corpus.tasks()}
    corpus.label("talks", KREMLIN)
    moments = [("GET", PROJECTS), ("POST", EXPORTS), ("GET", DOWNLOAD)]
    proxy.faults = [replace(fault, method=method, path=path) for method, path in moments]
    assert [one.n_new for one in corpus.pull().imports] == [1]
    assert [one.times for one in proxy.faults] == [0] * len(moments)
    assert corpus.call("GET", f"/api/projects/{corpus.remote().id}/exports/") == []


@pytest.mark.parametrize("kind", [Kind.LATE_ANSWER, Kind.LATE_WORK])
def test_an_answer_that_comes_too_late_makes_no_second_task(corpus: StudioCorpus, proxy: Proxy, kind: Kind) -> None:
    corpus.push(articles=("votes",))
    corpus.patience = SHORT
    proxy.faults = [Fault(kind, delay_s=TOO_LATE_S)]
    corpus.push()
    proxy.settle()
    corpus.push()
    assert articles(corpus) == Counter(TEXTS.keys())


PERMANENT = {
    "server-error": Fault(Kind.ANSWER, times=9),
    "server-busy": Fault(Kind.ANSWER, status=429, times=9),
    "server-token": Fault(Kind.ANSWER, status=401, body=HTML, content_type="text/html", times=9),
    "server-missing": Fault(Kind.ANSWER, status=404, body=HTML, content_type="text/html", times=9),
    "server-answer": Fault(Kind.ANSWER, status=200, body=HTML, content_type="text/html", times=9),
    "server-moved": Fault(Kind.ANSWER, status=302, headers={"Location": "https://elsewhere.example.org/"}, times=9),
    "server-refused": Fault(Kind.ANSWER, status=400, times=9),
    "server-cut": Fault(Kind.CUT_REQUEST, times=9),
    "server-timeout": Fault(Kind.LATE_ANSWER, delay_s=TOO_LATE_S, times=9),
}


def test_a_push_that_fails_says_why_without_a_secret_and_the_next_one_goes_on(
    corpus: StudioCorpus, proxy: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    corpus.push(articles=("ports",))
    for rule, fault in PERMANENT.items():
        corpus.patience = replace(SHORT, pauses_s=()) if rule == "server-timeout" else NO_PATIENCE
        proxy.faults = [fault]
        with pytest.raises(CorpusError) as failed:
            corpus.push(limits=ONE_BY_ONE)
        assert failed.value.rule == rule
        assert_no_secret(corpus, failed.value, caplog.text)
        assert max(articles(corpus).values()) == 1
    proxy.faults = []
    corpus.patience = Patience(pauses_s=(0.05,) * 3)
    corpus.push()
    assert articles(corpus) == Counter(TEXTS.keys())


def assert_no_secret(corpus: StudioCorpus, error: CorpusError, log: str) -> None:
    with corpus.client() as client:
        shown = [str(error), repr(error), log, repr(client), repr(client.__dict__), *traceback.format_exception(error)]
    assert not any(secret in text for text in shown for secret in (corpus.server.token, "sessionid", "leak"))


def test_too_large_a_body_is_sent_in_halves(corpus: StudioCorpus, proxy: Proxy) -> None:
    proxy.faults = [Fault(Kind.ANSWER, status=413, body=HTML, content_type="text/html")]
    corpus.push()
    assert articles(corpus) == Counter(TEXTS.keys())
    assert sum(method == "POST" and "/import" in path for method, path in proxy.seen) == 3


def test_a_server_that_is_killed_in_mid_import_and_started_again_has_each_task_once(
    corpus: StudioCorpus, proxy: Proxy, local: Project
) -> None:
    corpus.push(articles=("ports",))
    corpus.label("ports", claim("Turkey supports a truce at sea", ["gov:tr"]))
    corpus.patience = Patience(pauses_s=(0.05,))
    proxy.faults = [Fault(Kind.DROP_ANSWER, then=lambda: os.kill(pid_of(local), signal.SIGKILL))]
    with pytest.raises(CorpusError) as failed:
        corpus.push(limits=ONE_BY_ONE)
    assert failed.value.rule in ("server-unreachable", "server-cut")
    up(local, None, None, lambda _: None)
    report = corpus.push()
    assert (articles(corpus), report.n_same + report.n_new) == (Counter(TEXTS.keys()), 3)
    assert [one.n_new for one in corpus.pull().imports] == [1]


def test_a_server_whose_disk_is_full_fails_the_pull_and_the_next_one_takes_all(
    corpus: StudioCorpus, local: Project
) -> None:
    corpus.push()
    corpus.label("talks", KREMLIN)
    pid = pid_of(local)
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    corpus.patience = Patience(pauses_s=(0.05,))
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1000, before[1]))  # a full disk, for the server's process alone
    try:
        with pytest.raises(CorpusError) as failed:
            corpus.pull()
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
    assert failed.value.rule in ("server-export", "server-error")
    assert corpus.exports() == []
    assert [one.n_new for one in corpus.pull().imports] == [1]


def test_a_full_disk_here_is_named_and_nothing_is_imported(corpus: StudioCorpus) -> None:
    corpus.push()
    with corpus.client() as client, pytest.raises(CorpusError, match="disk-full") as failed:
        client.export(corpus.remote(), Path("/dev/full"))
    assert isinstance(failed.value.__cause__, OSError)
    assert failed.value.__cause__.errno == errno.ENOSPC


def test_a_server_that_is_down_is_said_to_be(local: Project) -> None:
    with (
        Client("lab", "http://127.0.0.1:9", "0" * 40, NO_PATIENCE) as client,
        pytest.raises(ServerError, match=r"server 'lab', GET /api/version: no connection. \[server-unreachable\]"),
    ):
        client.check()


def test_a_wrong_token_is_refused_without_showing_it(local: Project) -> None:
    wrong = "f" * 40
    with Client("lab", server_of(local).url, wrong) as client, pytest.raises(ServerError) as failed:
        client.check()
    assert (failed.value.rule, wrong in str(failed.value)) == ("server-token", False)
    assert failed.value.what == "access denied (401): Invalid token.."


def test_both_kinds_of_token_do_and_one_that_has_run_out_is_renewed(corpus: StudioCorpus, local: Project) -> None:
    made = corpus.call("POST", "/api/token/", {})["token"]
    with Client("lab", server_of(local).url, made) as client:
        assert client.check()
        client._http._access = made.rpartition(".")[0] + ".expired"
        assert client.check()
        assert made not in repr(client) + repr(client._http)


@pytest.mark.parametrize("url", ["", "labels.example.org", "ftp://labels.example.org", "http://me:secret@example.org"])
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(CorpusError, match="server-url") as failed:
        Client("lab", url, "0" * 40)
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("token", ["", "two words", "ключ", "line\nbreak"])
def test_a_token_that_is_none_is_refused_without_repeating_it(token: str) -> None:
    with pytest.raises(CorpusError, match="server-token") as failed:
        Client("lab", "http://127.0.0.1:9", token)
    assert not token or token not in str(failed.value)
