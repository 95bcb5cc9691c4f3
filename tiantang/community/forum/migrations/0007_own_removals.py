from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0006_removals'),
    ]

    operations = [
        migrations.AddField(
            model_name='removal',
            name='own',
            field=models.BooleanField(default=False),
        ),
    ]
