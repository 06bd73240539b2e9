"""What options are worth under uncertainty, and how they compare: clearspan study case case.toml [more.toml ...]

Each file is one business case (TOML). `from_study = "demand.json#OPPORTUNITY"` is looked for beside the case, then in
the current folder.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from clearspan.engines import business_case
from clearspan.engines.business_case import Case, CaseFaults, CaseResult
from clearspan.interfaces.cli.tables import SHOWN, InputFaults

HELP = "what options are worth, how sure that is, and what finding out more would be worth"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", nargs="+", metavar="case.toml", help="a business case; several are compared")
    parser.add_argument(
        "--draws", type=int, default=16_384, help="futures to draw, rounded up to a power of two (default 16384)"
    )
    parser.add_argument("--brief", action="store_true", help="leave out the tornado, the EVPPIs and the gates: faster")
    parser.add_argument(
        "--sample",
        nargs="+",
        action="append",
        default=[],
        metavar=("DRIVER", "SIZE [SD]"),
        help="also say what SIZE observations of DRIVER are worth, SD being that of one; without SD, DRIVER is a share "
        "and each observation a yes or no (may be given again)",
    )
    parser.add_argument("--draws-out", metavar="FILE", help="also write every NPV as draw, option, value (CSV)")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    files = _read_all(arguments.case)
    cases = list(files.values())
    for path, case in files.items():
        for note in case.notes:
            print(f"{path}: {note}", file=sys.stderr)
    wanted = not arguments.brief
    try:
        result = business_case.study(
            cases, arguments.draws, arguments.seed, tornado=wanted, finding_out=wanted, stopping=wanted
        )
    except CaseFaults as faults:
        raise _named(faults, {case.name: path for path, case in files.items()}) from None
    except ValueError as error:
        raise InputFaults([f"--draws {arguments.draws} --seed {arguments.seed}: expected {error}"]) from None
    answer = result.to_dict()
    if arguments.sample:
        answer["evsi"] = [_sample(cases, sample, arguments) for sample in arguments.sample]
    if arguments.draws_out:
        _write_draws(Path(arguments.draws_out), result)
    return answer


def _read_all(paths: list[str]) -> dict[str, Case]:
    cases: dict[str, Case] = {}
    faults: list[str] = []
    for path in dict.fromkeys(paths):
        try:
            with Path(path).open("rb") as file:
                spec = tomllib.load(file)
            cases[path] = business_case.parse(spec, studies=_studies_beside(Path(path)))
        except OSError as error:
            faults.append(f"{path}: found no readable file ({error.strerror}), expected a TOML file")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(f"{path}: found text that is not TOML ({error}), expected a TOML file")
        except CaseFaults as found:
            faults += [f"{path}, {fault}" for fault in found.faults]
    names: dict[str, str] = {}
    for path, case in cases.items():
        if case.name in names:
            faults.append(f"{path}, name: found “{case.name}”, as in {names[case.name]}, expected a name of its own")
        names.setdefault(case.name, path)
    if faults:
        raise _at_most(faults)
    return cases


def _studies_beside(case: Path) -> Callable[[str], Mapping[str, Any]]:
    def prevalence(reference: str) -> Mapping[str, Any]:
        name, _, opportunity = reference.partition("#")
        if not opportunity:
            raise LookupError('a file and an opportunity, such as "demand.json#swap a shift"')
        path = next((place for place in (case.parent / name, Path(name)) if place.is_file()), None)
        if path is None:
            raise LookupError(f"a demand study's result at {case.parent / name}")
        try:
            study = json.loads(path.read_text(encoding="utf-8"))
            by_name = {entry["opportunity"]: entry["prevalence"] for entry in study["opportunities"]}
        except (OSError, ValueError, KeyError, TypeError):
            raise LookupError(f"{path} to be a demand study's result in JSON") from None
        if opportunity not in by_name:
            raise LookupError(f"one of its opportunities: {', '.join(map(str, list(by_name)[:SHOWN]))}")
        answer: dict[str, Any] = by_name[opportunity]
        if "quantile_levels" in study and isinstance(answer.get("quantiles"), list):
            return {**answer, "quantiles": {"levels": study["quantile_levels"], "values": answer["quantiles"]}}
        return answer

    return prevalence


def _sample(cases: list[Case], sample: list[str], arguments: argparse.Namespace) -> dict[str, Any]:
    try:
        driver, size = sample[0], int(sample[1])
        sd = float(sample[2]) if len(sample) > 2 else None
        value = business_case.evsi(cases, driver, size, sd, draws=arguments.draws, seed=arguments.seed)
    except LookupError as error:
        found = error.args[0] if len(sample) > 1 else "DRIVER SIZE [SD]"
        raise InputFaults([f"--sample {' '.join(sample)}: expected {found}"]) from None
    except ValueError as error:
        raise InputFaults([f"--sample {' '.join(sample)}: expected DRIVER SIZE [SD]; {error}"]) from None
    return {"driver": driver, "size": size, "sd": sd, "evsi": value}


def _write_draws(path: Path, result: CaseResult) -> None:
    """The file that the portfolio study reads as --draws-file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("draw", "option", "value"))
        for draw in range(result.draws):
            for option, values in result.npv_draws.items():
                writer.writerow((draw + 1, option, repr(float(values[draw]))))


def _named(faults: CaseFaults, files: dict[str, str]) -> InputFaults:
    return _at_most(
        [
            f"{files.get(fault.case, 'cases')}, {fault.path}: found {fault.found}, expected {fault.expected}"
            for fault in faults.faults
        ]
    )


def _at_most(faults: list[str]) -> InputFaults:
    more = len(faults) - SHOWN
    return InputFaults(faults[:SHOWN] + ([f"and {more} more"] if more > 0 else []))
