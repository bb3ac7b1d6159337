"""The package registry: the index that pip or uv is set up with, the file that it offers, and its download."""

from __future__ import annotations

import base64
import hashlib
import html
import http.client
import json
import os
import re
import ssl
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit, urlunsplit

from worktest.errors import UserError
from worktest.models.store import disk_trouble, need_space, sha256_of

DEFAULT_INDEX = "https://pypi.org/simple"
_TIMEOUT = 15.0
_TRIES = 4
_CHUNK = 1 << 16
_JSON = "application/vnd.pypi.simple.v1+json"
Progress = Callable[[int, int], None]
"""Is told how many bytes are there and how many there will be."""


class Unreachable(Exception):
    """A way to a model that can't be gone; the text says why, in a few words."""


@dataclass(frozen=True)
class Link:
    """A file that is offered, with its checksum: a sha256, or git's name for its content where there is none."""

    url: str
    sha256: str
    blob: str = ""

    def fits(self, path: Path) -> bool:
        """Whether a file is the one that was offered. Raises OSError."""
        if self.sha256:
            return sha256_of(path) == self.sha256
        data = path.read_bytes()
        return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest() == self.blob


def _pip_settings() -> dict[str, str]:
    """What ``pip config`` says, by its last name (``index-url``, ``cert``); nothing where there is no pip."""
    try:
        said = subprocess.run(
            [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        said = ""
    found: dict[str, str] = {}
    for where in ("global", "install", "download", ":env:"):  # the later one counts, as it does for pip
        for line in said.splitlines():
            if match := re.match(rf"{re.escape(where)}\.([a-z-]+)='(.*)'$", line):
                found[match[1]] = match[2]
    return found


def _uv_index() -> str | None:
    """The default index of uv: its variables, then the user's uv.toml."""
    for variable in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        if named := os.environ.get(variable):
            return named
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "uv" / "uv.toml"
    try:
        kept = tomllib.loads(config.read_text(encoding="utf-8"))
        default = [one["url"] for one in kept.get("index", []) if one.get("default")]
        return str(default[0] if default else kept["index-url"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def indexes() -> tuple[list[str], str | None]:
    """The indexes to ask, in order, and a file of certificates if one is set: pip's settings, then uv's, then PyPI."""
    pip = _pip_settings()
    first = pip.get("index-url") or _uv_index() or DEFAULT_INDEX
    more = re.split(r"\\n|\s", pip.get("extra-index-url", ""))
    asked = [url.rstrip("/") for url in (first, *more) if url.startswith(("http://", "https://"))]
    return list(dict.fromkeys(asked)), pip.get("cert") or certificates_set()


def certificates_set() -> str | None:
    """A file of certificates that the environment names, as curl, httpx and requests take it."""
    return os.environ.get("SSL_CERT_FILE") or os.environ.get("REQUESTS_CA_BUNDLE")


class Client:
    """GET requests with a timeout, a login that the address holds, and the certificates that pip uses."""

    def __init__(self, certificates: str | None = None) -> None:
        context = ssl.create_default_context()
        try:
            import certifi  # a Python from python.org on macOS has no certificates of its own

            context.load_verify_locations(certifi.where())
        except (ImportError, OSError):
            pass
        if certificates and Path(certificates).is_file():
            context.load_verify_locations(certificates)
        self._opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))

    def get(self, url: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """The answer, to be read. Raises urllib.error.HTTPError, OSError, http.client.HTTPException, ValueError."""
        parts = urlsplit(url)
        request = urllib.request.Request(
            urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])),
            headers={"User-Agent": "worktest", **headers},
        )
        if parts.username:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            # unredirected: a login is for this host and no other
            request.add_unredirected_header("Authorization", f"Basic {base64.b64encode(login).decode()}")
        return self._opener.open(request, timeout=_TIMEOUT)


def find(client: Client, index: str, package: str, filename: str) -> Link:
    """The file of that name in an index. Raises Unreachable with a reason."""
    page = f"{index}/{package}/"
    try:
        with client.get(page, {"Accept": f"{_JSON}, text/html;q=0.5"}) as answer:
            kind, text, base = answer.headers.get_content_type(), answer.read(), answer.geturl()
        offered = _from_json(text) if kind.endswith("json") else _from_html(text.decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        why = f"it has no {package}" if error.code == 404 else f"it answered {error.code} {error.reason}"
        raise Unreachable(f"{host(index)}: {why}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(f"{host(index)}: {reason(error)}") from None
    for name, url, sha256 in offered:
        if name == filename:
            if not sha256:
                raise Unreachable(f"{host(index)}: it gives no sha256 checksum for {filename}")
            target = urlsplit(urljoin(base, url))
            login = urlsplit(index).netloc.rpartition("@")[0]
            if login and target.netloc == urlsplit(index).netloc.rpartition("@")[2]:
                target = target._replace(netloc=f"{login}@{target.netloc}")
            return Link(urlunsplit(target._replace(fragment="")), sha256)
    raise Unreachable(f"{host(index)}: it has no {filename}")


def _from_json(text: bytes) -> list[tuple[str, str, str]]:
    """Name, address and sha256 of the files in an answer after PEP 691."""
    try:
        return [(f["filename"], f["url"], f["hashes"].get("sha256", "")) for f in json.loads(text)["files"]]
    except (KeyError, TypeError, AttributeError):
        raise ValueError("an answer that is no index") from None


def _from_html(text: str) -> list[tuple[str, str, str]]:
    """The same from the links of an answer after PEP 503."""
    found = []
    for href in re.findall(r"<a\s[^>]*?href=[\"']([^\"']+)", text, re.IGNORECASE):
        url, _, fragment = html.unescape(href).partition("#")
        sha256 = dict(parse_qsl(fragment)).get("sha256", "")  # another kind of checksum is none that we compare
        found.append((unquote(url.rpartition("/")[2]), url, sha256))
    return found


def download(client: Client, link: Link, target: Path, size: int, progress: Progress) -> None:
    """Fetch the file, whole and with the right checksum; what an earlier run left in ``.partial`` is gone on with.

    Raises Unreachable when nothing of it could be had, UserError when it broke off, came damaged or found no space.
    """
    partial = target.with_name(f"{target.name}.partial")
    for attempt in range(_TRIES):
        before = _size(partial)
        need_space(target.parent, max(0, size - before), target.name)
        try:
            _receive(client, link, partial, size, progress)
            break
        except urllib.error.HTTPError as error:
            raise Unreachable(f"{host(link.url)}: it answered {error.code} {error.reason}") from None
        except (ConnectionError, TimeoutError, http.client.HTTPException, urllib.error.URLError, ssl.SSLError) as error:
            had = _size(partial)
            if attempt + 1 < _TRIES:
                time.sleep(0.5 * 2**attempt)
            elif had:
                raise UserError(
                    f"the connection to {host(link.url)} broke at {had / 1e6:.0f} of {size / 1e6:.0f} MB "
                    f"({reason(error)}); what came is kept: run the same command again and it goes on there"
                ) from None
            else:
                raise Unreachable(f"{host(link.url)}: {reason(error)}") from None
        except OSError as error:
            raise disk_trouble(error, partial) from None
    if not link.fits(partial):
        partial.unlink()
        raise UserError(
            f"{target.name} came damaged from {host(link.url)}: its checksum is wrong. It was removed; "
            f"run the same command again"
        )
    partial.replace(target)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _receive(client: Client, link: Link, partial: Path, size: int, progress: Progress) -> None:
    """Bytes from where ``partial`` ends on. A server that starts from the beginning again is followed."""
    had = _size(partial)
    if had >= size:  # whole, or too long: the checksum tells
        return
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={had}-"} if had else {})}
    with client.get(link.url, headers) as answer:
        going_on = answer.status == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {had}-")
        with partial.open("ab" if going_on else "wb") as file:
            done = had if going_on else 0
            progress(done, size)
            while block := answer.read(_CHUNK):
                file.write(block)
                done += len(block)
                progress(done, size)
    if done < size:
        raise ConnectionError("it closed the connection")


def host(url: str) -> str:
    """The host of an address, without a login."""
    return urlsplit(url).netloc.rpartition("@")[2] or url


def reason(error: BaseException) -> str:
    """Why a connection failed, in a few words."""
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError):
        return "no answer in time"
    if isinstance(inner, ssl.SSLError):
        return f"its certificate is not trusted here ({inner.reason or 'TLS'})"
    if isinstance(inner, ConnectionRefusedError):
        return "no connection (refused)"
    if isinstance(inner, OSError) and type(inner).__name__ == "gaierror":
        return "no connection (its name is not found: no network?)"
    if isinstance(inner, ConnectionError) and not inner.errno:
        return str(inner) or "it closed the connection"
    said = str(getattr(inner, "strerror", None) or inner).strip().split("\n")[0]
    return f"no connection ({said})" if isinstance(inner, OSError) else said or type(inner).__name__
