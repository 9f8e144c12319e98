// Sends pictures that are chosen, dropped or pasted, each in a request of its own, and shows how far each one is.
// Without this the form sends them all at once.

const AT_ONCE = 2;
const MOST_TIMES = 20; // How often a file is sent again because the site is busy.

const form = document.querySelector(".picture-add__form");
const field = form.querySelector("input[type=file]");
const drop = form.querySelector(".picture-add__drop");
const arrivals = document.querySelector(".picture-arrivals");
const list = arrivals.querySelector("ul");
const onward = arrivals.querySelector(".picture-arrivals__on");
const count = arrivals.querySelector(".picture-arrivals__count");
const waiting = [];
const taken = [];
let running = 0;
let all = 0;
let done = 0;
let refused = 0;

const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? form.csrfmiddlewaretoken.value;

const tell = () => {
  const open = all - done - refused;
  count.textContent = [
    `${done} of ${all} added`,
    refused ? `${refused} not taken` : "",
    open ? `${open} on the way` : "",
  ]
    .filter(Boolean)
    .join(", ");
  onward.hidden = open > 0 || taken.length === 0;
  const query = new URLSearchParams([...new Set(taken)].map((key) => ["of", key]));
  onward.href = `${form.dataset.words}?${query}`;
};

const say = (row, what, words) => {
  const line = row.querySelector(".picture-arrival__what");
  line.textContent = words ?? line.dataset[what];
  row.dataset.state = what;
  row.querySelector("progress").hidden = !["waiting", "sending", "reading", "busy"].includes(what);
};

const added = (row, told) => {
  done += 1;
  if (told.may_change) {
    taken.push(told.picture);
  }
  say(row, told.is_known ? "known" : "done");
  const name = document.createElement("a");
  name.href = told.page;
  name.textContent = told.name;
  row.querySelector(".picture-arrival__name").replaceChildren(name);
  if (told.remark && !told.is_known) {
    row.querySelector(".picture-arrival__what").textContent += `: ${told.remark}`;
  }
  const image = new Image();
  image.alt = "";
  image.src = told.thumbnail;
  row.querySelector(".picture-arrival__shown").replaceChildren(image);
};

const failed = (row, what, words, file) => {
  refused += 1;
  say(row, what, words);
  const again = row.querySelector("button");
  again.hidden = what === "refused" || what === "large";
  again.onclick = () => {
    refused -= 1;
    again.hidden = true;
    enqueue(row, file, 0);
  };
};

const send = ({ row, file, times }) => {
  running += 1;
  const request = new XMLHttpRequest(); // fetch does not tell how much has been sent.
  const bar = row.querySelector("progress");
  const data = new FormData();
  data.set("files", file, file.name || "pasted.png");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    if (loaded === total) {
      bar.removeAttribute("value");
      say(row, "reading");
    }
  });
  request.addEventListener("loadend", () => {
    running -= 1;
    if (request.status === 503 && times < MOST_TIMES) {
      say(row, "busy");
      const pause = 1000 * Number(request.getResponseHeader("Retry-After") || 2) * (1 + Math.random());
      setTimeout(() => enqueue(row, file, times + 1), pause);
    } else if (request.status === 200 && request.response?.picture) {
      added(row, request.response);
    } else if (request.response?.refused) {
      failed(row, request.status === 503 ? "later" : "refused", request.response.refused, file);
    } else if (request.status === 413) {
      failed(row, "large", undefined, file);
    } else if (request.status === 403 || request.responseURL.includes("/login/")) {
      failed(row, "signedOut", undefined, file);
    } else {
      failed(row, "lost", undefined, file);
    }
    tell();
    next();
  });
  request.open("POST", location.pathname);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", token());
  request.responseType = "json";
  say(row, "sending");
  request.send(data);
};

const next = () => {
  while (running < AT_ONCE && waiting.length) {
    send(waiting.shift());
  }
};

const enqueue = (row, file, times) => {
  say(row, times ? "busy" : "waiting");
  waiting.push({ row, file, times });
  tell();
  next();
};

const add = (files) => {
  if ("popup" in form.dataset) {
    // Opened by another form, which takes one picture: sent as the form is.
    const one = new DataTransfer();
    one.items.add(files[0]);
    field.files = one.files;
    form.submit();
    return;
  }
  [...files].forEach((file) => {
    const row = document.getElementById("arrival").content.firstElementChild.cloneNode(true);
    row.querySelector(".picture-arrival__name").textContent = file.name || "pasted";
    list.append(row);
    all += 1;
    if (file.size > Number(form.dataset.largest)) {
      failed(row, "large", undefined, file);
      tell();
    } else {
      enqueue(row, file, 0);
    }
  });
  arrivals.hidden = false;
};

field.addEventListener("change", () => {
  if (field.files.length) {
    add(field.files);
  }
  if (!("popup" in form.dataset)) {
    field.value = "";
  }
});
document.addEventListener("paste", (event) => {
  const { files } = event.clipboardData;
  if (files.length) {
    event.preventDefault();
    add(files);
  }
});
document.addEventListener("dragover", (event) => {
  if ([...event.dataTransfer.types].includes("Files")) {
    event.preventDefault();
    drop.classList.add("picture-add__drop--over");
  }
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) {
    drop.classList.remove("picture-add__drop--over");
  }
});
document.addEventListener("drop", (event) => {
  drop.classList.remove("picture-add__drop--over");
  if (event.dataTransfer.files.length) {
    event.preventDefault();
    add(event.dataTransfer.files);
  }
});
window.addEventListener("beforeunload", (event) => {
  if (running || waiting.length) {
    event.preventDefault();
  }
});

form.addEventListener("submit", (event) => event.preventDefault());
form.querySelectorAll(".picture-add__plain").forEach((part) => part.remove());
form.querySelector(".picture-add__call").hidden = false;
