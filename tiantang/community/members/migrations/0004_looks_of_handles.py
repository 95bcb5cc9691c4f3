"""What handles look like, now that traditional and simplified writing are told as alike."""

from django.db import migrations

from tiantang.community.members.likeness import likeness

BATCH = 2000


def look_again(apps, schema_editor):
    rows = apps.get_model("members", "Member").objects
    changed = []
    for member in rows.filter(forgotten_at=None).only("handle", "handle_look").iterator(BATCH):
        look = likeness(member.handle)
        if look != member.handle_look:
            member.handle_look = look
            changed.append(member)
    rows.bulk_update(changed, ["handle_look"], BATCH)


class Migration(migrations.Migration):
    dependencies = [("members", "0003_role_reasons")]
    operations = [migrations.RunPython(look_again, migrations.RunPython.noop)]
