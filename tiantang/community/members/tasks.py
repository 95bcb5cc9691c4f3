"""Slow work of members: letters leave by the worker, so that no page waits for a mail server."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives

from tiantang.common.tasks import queue


@queue.task(retries=12, retry_delay=120)  # type: ignore[untyped-decorator]
def post_letter(to: str, sender: str, subject: str, text: str, html: str) -> None:
    """Hand a letter to the mail server; when it does not answer, again every two minutes for a while."""
    message = EmailMultiAlternatives(subject, text, sender, [to])
    message.attach_alternative(html, "text/html")
    message.send()
