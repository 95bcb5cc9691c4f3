"""A new installation has rules from the start."""

from django.db import migrations
from django.utils import timezone

from tiantang.community.rules.text import render_rules, seeded_text


def publish_first(apps, schema_editor):
    version = apps.get_model("rules_education", "RulesVersion")
    if version.objects.exists():
        return
    zh, en = seeded_text(1, "zh"), seeded_text(1, "en")
    version.objects.create(
        number=1,
        text_zh=zh,
        text_en=en,
        html_zh=render_rules(zh),
        html_en=render_rules(en),
        published_at=timezone.now(),
    )


class Migration(migrations.Migration):
    dependencies = [("rules_education", "0001_initial")]
    operations = [migrations.RunPython(publish_first, migrations.RunPython.noop)]
