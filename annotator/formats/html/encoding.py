"""The encoding of a web page, found as a browser finds it.

A byte order mark comes first, then what the page declares, then UTF-8 where the bytes are that, and
at last windows-1252. Names stand for the encodings that browsers take them for (WHATWG Encoding
Standard, "Names and labels"): `iso-8859-1` is windows-1252, and a page that calls itself UTF-16 in
letters of one byte is UTF-8.
"""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
          (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_DECLARED = re.compile(
    rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w:.-]+)|<meta\s[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)""",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEAD = 8192
"""Browsers look at the first 1024 bytes; pages that declare it later are still read as meant."""
_LABELS = {
    "windows-874": "cp874", "windows-31j": "cp932", "x-sjis": "cp932", "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
}  # fmt: skip
"""Those that Python does not know."""
_TAKEN_FOR = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs", "utf-16": "utf-8", "utf-16-le": "utf-8",
    "utf-16-be": "utf-8", "utf-7": "utf-8",
}  # fmt: skip
"""By the names that Python's codecs have."""
_KNOWN = {
    "utf-8", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949", "koi8-r", "koi8-u",
    "mac-roman", "mac-cyrillic", "cp866", "cp874", *(f"cp125{n}" for n in range(9)),
    *(f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
}  # fmt: skip
"""Python has more codecs, some of which run or unpack what they are given."""


def decoded(raw: bytes) -> tuple[str, str]:
    """The text of a page, and what is wrong with its bytes, for which U+FFFD stands then."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _text(raw[len(mark) :], encoding)
    if declared := _declared(raw):
        return _text(raw, declared)
    text, problem = _text(raw, "utf-8")
    return _text(raw, "cp1252") if problem else (text, "")


def _declared(raw: bytes) -> str:
    """Python's name of the encoding that a page declares, empty where there is none it knows."""
    match = _DECLARED.search(_COMMENT.sub(b"", raw[:_HEAD]))
    if match is None:
        return ""
    label = (match[1] or match[2]).decode("ascii", "replace")
    try:
        name = codecs.lookup(_LABELS.get(label.lower(), label)).name
    except LookupError:
        return ""
    name = _TAKEN_FOR.get(name, name)
    return name if name in _KNOWN else ""


def _text(raw: bytes, encoding: str) -> tuple[str, str]:
    try:
        return raw.decode(encoding), ""
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        problem = f"byte 0x{byte:02X} at {error.start} is not {encoding}, as which the page is read"
        return raw.decode(encoding, "replace"), problem
