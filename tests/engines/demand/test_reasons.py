from clearspan.engines.demand import Largest, SegmentBelief, WithoutLargest
from clearspan.engines.demand.reasons import reasons


def sentences(**changes: object) -> str:
    belief = {"p05": 0.1, "p25": 0.15, "p75": 0.3, "p95": 0.4}
    usual: dict[str, object] = {
        "verdict": "segment",
        "probability": 0.82,
        "segments": (
            SegmentBelief(mean=0.3, **belief, segment="Small", heard=40, asking=9),
            SegmentBelief(mean=0.02, **belief, segment="Large", heard=12, asking=0),
        ),
        "heard": 52,
        "asking": 9,
        "mean": 0.123,
        "detection": 0.1,
        "largest": Largest("Alder & Sons", 0.6),
        "without_largest": WithoutLargest(0.081, 4),
        "founder_left_out": True,
        "threshold": 0.05,
    }
    return " ".join(reasons(**{**usual, **changes}))  # type: ignore[arg-type]


def test_the_first_sentence_says_how_sure_the_verdict_is() -> None:
    assert "82 in 100" in sentences()
    assert "the likeliest is Small" in sentences()


def test_counts_are_given_as_counts() -> None:
    assert "9 of the 52 accounts heard from asked for it, in 1 of 2 segments" in sentences()


def test_what_one_account_made_of_it_is_said() -> None:
    assert "Alder & Sons alone made 60 % of the mentions" in sentences()
    assert "8.1 % and not 12 %" in sentences()


def test_an_account_that_said_little_of_it_is_not_named() -> None:
    assert "Alder" not in sentences(largest=Largest("Alder & Sons", 0.1))


def test_silence_says_little_where_needs_are_seldom_mentioned() -> None:
    assert "one in 10 occasions" in sentences()
    assert "silence" not in sentences(detection=0.6)


def test_too_little_evidence_says_so() -> None:
    assert "does not tell" in sentences(verdict="too_little_evidence", probability=0.41)
