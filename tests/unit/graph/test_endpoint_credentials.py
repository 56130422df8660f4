"""Who we are to a server: from the environment or netrc, sent when asked for, to the host that was named, never shown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from scripted_server import Answer, scripted

from servers import NEEDS_VIRTUOSO, VIRTUOSO_PASSWORD, VIRTUOSO_USER, virtuoso_server
from tellygraph.errors import StoreError
from tellygraph.graph import open_store
from tellygraph.graph.store.credentials import Credentials

BASIC = Answer(401, b"who are you", headers={"WWW-Authenticate": 'Basic realm="graph"'})
QUAD = Quad(NamedNode("x:s"), NamedNode("x:p"), Literal("o"), NamedNode("x:g"))


@pytest.fixture(autouse=True)
def no_netrc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_USER", "me")
    monkeypatch.setenv("TELLYGRAPH_PASSWORD", "s:cret")


@pytest.mark.parametrize("where", ["http://me:secret@h/query", "http://h/query|http://me:secret@h/update"])
def test_a_password_in_the_url_is_refused_and_not_repeated(where: str) -> None:
    with pytest.raises(StoreError, match="TELLYGRAPH_USER and TELLYGRAPH_PASSWORD") as caught:
        open_store(where if "|" not in where else where.replace("http://h/query", "http://127.0.0.1:9/query"))
    assert "secret" not in str(caught.value)


@pytest.mark.usefixtures("secret")
def test_basic_is_sent_when_it_is_asked_for_and_from_then_on() -> None:
    with scripted(BASIC, Answer()) as server, open_store(server.url) as store:
        list(store.quads())
        sent = [headers.get("Authorization") for _, headers, _ in server.asked]
        assert sent == [None, "Basic bWU6czpjcmV0", "Basic bWU6czpjcmV0"]
        assert "cret" not in store.where + repr(store.__dict__)


@pytest.mark.usefixtures("secret")
def test_who_may_not_is_told_the_variables() -> None:
    with (
        scripted(BASIC) as server,
        pytest.raises(StoreError, match=r"does not let you in \(HTTP 401.*_TOKEN") as caught,
    ):
        open_store(server.url)
    assert "cret" not in str(caught.value)
    assert len(server.asked) == 2


@pytest.mark.usefixtures("secret")
def test_digest_goes_before_basic_and_the_password_is_not_in_it() -> None:
    challenge = 'Basic realm="graph", Digest realm="graph", nonce="abc", qop="auth", algorithm=MD5'
    asks = Answer(401, b"", headers={"WWW-Authenticate": challenge.partition(", ")[2]})
    with scripted(Answer(401, b"", headers={"WWW-Authenticate": challenge}), asks, Answer()) as server:
        open_store(server.url).close()
        sent = server.asked[-1][1]["Authorization"]
    told = dict(re.findall(r'(\w+)="?([^",]+)"?', sent))
    md5 = lambda text: hashlib.md5(text.encode()).hexdigest()  # noqa: E731 - RFC 7616's own
    parts = [md5("me:graph:s:cret"), "abc", told["nc"], told["cnonce"], "auth", md5(f"POST:{told['uri']}")]
    assert told["response"] == md5(":".join(parts))
    assert all("Basic" not in headers.get("Authorization", "") for _, headers, _ in server.asked)


def test_a_token_is_sent_as_a_bearer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_TOKEN", "t0ken")
    with scripted() as server, open_store(server.url) as store:
        assert server.asked[0][1]["Authorization"] == "Bearer t0ken"
        assert "t0ken" not in repr(store.__dict__)
    monkeypatch.setenv("TELLYGRAPH_TOKEN", "one\ntwo")
    with pytest.raises(StoreError, match="TELLYGRAPH_TOKEN holds characters") as caught:
        open_store(server.url)
    assert "two" not in str(caught.value)


@pytest.mark.usefixtures("secret")
def test_netrc_goes_before_the_environment_for_its_own_hosts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login reader password pa55\ndefault login d password e\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    with scripted(BASIC, Answer()) as server:
        open_store(server.url).close()
        assert server.asked[-1][1]["Authorization"] == "Basic cmVhZGVyOnBhNTU="
    assert Credentials.of("elsewhere.example").user == "me"
    assert Credentials.of("elsewhere.example", from_environment=False) == Credentials()
    file.write_text("machine 127.0.0.1 login reader passwort pa55\n")
    with pytest.raises(StoreError, match="cannot be read") as caught:
        open_store("http://127.0.0.1:9/query")
    assert "pa55" not in str(caught.value)


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_told_and_nothing_is_sent_there(status: int) -> None:
    with scripted() as other:
        moved = Answer(status, b"", headers={"Location": other.url.replace("//", "//a:b@") + "?secret=1"})
        with (
            scripted(BASIC, moved) as server,
            pytest.raises(StoreError, match=f"moved .HTTP {status}.: name") as caught,
        ):
            open_store(server.url)
        assert other.url in str(caught.value)
        assert "secret" not in str(caught.value)
        assert other.asked == []


@pytest.fixture(scope="module")
def digest_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso"), max_rows=100) as url:
        yield url + "-auth"


@pytest.mark.virtuoso
@NEEDS_VIRTUOSO[1]
def test_virtuosos_digest_lets_in_who_has_the_password(digest_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLYGRAPH_USER", VIRTUOSO_USER)
    monkeypatch.setenv("TELLYGRAPH_PASSWORD", VIRTUOSO_PASSWORD)
    with open_store(digest_url) as store:
        store.extend([QUAD])
        assert list(store.quads()) == [QUAD]
        assert store.remove(NamedNode("x:g")) == 1
    monkeypatch.setenv("TELLYGRAPH_PASSWORD", "wrong")
    with pytest.raises(StoreError, match="does not let you in"):
        open_store(digest_url)


@pytest.mark.virtuoso
@NEEDS_VIRTUOSO[1]
def test_an_answer_that_virtuoso_cut_is_read_in_pages_or_refused(
    digest_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELLYGRAPH_USER", VIRTUOSO_USER)
    monkeypatch.setenv("TELLYGRAPH_PASSWORD", VIRTUOSO_PASSWORD)
    quads = [
        Quad(NamedNode(f"x:s{i}"), NamedNode("x:p"), Literal(str(i)), NamedNode(f"x:g{i % 150}")) for i in range(450)
    ]
    many = [Quad(NamedNode(f"x:s{i}"), NamedNode("x:p"), Literal(str(i)), NamedNode("x:many")) for i in range(350)]
    with open_store(digest_url) as store:
        store.extend(sorted(quads, key=lambda q: q.graph_name.value) + many)
        assert len(store.graphs()) == 151
        assert set(store.quads(NamedNode("x:many"))) == set(many)
        assert len(store) == 800
        with pytest.raises(StoreError, match=r"cuts answers after 100 rows: .*ResultSetMaxRows"):
            store.query("SELECT ?s WHERE { ?s <x:p> ?o }")
        assert len(list(store.query("SELECT ?s WHERE { ?s <x:p> ?o } ORDER BY ?s LIMIT 20"))) == 20
