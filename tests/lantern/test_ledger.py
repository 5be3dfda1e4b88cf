from __future__ import annotations

import numpy as np
import pytest

from champion.lantern.ledger import Ledger


def _load(ledger: Ledger, number: int, moment: int) -> None:
    ledger.add(
        "loads",
        id=number,
        video_id=1,
        received_at=moment,
        visitor_key=np.array([7], dtype=np.uint64),
        embed_type="inline",
    )


def _play(ledger: Ledger, number: int, load: int, moment: int) -> None:
    ledger.add(
        "plays",
        id=number,
        load_id=load,
        video_id=1,
        received_at=moment,
        visitor_key=np.array([7], dtype=np.uint64),
        play_reason="click",
        percent_viewed=1,
        seconds_watched=1,
    )


def test_events_are_numbered_by_time_and_plays_still_find_their_load() -> None:
    ledger = Ledger(1, 1)
    for number, moment in ((10, 300), (11, 100), (12, 200)):
        _load(ledger, number, moment)
    _play(ledger, 10, 10, 301)
    _play(ledger, 11, 12, 201)
    tables = ledger.closed()
    assert tables["loads"]["received_at"].values.tolist() == [100, 200, 300]
    assert tables["loads"]["id"].values.tolist() == [1, 2, 3]
    assert tables["plays"]["load_id"].values.tolist() == [2, 3]
    assert tables["plays"]["received_at"].values.tolist() == [201, 301]


def test_a_column_the_schema_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="plans has no column colour"):
        Ledger(1, 1).add("plans", id=1, colour="red")


def test_a_missing_value_is_refused_where_none_may_be() -> None:
    with pytest.raises(ValueError, match=r"folders\.name may not be missing"):
        Ledger(1, 1).add("folders", id=1, account_id=1, created_at=1)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 3 rows"):
        Ledger(1, 1).add("folders", id=[1, 2, 3], account_id=1, name=["a", "b"], created_at=1)


def test_fractions_are_refused() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        Ledger(1, 1).add("folders", id=np.array([1.5]), account_id=1, name="a", created_at=1)


def test_no_rows_are_no_rows() -> None:
    ledger = Ledger(1, 1)
    ledger.add("folders", id=np.zeros(0, dtype=np.int64), account_id=1, name="a", created_at=1)
    assert len(ledger.values("folders", "id")) == 0
