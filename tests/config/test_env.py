"""What an operator may set."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearspan.config import env


def test_everything_has_a_default() -> None:
    values = env.read({})
    assert values["port"] == 8000
    assert set(values) == {setting.name.removeprefix("CLEARSPAN_").lower() for setting in env.SETTINGS}


def test_a_value_that_cannot_be_used_is_said_with_its_name_and_what_was_expected() -> None:
    with pytest.raises(
        env.UnusableSetting, match="CLEARSPAN_PORT is “http”, but must be a whole number from 1 to 65535"
    ):
        env.read({"CLEARSPAN_PORT": "http"})


def test_a_misspelt_variable_is_said() -> None:
    with pytest.raises(env.UnusableSetting, match="CLEARSPAN_PROT"):
        env.read({"CLEARSPAN_PROT": "8000"})


def test_an_empty_value_is_the_default() -> None:
    assert env.read({"CLEARSPAN_PORT": " "})["port"] == 8000


def test_other_programs_variables_are_none_of_ours() -> None:
    assert env.read({"PORT": "x"})["port"] == 8000


def test_settings_that_lock_everybody_out_together_are_said() -> None:
    with pytest.raises(env.UnusableSetting, match="CLEARSPAN_OIDC_URL is needed: CLEARSPAN_PASSWORDS is off"):
        env.read({"CLEARSPAN_PASSWORDS": "off"})
    with pytest.raises(env.UnusableSetting, match="CLEARSPAN_OIDC_CLIENT_ID is needed"):
        env.read({"CLEARSPAN_OIDC_URL": "https://id.example.com"})
    with pytest.raises(env.UnusableSetting, match="CLEARSPAN_OIDC_FUNCTION is needed"):
        env.read({"CLEARSPAN_OIDC_DOMAINS": "example.com"})


def test_a_word_is_one_of_those_there_are() -> None:
    assert env.read({"CLEARSPAN_SECOND_FACTOR": "Admins"})["second_factor"] == "admins"
    with pytest.raises(env.UnusableSetting, match="must be nobody, admins or everyone"):
        env.read({"CLEARSPAN_SECOND_FACTOR": "some"})


def test_a_command_in_another_terminal_leads_to_where_it_was_last_served(tmp_path: Path) -> None:
    def at(**environ: str) -> str:
        given = {"CLEARSPAN_HOME": str(tmp_path), **environ}
        return env.base_url(env.read(given), given)

    assert at() == "http://127.0.0.1:8000"
    (tmp_path / env.SERVED).write_text("http://127.0.0.1:9100\n")
    assert at() == "http://127.0.0.1:9100"
    assert at(CLEARSPAN_PORT="9200") == "http://127.0.0.1:9200"
    assert at(CLEARSPAN_BASE_URL="https://clearspan.example.com") == "https://clearspan.example.com"
    (tmp_path / env.SERVED).write_text("torn")
    assert at() == "http://127.0.0.1:8000"
