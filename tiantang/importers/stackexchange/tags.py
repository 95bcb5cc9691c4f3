"""Tags and the texts that explain them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiantang.community.forum.bodies import excerpt_of, render_body
from tiantang.community.forum.models import Tag
from tiantang.community.forum.models.posts import SourceFormat
from tiantang.importers.pipeline import Row
from tiantang.importers.stackexchange.dump import Dump, number
from tiantang.importers.stackexchange.site import Site
from tiantang.importers.tally import Tally


@dataclass
class BringTags:
    """Tags.xml: the words; their texts come later with the posts that hold them."""

    dump: Dump
    site: Site
    name: str = "tags"
    kind: str = "tags"

    def rows(self) -> Iterator[Row]:
        return self.dump.rows("Tags")

    def bring(self, batch: list[Row], tally: Tally) -> None:
        sound = [row for row in batch if row.get("TagName")]
        tally.skip("without a name", len(batch) - len(sound))
        names = [row["TagName"][:60] for row in sound]
        before = set(Tag.objects.filter(slug__in=names).values_list("slug", flat=True))
        tags = ensure_tags(names)
        tally.bring(len(set(names) - before))
        tally.skip("already here", len(names) - len(set(names) - before))
        texts = {
            number(row, place): tags[row["TagName"][:60]]
            for row in sound
            for place in ("ExcerptPostId", "WikiPostId")
        }
        texts.pop(None, None)
        known = self.site.arrived("tag", (old for old in texts if old is not None))
        self.site.remember("tag", ((old, new) for old, new in texts.items() if old and old not in known))

    def finish(self) -> None:
        """Nothing remains."""


def ensure_tags(names: list[str]) -> dict[str, int]:
    """Ids of tags by name; missing ones are made."""
    Tag.objects.bulk_create(
        (Tag(slug=name, name=name) for name in dict.fromkeys(names)), ignore_conflicts=True
    )
    return dict(Tag.objects.filter(slug__in=set(names)).values_list("slug", "pk"))


def bring_tag_texts(batch: list[Row], site: Site, tally: Tally) -> None:
    """Posts that are neither question nor answer: texts of tags; other kinds have no counterpart."""
    known = site.arrived("tag", (number(row, "Id") or 0 for row in batch))
    tags = Tag.objects.in_bulk(known.values())
    for row in batch:
        tag = tags.get(known.get(number(row, "Id") or 0, 0))
        if row.get("PostTypeId") not in ("4", "5"):
            tally.skip("a kind of post without a counterpart here")
        elif tag is None:
            tally.skip("tag text without its tag")
        elif not row.get("Body"):
            tally.skip("tag text without words")
        elif describe_tag(tag, row, site):
            tally.bring(1, "tag texts")
        else:
            tally.skip("already here")
    Tag.objects.bulk_update(tags.values(), ["description", "description_html"])


def describe_tag(tag: Tag, row: Row, site: Site) -> bool:
    """Put an excerpt (kind 4) or a long text (kind 5) on its tag; tells whether it was new."""
    html = site.localise(render_body(row.get("Body", ""), SourceFormat.HTML))
    if row["PostTypeId"] == "4":
        before, tag.description = tag.description, excerpt_of(html)
        return before != tag.description
    before, tag.description_html = tag.description_html, html
    return before != html
