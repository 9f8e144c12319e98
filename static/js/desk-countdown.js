// Updates the countdowns of the desk's home. The server renders the first values; the page works without this.

const HOUR = 3600;
const DATED_AFTER = 14 * 24 * HOUR;
const HOURS_UNTIL = 3 * 24 * HOUR;

const board = document.querySelector("[data-now]");
// The server's clock, which may differ from the browser's.
const ahead = Date.parse(board.dataset.now) - Date.now();

const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

// A duration (seconds) in the words of reviews/admin/parts/moments/relative.py; under an hour, with seconds.
const span = (seconds) => {
  const days = Math.floor(seconds / (24 * HOUR));
  const hours = Math.floor(seconds / HOUR) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days) {
    return counted(days, "day") + (hours && seconds < HOURS_UNTIL ? ` ${hours} h` : "");
  }
  if (hours) {
    return `${hours} h` + (minutes ? ` ${minutes} min` : "");
  }
  return minutes ? `${minutes} min ${seconds % 60} s` : counted(seconds, "second");
};

const countdowns = [...board.querySelectorAll(".desk-row__when time, .desk-film__when time")]
  .map((element) => {
    const words = element.firstChild;
    const [, before] = /^(.*?)in \d/.exec(words?.textContent) ?? [];
    return { element, words, before, moment: Date.parse(element.dateTime) };
  })
  .filter(({ before, moment }) => before !== undefined && moment > Date.now() + ahead);

// Writes the time left of each; returns the seconds left of the next.
const tick = () => {
  const now = Date.now() + ahead;
  const left = countdowns.map(({ moment }) => Math.floor((moment - now) / 1000));
  countdowns.forEach(({ element, words, before }, place) => {
    if (left[place] <= 0) {
      words.textContent = "due: reload";
      element.classList.add("is-due");
    } else if (left[place] < DATED_AFTER) {
      words.textContent = `${before}in ${span(left[place])}`;
    }
  });
  return Math.min(...left.filter((seconds) => seconds > 0));
};

// Every half minute; every second while any has less than an hour.
const go = () => {
  const next = tick();
  if (Number.isFinite(next)) {
    setTimeout(go, next <= HOUR ? 1000 : Math.min(30, next - HOUR) * 1000);
  }
};

if (countdowns.length) {
  go();
  document.addEventListener("visibilitychange", tick);
}
