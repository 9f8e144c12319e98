// Updates what a confirm page states while its form is filled in, so that one click confirms it. The server makes the
// statements, and acts only once the button is clicked. Works without this, with two clicks.

const PAUSE = 400; // Milliseconds without typing before the page is requested.

const form = document.querySelector("[data-stated]").closest("form");
let asked = 0;
let waiting;

const restate = async () => {
  const number = ++asked;
  const answers = new FormData(form);
  answers.set("stated", ""); // Without a digest the server only states, and does nothing.
  try {
    const response = await fetch(location.href, { method: "POST", body: answers, redirect: "manual" });
    if (!response.ok || number !== asked) {
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const stated = page.querySelector("[data-stated]");
    // A redirect or a form error is shown when the button is clicked.
    if (stated && !page.querySelector(".desk-confirm .errorlist")) {
      form.querySelector("[data-stated]").replaceChildren(...stated.childNodes);
    }
  } catch {
    // The button sends the form again.
  }
};

const later = () => {
  clearTimeout(waiting);
  waiting = setTimeout(restate, PAUSE);
};

form.addEventListener("input", later);
form.addEventListener("change", later);
// Django's date and time shortcuts change a field without an event.
document.addEventListener("click", ({ target }) => {
  if (target.closest?.(".calendarbox, .clockbox, .datetimeshortcuts")) {
    later();
  }
});
