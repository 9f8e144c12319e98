// Sends every form with the token of now: signing in again, in whatever window, makes the one in an open page invalid.

document.addEventListener(
  "submit",
  (event) => {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    const field = event.target.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && field) {
      field.value = token;
    }
  },
  true,
);
