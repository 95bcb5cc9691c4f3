"""``tiantang member create``: what it takes and what it refuses."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from tiantang.common.errors import TiantangError
from tiantang.community.members.models import Member
from tiantang.config.commands.member import command

pytestmark = pytest.mark.django_db(databases="__all__")


def create(*words: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(command, ["create", *words], input=given)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("Ada", "--email", "nowhere"), "is no e-mail address"),
        (("Ada", "--email", "THERE@example.org"), "Somebody has the address"),
        (("Ada", "--name", "n" * 61), "at most 60"),
        (("A b/c",), "letters"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_the_command_lines_language(
    words: tuple[str, ...], reason: str
) -> None:
    assert create("There", "--email", "there@example.org").exit_code == 0
    refused = create(*words)
    assert isinstance(refused.exception, TiantangError)
    assert reason in str(refused.exception)
    assert Member.objects.people().count() == 1
    assert Member.objects.people().get().language != "en"


@pytest.mark.parametrize("given", ["", "\n", b"\xff\xfe\n"])
def test_no_password_is_made_up_where_one_was_to_be_read(given: str | bytes) -> None:
    refused = create("Ada", "--password-stdin", given=given)
    assert isinstance(refused.exception, TiantangError)
    assert not Member.objects.people().exists()


def test_the_password_on_standard_input_is_taken() -> None:
    assert create("Ada", "--password-stdin", given="gänsefüßchen 7\n").output == "Ada: no role\n"
    assert Member.objects.get(handle="Ada").check_password("gänsefüßchen 7")
