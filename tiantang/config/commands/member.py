"""``tiantang member``."""

from __future__ import annotations

import json
import secrets
import sys

import click
from django.utils import translation

from tiantang.common.errors import TiantangError
from tiantang.community.members.actions.join import create_member
from tiantang.community.members.actions.passwords import make_password_link
from tiantang.community.members.actions.roles import grant_role
from tiantang.community.members.models import Member, Role
from tiantang.config.schema import refuse_wrong_schema

role_choice = click.Choice(Role.values)


@click.group()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Create accounts, grant roles, help with lost passwords."""
    ctx.with_resource(translation.override("en"))  # refusals speak as the whole command line does


def _password_given() -> str:
    """The first line of standard input. Raises TiantangError when it holds no password."""
    try:
        given = sys.stdin.buffer.readline().decode("utf8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise TiantangError("The password on standard input is not UTF-8.") from error
    if not given:
        raise TiantangError("No password came on standard input. Pipe one in, or leave --password-stdin out.")
    return given


@command.command()
@click.argument("handle")
@click.option("--email", default="", help="Address for notices and lost passwords.")
@click.option("--name", default="", help="Name shown instead of the handle.")
@click.option("--role", type=role_choice, help="Role to grant at once.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
def create(handle: str, email: str, name: str, role: str | None, password_stdin: bool, as_json: bool) -> None:
    """Create an account. Without --password-stdin a password is made and printed once."""
    refuse_wrong_schema()
    given = _password_given() if password_stdin else ""
    password = given or secrets.token_urlsafe(12)
    member = create_member(handle=handle, password=password, name=name, email=email, role=role or "")
    _say(member, as_json, {} if given else {"password": password})


@command.command()
@click.argument("handle")
@click.argument("role", type=role_choice)
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
def grant(handle: str, role: str, as_json: bool) -> None:
    """Grant a role to a member."""
    refuse_wrong_schema()
    member = _member(handle)
    grant_role(member=member, role=role)
    _say(member, as_json, {})


@command.command()
@click.argument("handle")
@click.option("--json", "as_json", is_flag=True, help="Print the link as JSON.")
def password(handle: str, as_json: bool) -> None:
    """Print a link with which a member sets a new password: it works once and expires."""
    refuse_wrong_schema()
    link = make_password_link(member=_member(handle))
    until = link.until.isoformat(timespec="minutes")
    if as_json:
        click.echo(json.dumps({"link": link.address, "until": until}))
        return
    click.echo(link.address)
    click.echo(f"It works once, until {until}. A sign-in in between voids it.", err=True)


def _member(handle: str) -> Member:
    member = Member.objects.people().filter(handle__iexact=handle).first()
    if member is None:
        raise TiantangError(f"There is no member {handle!r}.")
    return member


def _say(member: Member, as_json: bool, more: dict[str, str]) -> None:
    known = {"handle": member.handle, "roles": sorted(member.role_names), **more}
    if as_json:
        click.echo(json.dumps(known, ensure_ascii=False))
        return
    click.echo(f"{member.handle}: {', '.join(sorted(member.role_names)) or 'no role'}")
    if "password" in more:
        click.echo(f"password: {more['password']}")
