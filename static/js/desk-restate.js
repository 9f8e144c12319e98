// Lets a verb's page state what will happen while its questions are answered, so that one press confirms it. The desk
// states it: nothing is reckoned here, and nothing is done before the button is pressed. Works without this, in two presses.

const PAUSE = 400; // How long an answer rests before it is asked about, in milliseconds.

const form = document.querySelector("[data-stated]").closest("form");
let asked = 0;
let waiting;

const restate = async () => {
  const number = ++asked;
  const answers = new FormData(form);
  answers.set("stated", ""); // What was not read is not confirmed: this only asks.
  try {
    const response = await fetch(location.href, { method: "POST", body: answers, redirect: "manual" });
    if (!response.ok || number !== asked) {
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const stated = page.querySelector("[data-stated]");
    // A page that leads elsewhere, or that has something to say about an answer, is for the button to show.
    if (stated && !page.querySelector(".desk-confirm .errorlist")) {
      form.querySelector("[data-stated]").replaceChildren(...stated.childNodes);
    }
  } catch {
    // The button asks again.
  }
};

const later = () => {
  clearTimeout(waiting);
  waiting = setTimeout(restate, PAUSE);
};

form.addEventListener("input", later);
form.addEventListener("change", later);
// Django's calendar and clock fill a field without saying so.
document.addEventListener("click", ({ target }) => {
  if (target.closest?.(".calendarbox, .clockbox, .datetimeshortcuts")) {
    later();
  }
});
