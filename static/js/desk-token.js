// Puts the current CSRF token into a form when it is sent: signing in again in any window invalidates the old one.

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
