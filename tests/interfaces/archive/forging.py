"""Archives that somebody has meddled with, and has made fit again."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path


def forged(path: Path, change: Callable[[dict[str, bytes]], object], *, fitting: bool = True) -> Path:
    """A copy of the archive with its members changed; `fitting`: manifest and stamp say what then is so."""
    with zipfile.ZipFile(path) as file:
        held = {name: file.read(name) for name in file.namelist()}
    change(held)
    if fitting:
        fit(held)
    made = path.with_name("forged.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in held.items():
            file.writestr(name, content)
    return made


def fit(held: dict[str, bytes]) -> None:
    """Makes sizes, digests and rows those of the members that are held."""
    manifest = json.loads(held["manifest.json"])
    listed = {one["name"]: one for one in manifest["members"]}
    manifest["members"] = []
    for name, content in held.items():
        if name in ("manifest.json", "stamp.json"):
            continue
        one = {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        if "rows" in listed.get(name, {}) or name.startswith("tables/"):
            one["rows"] = content.count(b"\n")
        manifest["members"].append(one)
    held["manifest.json"] = json.dumps(manifest).encode()
    stamp = json.loads(held["stamp.json"])
    stamp["manifest_sha256"] = hashlib.sha256(held["manifest.json"]).hexdigest()
    held["stamp.json"] = json.dumps(stamp).encode()
