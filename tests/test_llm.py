"""The real openai and instructor over a real wire."""

import json
import subprocess
import sys
import threading
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel

from onrecord.answers import PartiesAnswer, SpeakerAnswer, choosing
from onrecord.errors import ModelError, UsageError
from onrecord.llm import Endpoint, Model, Question
from tests.conftest import ROOT
from tests.server import Response, Server, always, in_turn

ARTICLE = "Un texte {{ 7*7 }} {% raw %} {{ config }} « été » 😀"
GOOD = {"speaker": "Ushakov"}


def question(check: Any = None, answer: type[BaseModel] = SpeakerAnswer, content: str = ARTICLE) -> Question:
    return Question(({"role": "user", "content": content},), answer, 50, 0.0, check)


def model(server: Server, name: str = "openai/m", **more: Any) -> Model:
    return Model(name, base_url=server.url, **{"timeout": 5.0, "sleep": lambda _: None, **more})


def test_answer_usage_and_provenance() -> None:
    with Server(always(GOOD, usage=(123, 7))) as server:
        reply = model(server).ask(question())
    assert reply.answer == GOOD
    assert (reply.prompt_tokens, reply.completion_tokens, reply.attempts) == (123, 7, 1)
    assert reply.model == "openai/m"


def test_what_goes_over_the_wire_is_the_schema_and_the_text_unchanged() -> None:
    def check(_: BaseModel) -> None:
        return

    with Server(always(GOOD)) as server:
        model(server).ask(question(check))
    sent = server.requests[0]
    assert sent["messages"] == [{"role": "user", "content": ARTICLE}]
    assert sent["response_format"]["json_schema"]["schema"] == SpeakerAnswer.model_json_schema()
    assert (sent["temperature"], sent["seed"], sent["max_tokens"]) == (0.0, 0, 50)


def test_an_answer_that_fails_the_check_is_asked_again_with_the_error_alone() -> None:
    def check(answer: BaseModel) -> None:
        if getattr(answer, "speaker", None) == "Nobody":
            raise ValueError("«Nobody» is not in the article")

    with Server(in_turn(Response({"speaker": "Nobody"}), Response(GOOD))) as server:
        reply = model(server).ask(question(check))
    assert reply.answer == GOOD
    assert (reply.attempts, reply.prompt_tokens, reply.completion_tokens) == (2, 200, 20)
    again = server.requests[1]["messages"]
    assert again[0] == {"role": "user", "content": ARTICLE}
    assert "«Nobody» is not in the article" in again[-1]["content"]


def test_an_answer_that_does_not_fit_the_schema_is_asked_again() -> None:
    with Server(in_turn(Response({"speker": "x"}), Response("not json"), Response(GOOD))) as server:
        reply = model(server).ask(question())
    assert (reply.answer, reply.attempts) == (GOOD, 3)


def test_a_choice_admits_only_the_names() -> None:
    narrowed = choosing(SpeakerAnswer, ("Trump", "Ushakov"))
    with Server(in_turn(Response({"speaker": "Iuri"}), Response(GOOD))) as server:
        assert model(server).ask(question(answer=narrowed)).answer == GOOD
    schema = json.dumps(server.requests[0]["response_format"])
    assert '"Trump"' in schema


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_transport_faults_are_retried_and_never_enter_the_conversation(status: int) -> None:
    waits: list[float] = []
    with Server(in_turn(Response("busy", status=status), Response("busy", status=status), Response(GOOD))) as server:
        reply = model(server, sleep=waits.append).ask(question())
    assert reply.answer == GOOD
    assert len(waits) == 2
    assert waits[0] > 0
    assert [r["messages"] for r in server.requests] == [[{"role": "user", "content": ARTICLE}]] * 3


@pytest.mark.parametrize(("value", "low", "high"), [("7", 7, 7), ("9999", 60, 60), ("soon", 0.5, 3)])
def test_retry_after_is_honoured_up_to_a_minute(value: str, low: float, high: float) -> None:
    waits: list[float] = []
    busy = Response("busy", status=429, headers={"Retry-After": value})
    with Server(in_turn(busy, Response(GOOD))) as server:
        model(server, sleep=waits.append).ask(question())
    assert low <= waits[0] <= high


@pytest.mark.parametrize(
    ("response", "said", "requests"),
    [
        (Response("bad key", status=401), "ONRECORD_API_KEY", 1),
        (Response("no", status=403), "embedded model needs no key", 1),
        (Response("nowhere", status=404), "--base-url", 1),
        (Response("maximum context length is 100", status=400), "too long for this model", 1),
        (Response("strange", status=400), "refused (400", 1),
        (Response("busy", status=429), "429", 5),
        (Response("broken", status=500), "failed 5 times (500", 5),
        (Response(body="<html>hello</html>", headers={"Content-Type": "text/html"}), "no valid answer|not what", None),
        (Response(body="{}"), "not what an OpenAI-compatible server sends", None),
        (Response(""), "no valid answer, asked 3 times", 3),
        (Response({"speaker": 3}), "speaker", 3),
        (Response('{"speaker": "U', finish="length"), "cut off at 50 tokens", 1),
        (Response(None, refusal="I will not"), "I will not", None),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_each_failure_is_told_in_plain_words(response: Response, said: str, requests: int | None) -> None:
    with Server(lambda _: response) as server, pytest.raises(ModelError) as caught:
        model(server).ask(question())
    if requests is not None:
        assert len(server.requests) == requests
    assert any(part in str(caught.value) for part in said.split("|")), str(caught.value)
    assert "\n" not in str(caught.value)


def test_tokens_of_a_failed_question_are_counted() -> None:
    with Server(always("nonsense", usage=(11, 3))) as server, pytest.raises(ModelError) as caught:
        model(server).ask(question())
    assert (caught.value.prompt_tokens, caught.value.completion_tokens) == (33, 9)


def test_a_server_that_hangs_and_one_that_is_not_there() -> None:
    with Server(always(GOOD, delay=3.0)) as server, pytest.raises(ModelError, match=r"did not answer within 0.2 s"):
        model(server, timeout=0.2).ask(question())
    with pytest.raises(ModelError, match="cannot be reached"):
        Model("openai/m", base_url="http://127.0.0.1:9/v1", sleep=lambda _: None).ask(question())


def test_a_missing_key_is_told_before_any_request() -> None:
    sent: list[httpx2.Request] = []

    def transport(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(200)

    with pytest.raises(ModelError, match="export OPENAI_API_KEY"):
        Model("openai/gpt-5-mini", transport=httpx2.MockTransport(transport)).ask(question())
    assert sent == []


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ModelError, match="anthropic"):
        Model("anthropic/claude-sonnet-4-6").ask(question())


def test_an_unknown_provider_lists_the_known() -> None:
    with pytest.raises(UsageError, match=r"known: .*anthropic.*embedded.*ollama.*openai"):
        Model("opnai/gpt-5")


def test_reasoning_models_get_no_temperature(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []

    def transport(request: httpx2.Request) -> httpx2.Response:
        sent.append(json.loads(request.content))
        return httpx2.Response(200, text=Response(GOOD).text(), headers={"Content-Type": "application/json"})

    monkeypatch.setenv("OPENAI_API_KEY", "k")
    for name in ("openai/gpt-5-mini", "openai/gpt-4.1"):
        Model(name, transport=httpx2.MockTransport(transport)).ask(question())
    assert "temperature" not in sent[0]
    assert sent[0]["max_completion_tokens"] == 50
    assert sent[1]["temperature"] == 0.0


def test_connect_is_called_once_at_the_first_question_by_many_threads() -> None:
    calls: list[int] = []
    with Server(always(GOOD, delay=0.05)) as server:

        def connect() -> Endpoint:
            calls.append(1)
            return Endpoint(server.url, "secret")

        own = Model("embedded/x", connect=connect, identity="abc")
        own.fingerprint(question())
        assert calls == []
        threads = [threading.Thread(target=own.ask, args=(question(content=str(i)),)) for i in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert calls == [1]
    assert len(server.requests) == 8
    assert {r["_key"] for r in server.requests} == {"Bearer secret"}


def test_the_fingerprint_holds_all_that_can_change_an_answer_and_nothing_else() -> None:
    base = Model("openai/m", base_url="http://a/v1").fingerprint(question())
    assert len(base) == 64
    different = [
        Model("openai/n", base_url="http://a/v1").fingerprint(question()),
        Model("ollama/m", base_url="http://a/v1").fingerprint(question()),
        Model("openai/m", base_url="http://b/v1").fingerprint(question()),
        Model("openai/m").fingerprint(question()),
        Model("openai/m", base_url="http://a/v1").fingerprint(question(content="autre")),
        Model("openai/m", base_url="http://a/v1").fingerprint(question(answer=choosing(SpeakerAnswer, ("A",)))),
        Model("openai/m", base_url="http://a/v1").fingerprint(Question(question().messages, SpeakerAnswer, 51, 0.0)),
        Model("openai/m", base_url="http://a/v1").fingerprint(Question(question().messages, SpeakerAnswer, 50, 0.5)),
    ]
    assert len({base, *different}) == len(different) + 1
    same = [
        Model("openai/m", base_url="http://a/v1", api_key="k", timeout=9.0).fingerprint(question()),
        Model("openai/m", base_url="http://a/v1").fingerprint(question(check=lambda _: None)),
    ]
    assert set(same) == {base}

    def own(identity: str, port: int) -> str:
        served = Model("embedded/x", connect=lambda: Endpoint(f"http://127.0.0.1:{port}/v1", "k"), identity=identity)
        return served.fingerprint(question())

    assert own("hash", 1) == own("hash", 2) != own("other hash", 1)


def test_the_fingerprint_is_the_same_in_another_process() -> None:
    code = (
        "from tests.test_llm import question; from onrecord.llm import Model;"
        "print(Model('openai/m', base_url='http://a/v1').fingerprint(question()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == Model("openai/m", base_url="http://a/v1").fingerprint(question())


def test_a_question_does_not_depend_on_those_before_it() -> None:
    """Two choices of the same names in another order are two questions."""
    names, turned = ("Trump", "Ushakov"), ("Ushakov", "Trump")
    for answer in (SpeakerAnswer, PartiesAnswer):
        first, second = (json.dumps(choosing(answer, given).model_json_schema()) for given in (names, turned))
        assert ('["Trump", "Ushakov"]' in first, '["Ushakov", "Trump"]' in second) == (True, True)
