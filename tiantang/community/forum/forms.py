"""What people type into the forum, parsed; the verbs judge it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy

from tiantang.community.forum.access import boards_to_start_in
from tiantang.community.forum.actions.tags import check_tags, split_tags
from tiantang.community.forum.limits import COMMENT_LONGEST, TAGS_MOST, TITLE_LONGEST, check_body, check_title
from tiantang.community.forum.models import Board, Post
from tiantang.community.forum.refusals import Refused
from tiantang.community.members.models import Member


def new_token() -> str:
    """The name of one form on one page, so that sending it twice posts once."""
    return secrets.token_hex(8)


class WritingForm(forms.Form):
    """A text and the token of the form it was typed into."""

    source = forms.CharField(
        label=pgettext_lazy("composer", "Text"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    token = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", new_token())

    def clean_source(self) -> str:
        """Judged here too, so that all refusals of a form are shown at once; the verb judges again."""
        return self.judged("source", check_body)

    def judged(self, name: str, check: Callable[[str], str]) -> str:
        """What was typed when it passes; else the refusal stands at the field and what was typed is kept."""
        typed = self.cleaned_data[name]
        try:
            check(typed)
        except Refused as refusal:
            self.add_error(name, refusal.reason)
        return str(typed)

    def named_tags(self) -> list[str]:
        """The tags that were typed, refused here when there are too many or too long ones."""
        names = split_tags(self.cleaned_data["tags"])
        try:
            check_tags(names)
        except Refused as refusal:
            self.add_error("tags", refusal.reason)
        return names

    def refuse(self, refusal: Refused) -> None:
        """Show a verb's refusal at the field it names; what was typed stays."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.reason)


class BoardField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of boards, named in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name if get_language() != "en" else obj.name_en or obj.name)


class TopicForm(WritingForm):
    """A new topic."""

    title = forms.CharField(
        label=pgettext_lazy("composer", "Title"),
        error_messages={"required": pgettext_lazy("composer", "Give it a title that says what it is about.")},
        widget=forms.TextInput(attrs={"maxlength": TITLE_LONGEST}),
    )
    board = BoardField(
        Board.objects.none(),
        label=pgettext_lazy("composer", "Board"),
        to_field_name="slug",
        empty_label=pgettext_lazy("composer", "Choose a board"),
        error_messages={
            "required": pgettext_lazy("composer", "Choose the board where people would look for this."),
            "invalid_choice": pgettext_lazy(
                "composer", "You cannot open a topic here. Choose another board."
            ),
        },
    )
    tags = forms.CharField(
        label=pgettext_lazy("composer", "Tags"),
        required=False,
        help_text=pgettext_lazy("composer", "Works and themes, separated by commas; up to %(n)d."),
    )
    is_question = forms.BooleanField(
        label=pgettext_lazy("composer", "This is a question; replies can be taken as the answer"),
        required=False,
    )
    field_order = ("board", "title", "source", "tags", "is_question", "token")

    def __init__(self, *args: Any, writer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boards = cast(BoardField, self.fields["board"])
        boards.queryset = boards_to_start_in(writer).select_related("group")
        self.fields["tags"].help_text = str(self.fields["tags"].help_text) % {"n": TAGS_MOST}

    def clean_title(self) -> str:
        return self.judged("title", check_title)

    def clean_tags(self) -> list[str]:
        return self.named_tags()


class EditForm(WritingForm):
    """A new version of a post; title and tags belong to opening posts."""

    title = TopicForm.base_fields["title"]
    tags = TopicForm.base_fields["tags"]
    reason = forms.CharField(
        label=pgettext_lazy("composer", "What changed"),
        required=False,
        max_length=200,
        help_text=pgettext_lazy("composer", "Shown in the post's history."),
    )
    edits_seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    field_order = ("title", "source", "tags", "reason", "edits_seen", "token")

    def __init__(self, *args: Any, opening: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not opening:
            del self.fields["title"], self.fields["tags"]
        else:
            self.fields["tags"].help_text = str(self.fields["tags"].help_text) % {"n": TAGS_MOST}

    def see(self, post: Post) -> None:
        """What was refused was written upon older words; saving it once more is meant."""
        told = cast(QueryDict, self.data).copy()
        told["edits_seen"] = str(post.edits_count)
        self.data = told

    def clean_title(self) -> str:
        return self.judged("title", check_title)

    def clean_tags(self) -> list[str]:
        return self.named_tags()


class ExplainForm(forms.Form):
    """By which rule something was taken down, and why."""

    rule = forms.TypedChoiceField(
        label=pgettext_lazy("removal", "Rule that was broken"), coerce=int, required=False
    )
    note = forms.CharField(
        label=pgettext_lazy("removal", "A word to the author"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, titles: dict[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rule"]
        assert isinstance(field, forms.TypedChoiceField)
        none = (0, pgettext_lazy("removal", "No rule named"))
        field.choices = [none, *((number, f"{number}. {title}") for number, title in titles.items())]

    def clean_rule(self) -> int:
        return self.cleaned_data["rule"] or 0


class CommentForm(WritingForm):
    """A comment on a post, or an answer to one."""

    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_source(self) -> str:
        return self.judged("source", lambda source: check_body(source, COMMENT_LONGEST))
