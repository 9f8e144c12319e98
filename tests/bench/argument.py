"""``make bench-argument``: what the argument of a film takes to work out, as it grows."""

import django


def main() -> None:
    django.setup()
    # Models can be imported only now.
    from statistics import median
    from time import perf_counter

    from reviews.public.reading.argument import FilmArgument
    from reviews.public.reading.matrix import BY_CONTEST, Matrix
    from reviews.rules.argument import Stance, Verdict
    from tests.rules.argument.made import Written, read

    def milliseconds(critics: int, aspects: int) -> tuple[float, float, int]:
        """Of what is told of a film, and of laying its matrix out; and how many cells that has."""
        film = read(
            [
                Written(n, Verdict(n % 5 - 2), {k: Stance((n * 7 + k * k) % 3 - 1) for k in range(aspects)})
                for n in range(critics)
            ]
        )
        told, laid_out = [], []
        for _ in range(9):
            began = perf_counter()
            argument = FilmArgument(film)
            _ = argument.rows_by_contest, argument.told, argument.sharpest
            middle = perf_counter()
            matrix = Matrix(argument, BY_CONTEST)
            cells = sum(len(stand.cells) + stand.more for line in matrix.lines for stand in line.stands)
            told.append(middle - began)
            laid_out.append(perf_counter() - middle)
        return 1000 * median(told), 1000 * median(laid_out), cells

    print(
        f"{'critics × aspects':>18} {'cells':>7} {'told, ms':>9} {'laid out, ms':>13} {'a cell, against the first':>26}"
    )
    first = 0.0
    for critics, aspects in ((5, 13), (50, 13), (50, 30), (500, 13), (1000, 13)):
        told, laid_out, cells = milliseconds(critics, aspects)
        a_cell = (told + laid_out) / cells
        first = first or a_cell
        print(
            f"{f'{critics} × {aspects}':>18} {cells:>7} {told:>9.2f} {laid_out:>13.2f} {a_cell / first:>25.2f}×"
        )


if __name__ == "__main__":
    main()
