"""Playlists (RFC 8216): their text line by line, and so how long each of them is."""

from __future__ import annotations

SEGMENT = 6
"""Seconds of a segment; the last one is shorter."""
MASTER_HEAD = "#EXTM3U\n#EXT-X-VERSION:6\n"
INDEX_HEAD = f"{MASTER_HEAD}#EXT-X-TARGETDURATION:{SEGMENT}\n#EXT-X-PLAYLIST-TYPE:VOD\n"
INDEX_END = "#EXT-X-ENDLIST\n"
_CODECS = {"360p": "avc1.4d401e", "720p": "avc1.64001f", "1080p": "avc1.640028"}
"""The codec's name by quality, all of one length."""


def variant(quality: str, peak: str, average: str, width: str, height: str, fps: str) -> str:
    """What a master playlist says of one rendition; rates in bits a second."""
    return (
        f"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},"
        f"RESOLUTION={width}x{height},FRAME-RATE={fps}.000,"
        f'CODECS="{_CODECS[quality]},mp4a.40.2"\n{quality}/index.m3u8\n'
    )


def piece(nth: int, length: int) -> str:
    """What a media playlist says of one segment of so many milliseconds."""
    return f"#EXTINF:{length // 1_000}.{length % 1_000:03d},\n{segment(nth)}\n"


def segment(nth: int) -> str:
    """The name of a segment, counted from 0."""
    return f"seg-{nth:05d}.ts"
