"""Multiply a seeded archive, and cut its bodies to a paragraph: ``python -m tests.bench.speed.multiplied TIMES``."""

import sys

import django

HOURS = 7 * 24
"""How much older each copy is than the last."""


def main(times: int) -> None:
    django.setup()
    # Models can be imported only now.
    from django.db import connection

    from reviews.models import Edition, Review
    from reviews.seeding.multiply import multiply

    with connection.cursor() as cursor:
        for model, columns in ((Review, ("body",)), (Edition, ("body", "body_html", "body_text"))):
            kept = {field.column for field in model._meta.concrete_fields}
            cut = ", ".join(f"{column} = substr({column}, 1, 300)" for column in columns if column in kept)
            cursor.execute(f"UPDATE {model._meta.db_table} SET {cut}")
    multiply(times, hours=HOURS)


if __name__ == "__main__":
    main(int(sys.argv[1]))
