import django.db.models.deletion
import reviews.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0020_review_by_address'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='review',
            options={'ordering': ['-sequence'], 'permissions': [('edit_all_copy', 'Can edit everybody’s reviews'), ('publish_review', 'Can approve, return and re-time reviews'), ('withdraw_review', 'Can withdraw and reinstate reviews')]},
        ),
        migrations.AlterField(
            model_name='edition',
            name='headline_is_ours',
            field=models.BooleanField(default=False, help_text='For a digest or syndicated review: tick if the original’s headline is not known.', verbose_name='the headline is ours'),
        ),
        migrations.AlterField(
            model_name='edition',
            name='planned_for',
            field=models.DateTimeField(help_text='The date and time that the desk chose. An embargo may delay it.'),
        ),
        migrations.AlterField(
            model_name='edition',
            name='pull_quote',
            field=reviews.models.fields.ProseField(blank=True, help_text='Must match the body word for word.', max_length=400),
        ),
        migrations.AlterField(
            model_name='edition',
            name='review_uid',
            field=models.UUIDField(editable=False, verbose_name='review’s uid'),
        ),
        migrations.AlterField(
            model_name='edition',
            name='source_url',
            field=reviews.models.fields.WebAddressField(blank=True, help_text='The original’s address, where there is one.', max_length=500, verbose_name='source address'),
        ),
        migrations.AlterField(
            model_name='edition',
            name='verdict',
            field=models.SmallIntegerField(blank=True, choices=[(2, 'Rave'), (1, 'Positive'), (0, 'Mixed'), (-1, 'Negative'), (-2, 'Pan')], help_text='Our reading of the review; readers see it labelled as ours.', null=True),
        ),
        migrations.AlterField(
            model_name='editiontag',
            name='review_uid',
            field=models.UUIDField(editable=False, verbose_name='review’s uid'),
        ),
        migrations.AlterField(
            model_name='embargo',
            name='covers',
            field=models.CharField(choices=[('reviews', 'reviews'), ('social', 'social media posts')], default='reviews', help_text='Reviews: every review of the film is hidden until the date and time below, good or bad. Social media posts: no review is hidden; the desk is told when it may post.', max_length=10),
        ),
        migrations.AlterField(
            model_name='embargo',
            name='terms',
            field=reviews.models.fields.ProseField(blank=True, help_text='The studio’s own wording, and anything it leaves open.'),
        ),
        migrations.AlterField(
            model_name='film',
            name='slug',
            field=reviews.models.fields.SlugField(error_messages={'unique': 'Another film has this address: add the year, such as “ballerina-2025”.'}, help_text='The film’s address on the site: /films/…/', max_length=100, unique=True),
        ),
        migrations.AlterField(
            model_name='outlet',
            name='star_scale',
            field=models.PositiveSmallIntegerField(choices=[(4, 'out of four'), (5, 'out of five')], default=5, help_text='What bare stars such as ★★★½ are out of. A published review keeps the scale that it was published with.'),
        ),
        migrations.AlterField(
            model_name='release',
            name='advice',
            field=reviews.models.fields.LineField(blank=True, help_text='The board’s reasons, as it words them.', max_length=300),
        ),
        migrations.AlterField(
            model_name='release',
            name='certificate',
            field=reviews.models.fields.LineField(blank=True, help_text='As the territory’s board gave it: 15, R, FSK 16.', max_length=20),
        ),
        migrations.AlterField(
            model_name='review',
            name='headline_is_ours',
            field=models.BooleanField(default=False, help_text='For a digest or syndicated review: tick if the original’s headline is not known.', verbose_name='the headline is ours'),
        ),
        migrations.AlterField(
            model_name='review',
            name='pull_quote',
            field=reviews.models.fields.ProseField(blank=True, help_text='Must match the body word for word.', max_length=400),
        ),
        migrations.AlterField(
            model_name='review',
            name='slug',
            field=reviews.models.fields.SlugField(error_messages={'unique': 'Another review has this address: choose another.'}, help_text='The review’s address on the site: /reviews/…/', max_length=100, unique=True),
        ),
        migrations.AlterField(
            model_name='review',
            name='source_url',
            field=reviews.models.fields.WebAddressField(blank=True, help_text='The original’s address, where there is one.', max_length=500, verbose_name='source address'),
        ),
        migrations.AlterField(
            model_name='review',
            name='verdict',
            field=models.SmallIntegerField(blank=True, choices=[(2, 'Rave'), (1, 'Positive'), (0, 'Mixed'), (-1, 'Negative'), (-2, 'Pan')], help_text='Our reading of the review; readers see it labelled as ours.', null=True),
        ),
        migrations.AlterField(
            model_name='review',
            name='written_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, help_text='Whose account began it. With the byline’s own account, those whose copy it is.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterConstraint(
            model_name='film',
            name='film_imdb_id_pattern',
            constraint=models.CheckConstraint(condition=models.Q(('imdb_id', ''), ('imdb_id__regex', '^tt[0-9]{7,10}\\Z'), _connector='OR'), name='film_imdb_id_pattern', violation_error_message='That is not a film’s IMDb id.'),
        ),
        migrations.AlterConstraint(
            model_name='film',
            name='film_tmdb_id_pattern',
            constraint=models.CheckConstraint(condition=models.Q(('tmdb_id', ''), ('tmdb_id__regex', '^[1-9][0-9]{0,9}\\Z'), _connector='OR'), name='film_tmdb_id_pattern', violation_error_message='That is not a film’s TMDB id.'),
        ),
        migrations.AlterConstraint(
            model_name='film',
            name='film_wikidata_id_pattern',
            constraint=models.CheckConstraint(condition=models.Q(('wikidata_id', ''), ('wikidata_id__regex', '^Q[1-9][0-9]{0,11}\\Z'), _connector='OR'), name='film_wikidata_id_pattern', violation_error_message='That is not a film’s Wikidata id.'),
        ),
        migrations.AlterConstraint(
            model_name='film',
            name='film_eidr_id_pattern',
            constraint=models.CheckConstraint(condition=models.Q(('eidr_id', ''), ('eidr_id__regex', '^10\\.5240/([0-9A-F]{4}-){5}[0-9A-Z]\\Z'), _connector='OR'), name='film_eidr_id_pattern', violation_error_message='That is not a film’s EIDR id.'),
        ),
        migrations.AlterConstraint(
            model_name='person',
            name='person_imdb_id_pattern',
            constraint=models.CheckConstraint(condition=models.Q(('imdb_id', ''), ('imdb_id__regex', '^nm[0-9]{7,10}\\Z'), _connector='OR'), name='person_imdb_id_pattern', violation_error_message='That is not a person’s IMDb id.'),
        ),
    ]
