import django.db.models.deletion
import tianping.foundation.accounts.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=tianping.foundation.accounts.models.public_id, editable=False, max_length=20, unique=True)),
                ('name', models.CharField(max_length=40, verbose_name='用途')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='哈希')),
                ('created_at', models.DateTimeField(verbose_name='建立时间')),
                ('expires_on', models.DateField(verbose_name='有效至')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('last_used_on', models.DateField(blank=True, null=True, verbose_name='末次使用')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL, verbose_name='持有人')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('user', 'name'), name='token_name_once_a_person')],
            },
        ),
    ]
