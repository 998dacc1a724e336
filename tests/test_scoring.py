"""Scores against hand calculations."""

import pytest

from onrecord.gold import Case
from onrecord.records import Record, Span
from onrecord.scoring import Count, Item, compare, labelled, overlap, pair, predicted
from tests.samples import TEXT, at, record


def item(start: int, end: int, who: str = "A", kind: str = "claim", **more: object) -> Item:
    span = Span(start=start, end=end, quote="x" * (end - start))
    values: dict[str, object] = {"actors": frozenset({who}), "relayed_by": (), "evidence": (span,), **more}
    return Item(kind, **values)  # type: ignore[arg-type]


GOLD = [item(0, 10), item(20, 40, "B"), item(50, 60, "A", relayed_by=("B",))]


def f1(found: list[Item], measure: str) -> float | None:
    return compare(found, GOLD).counts["claim", measure].f1


@pytest.mark.parametrize("measure", ["exact", "overlap", "loose", "overlap_words_only"])
def test_gold_against_itself_is_one_at_every_level_in_any_order(measure: str) -> None:
    assert f1(GOLD, measure) == 1.0
    assert f1(GOLD[::-1], measure) == 1.0


def test_duplicates_cost_precision() -> None:
    # 3 right of 6 predicted and 3 in the gold: 2*3/(6+3).
    assert f1(GOLD * 2, "exact") == pytest.approx(6 / 9)


def test_shifted_evidence_counts_by_its_overlap() -> None:
    # By 2 of 10: 8 shared of 12, so .667: an overlap, not exact. By 2 of 20: 18 of 22, so .818: exact.
    shifted = [item(2, 12), item(22, 42, "B"), item(52, 62)]
    assert overlap(shifted[0], GOLD[0]) == pytest.approx(8 / 12)
    assert f1(shifted, "exact") == pytest.approx(2 * 1 / 6)
    assert f1(shifted, "overlap") == 1.0
    # By 9 of 10: 1 shared of 19, so .053: loose alone.
    assert f1([item(9, 19)], "overlap") == 0.0
    assert f1([item(9, 19)], "loose") == pytest.approx(2 * 1 / 4)


def test_nothing_is_no_data_and_one_empty_side_is_zero() -> None:
    assert compare([], []).counts["claim", "overlap"].f1 is None
    empty = compare([], GOLD).counts["claim", "overlap"]
    assert (empty.f1, empty.precision, empty.recall) == (0.0, None, 0.0)
    spurious = compare(GOLD, []).counts["claim", "overlap"]
    assert (spurious.f1, spurious.precision, spurious.recall) == (0.0, 0.0, None)


def test_the_wrong_speaker_counts_for_words_only_and_as_misattributed() -> None:
    found = [item(0, 10, "B"), *GOLD[1:]]
    scored = compare(found, GOLD)
    assert scored.counts["claim", "overlap"] == Count(2, 3, 3)
    assert scored.counts["claim", "overlap_words_only"] == Count(3, 3, 3)
    assert scored.fields["claims.speaker"] == (2, 3)
    assert scored.fields["claims.nested"] == (1, 1)


def test_polarity_and_parties_must_be_right() -> None:
    gold = [item(0, 10, kind="stance", polarity="support")]
    wrong = [item(0, 10, kind="stance", polarity="oppose")]
    assert compare(wrong, gold).counts["stance", "exact"].f1 == 0.0
    assert compare(wrong, gold).fields["stances.polarity"] == (0, 1)
    deal = [item(0, 10, kind="agreement", actors=frozenset({"A", "B"}), status="agreed")]
    part = [item(0, 10, kind="agreement", actors=frozenset({"A"}), status="signed")]
    assert compare(part, deal).counts["agreement", "overlap"].right == 0
    assert compare(part, deal).fields["agreements.status"] == (0, 1)


def test_pairing_is_the_best_one_not_the_first() -> None:
    # Greedy by overlap would give (wide, first) and leave the second alone.
    wide, narrow = item(0, 30), item(0, 12)
    first, second = item(0, 14), item(14, 30)
    found = pair([wide, narrow], [first, second], "overlap")
    assert {(a.evidence, b.evidence) for a, b in found} == {
        (narrow.evidence, first.evidence),
        (wide.evidence, second.evidence),
    }


def test_evidence_in_pieces_and_spellings_of_a_name() -> None:
    case = Case.model_validate(
        {
            "lang": "fr", "split": "dev", "text": TEXT,
            "actors": [{"name": "Iouri Ouchakov", "kind": "person", "aliases": ["Ouchakov", "le conseiller"]},
                       {"name": "TASS", "kind": "organisation"}, {"name": "Poutine", "kind": "person"},
                       {"name": "Trump", "kind": "person"}],
            "claims": [{"speaker": "Iouri Ouchakov", "evidence": ["la crise est finie"]},
                       {"speaker": "Iouri Ouchakov", "relayed_by": ["TASS"], "evidence": ["Kiev", "doit signer"]}],
            "stances": [{"holder": "Iouri Ouchakov", "target": "signer", "polarity": "support",
                         "evidence": ["Kiev doit signer"]}],
            "agreements": [{"parties": ["Trump", "Poutine"], "subject": "se reparler", "status": "agreed",
                            "evidence": ["Les présidents ont convenu de se reparler"]}],
        }
    )  # fmt: skip
    made: Record = record()
    scored = compare(predicted(case, made), labelled(case))
    assert scored.counts["claim", "exact"].f1 == 1.0
    assert scored.counts["stance", "exact"].f1 == 1.0
    assert scored.counts["agreement", "exact"].f1 == 1.0
    assert scored.fields["claims.relayed_by"] == (2, 2)
    assert at(TEXT, "Kiev").start == made.claims[1].evidence[0].start
