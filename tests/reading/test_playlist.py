import pandas as pd
import pytest
from tests.reading.conftest import Write

from champion.problems import Problem
from champion.reading import playlist

RENDITION = 'TYPE=AUDIO,GROUP-ID="aac",NAME="English, main",DEFAULT=YES,URI="a/en.m3u8"'
VARIANT = 'BANDWIDTH=2149280,CODECS="mp4a.40.2,avc1.64001f",RESOLUTION=1280x720,FRAME-RATE=25.000'
MASTER = f"""#EXTM3U
#EXT-X-VERSION:6
#EXT-X-MEDIA:{RENDITION}
#EXT-X-STREAM-INF:{VARIANT},AUDIO="aac"
720p/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=800000
360p/index.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=100000,URI="iframes.m3u8"
"""
MEDIA = """#EXTM3U
#EXT-X-TARGETDURATION:6
#EXT-X-VERSION:3
#EXT-X-MEDIA-SEQUENCE:12
#EXT-X-KEY:METHOD=AES-128,URI="https://a.example/key"
#EXT-X-PROGRAM-DATE-TIME:2026-03-30T19:00:00.500+02:00
#EXTINF:6.006,first
seg-00012.ts

#EXT-X-DISCONTINUITY
#EXT-X-KEY:METHOD=NONE
#EXTINF:4,
seg-00013.ts
# a comment
#EXT-X-NEW-IDEA:1
#EXT-X-ENDLIST
"""


def test_a_master_has_a_row_for_each_variant_and_rendition(write: Write) -> None:
    frame = playlist.read(write("master.m3u8", MASTER))
    assert frame["kind"].tolist() == ["audio", "variant", "variant", "i-frames"]
    assert frame["uri"].tolist()[:2] == ["a/en.m3u8", "720p/index.m3u8"]
    full = frame.iloc[1]
    assert (full["width"], full["height"], full["frame_rate"]) == (1280, 720, 25.0)
    assert (full["bandwidth"], full["codecs"]) == (2149280, "mp4a.40.2,avc1.64001f")
    assert (frame["name"][0], frame["default"][0]) == ("English, main", True)
    assert str(frame["bandwidth"].dtype) == "Int64"
    assert (frame.attrs["kind"], frame.attrs["version"]) == ("master", 6)
    assert frame.attrs["remarks"] == ()


def test_a_media_playlist_has_a_row_for_each_segment(write: Write) -> None:
    frame = playlist.read(write("index.m3u8", MEDIA))
    assert frame["number"].tolist() == [12, 13]
    assert frame["duration_s"].tolist() == [6.006, 4.0]
    assert frame["starts_s"].tolist() == [0.0, 6.006]
    assert frame["time"][0] == pd.Timestamp("2026-03-30 17:00:00.5", tz="UTC")
    assert frame["discontinuity"].fillna(False).tolist() == [False, True]
    assert frame["key_method"].fillna("?").tolist() == ["AES-128", "?"]
    assert frame["title"].fillna("?").tolist() == ["first", "?"]
    facts = {name: frame.attrs[name] for name in ("kind", "target_duration_s", "ended")}
    assert facts == {"kind": "media", "target_duration_s": 6, "ended": True}
    assert frame.attrs["other_tags"] == ("line 15: #EXT-X-NEW-IDEA:1",)


def test_windows_line_ends_a_mark_and_gzip_change_nothing(write: Write) -> None:
    plain = playlist.read(write("index.m3u8", MEDIA))
    for name, text in (("w.m3u8", "\ufeff" + MEDIA.replace("\n", "\r\n")), ("z.m3u8.gz", MEDIA)):
        pd.testing.assert_frame_equal(playlist.read(write(name, text)), plain, check_flags=False)


def test_lines_that_do_not_fit_are_counted_and_the_rest_is_read(write: Write) -> None:
    bad = MEDIA.replace("SEQUENCE:12", "SEQUENCE:twelve").replace("#EXTINF:4,", "#EXTINF:four,")
    frame = playlist.read(write("index.m3u8", bad + "#EXTINF:3,\n"))
    assert [each.text for each in frame.attrs["unread"]] == [
        "#EXT-X-MEDIA-SEQUENCE:twelve", "#EXTINF:four,", "#EXTINF:3,"
    ]  # fmt: skip
    assert frame["uri"].tolist() == ["seg-00012.ts", "seg-00013.ts"]
    assert frame["duration_s"].isna().tolist() == [False, True]


def test_a_variant_without_its_address_is_unread(write: Write) -> None:
    frame = playlist.read(write("m.m3u8", MASTER.replace("720p/index.m3u8\n", "")))
    assert [each.line for each in frame.attrs["unread"]] == [4]
    assert frame["uri"].tolist() == ["a/en.m3u8", "360p/index.m3u8", "iframes.m3u8"]
    assert pd.isna(frame["width"][1])


def test_missing_tags_are_said_by_name(write: Write) -> None:
    lines = [each for each in MEDIA.splitlines() if "TARGET" not in each and "M3U" not in each]
    text = "\n".join(each for each in lines if "EXTINF:4" not in each)
    assert playlist.read(write("i.m3u8", text)).attrs["remarks"] == (
        "i.m3u8 has no #EXTM3U, which its kind of playlist needs.",
        "i.m3u8 has no #EXT-X-TARGETDURATION, which its kind of playlist needs.",
        "i.m3u8: 1 of 2 segments are without duration (#EXTINF).",
    )
    no_bandwidth = MASTER.replace("BANDWIDTH=800000", 'AUDIO="aac"')
    assert playlist.read(write("m.m3u8", no_bandwidth)).attrs["remarks"] == (
        "m.m3u8: 1 of 2 variants are without bandwidth (BANDWIDTH).",
    )


def test_a_list_of_channels_is_read_too(write: Write) -> None:
    text = '#EXTM3U\n#EXTINF:-1 tvg-id="a" group-title="News",One\nhttps://a.example/1\n'
    frame = playlist.read(write("channels.m3u", text))
    assert frame["title"].tolist() == ["One"]
    assert frame["duration_s"].isna().all()


@pytest.mark.parametrize("content", ["<html>no</html>", "a\nb", "\0\0"])
def test_what_is_no_playlist_is_one_line(write: Write, content: str) -> None:
    with pytest.raises(Problem, match=r"a\.m3u8 is no HLS playlist"):
        playlist.read(write("a.m3u8", content))


def test_an_empty_playlist_is_said_to_be_empty(write: Write) -> None:
    frame = playlist.read(write("a.m3u8", "\n"))
    assert (len(frame), frame.attrs["remarks"]) == (0, ("a.m3u8 is empty.",))
