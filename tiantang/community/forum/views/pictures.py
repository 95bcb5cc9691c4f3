"""Pictures on their way into a text: one by one by script, or with the form where none runs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from tiantang.community.forum.actions.pictures import upload_picture
from tiantang.community.forum.models import Picture
from tiantang.community.forum.refusals import Refused
from tiantang.community.forum.views.doors import UNPROCESSABLE, signed_in
from tiantang.community.members.models import Member


@require_POST
def pictures(request: HttpRequest) -> JsonResponse:
    """Take one picture; answers {"markdown": …} or {"error": …} with what to do."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    upload = request.FILES.get("picture")
    if upload is None:
        return JsonResponse({"error": pgettext("refusal", "Choose a picture first.")}, status=UNPROCESSABLE)
    try:
        picture = _store(request.user, upload)
    except Refused as refusal:
        return JsonResponse({"error": refusal.reason}, status=UNPROCESSABLE)
    return JsonResponse({"markdown": _markdown(picture), "url": picture.file.url})


def with_pictures(request: HttpRequest) -> tuple[QueryDict, list[Refused]]:
    """What was typed, the pictures sent beside it at the end of its text, and why some were not taken."""
    typed, refusals = request.POST.copy(), []
    for upload in request.FILES.getlist("pictures"):
        try:
            markdown = _markdown(_store(signed_in(request), upload))
        except Refused as refusal:
            refusals.append(refusal)
        else:
            typed["source"] = f"{typed.get('source', '').rstrip()}\n\n{markdown}\n".lstrip()
    return typed, refusals


def _store(member: Member, upload: UploadedFile[Any]) -> Picture:
    assert upload.file is not None  # Django gives every upload its file
    return upload_picture(member=member, content=upload.file, size=upload.size or 0)


def _markdown(picture: Picture) -> str:
    return f"![{pgettext('composer', 'picture')}]({picture.file.url})"
