from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('metrics', '0002_kpi'),
    ]

    operations = [
        migrations.AddField(
            model_name='kpispan',
            name='version',
            field=models.CharField(default='', max_length=32),
        ),
    ]
