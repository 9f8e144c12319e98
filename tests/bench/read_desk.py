"""Print as JSON what :mod:`tests.bench.desk` looks for afterwards: every revision, and what is saved of each review."""

import json
import sys

import django


def main() -> None:
    django.setup()
    from reviews.desk.document.documents import document_of
    from reviews.desk.document.snapshots import as_snapshot
    from reviews.models import Review, Revision

    revisions: dict[int, list[dict[str, object]]] = {}
    for row in Revision.objects.order_by("review", "number"):
        revisions.setdefault(row.review_id, []).append(row.document)
    saved = {
        review.pk: as_snapshot(document_of(review))
        for review in Review.objects.filter(slug__startswith="review-")
    }
    json.dump({"revisions": revisions, "saved": saved}, sys.stdout)


if __name__ == "__main__":
    main()
