from typing import Any

from onrecord import prompts
from onrecord.batch import Batch
from onrecord.errors import ArticleError
from onrecord.llm import Model
from onrecord.records import Article, Record
from onrecord.store import Store
from tests.server import Response, Server


def articles(count: int) -> list[Article]:
    return [Article(text=f"Orateur{i} a parlé.", lang="fr", path=f"{i}.txt") for i in range(count)]


def earlier_is_slower(body: dict[str, Any]) -> Response:
    text = body["messages"][1]["content"]
    return Response(
        {"actors": [], "claims": [], "stances": [], "agreements": []}, delay=0.2 if "Orateur0" in text else 0
    )


def test_workers_share_the_articles_and_results_come_in_order(store: Store) -> None:
    with Server(earlier_is_slower) as server:
        batch = Batch(prompts.load("document.v1"), Model("openai/m", base_url=server.url), store, workers=4)
        given: list[Article | ArticleError] = [*articles(6), ArticleError("gone.txt", "is empty"), *articles(8)[6:]]
        found = list(batch.run(given))
    names = [f.source if isinstance(f, ArticleError) else f.article.path for f in found]
    assert names == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "gone.txt", "6.txt", "7.txt"]


def test_a_fault_of_ours_costs_one_article_alone(store: Store) -> None:
    def faulty(article: Article, calls: int, _expected: int) -> None:
        if article.path == "1.txt" and calls:
            raise ZeroDivisionError("a bug")

    with Server(earlier_is_slower) as server:
        model = Model("openai/m", base_url=server.url)
        batch = Batch(prompts.load("document.v1"), model, store, workers=1, on_call=faulty)
        first, failed, last = batch.run(articles(3))
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert isinstance(failed, ArticleError)
    assert str(failed) == "1.txt: unexpected ZeroDivisionError: a bug; please report it"


def test_stopping_ends_after_the_calls_under_way(store: Store) -> None:
    with Server(earlier_is_slower) as server:
        batch = Batch(prompts.load("document.v1"), Model("openai/m", base_url=server.url), store, workers=1)
        found = batch.run(iter(articles(50)))
        next(found)
        batch.stop()
        rest = list(found)
        assert len(server.requests) == 1 + len(rest) < 50
