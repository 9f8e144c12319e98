// Autosaves a review's form, and says who else has it open. Saving works without this.

const QUIET = 1500; // Milliseconds without typing before it is sent,
const LONGEST = 5000; // and at most, while somebody types without a pause.
const BEAT = 30000;

const bar = document.getElementById("autosave-bar");
const form = bar?.closest("form");

const part = (name) => bar.querySelector(`[data-${name}]`);
const field = (name) => form.elements.namedItem(name);

// The typed data, without the page's hidden fields and the buttons.
const typed = () => {
  const data = new FormData(form);
  [...data.keys()].filter((name) => name.startsWith("_") || name.includes("__prefix__")).forEach((name) => data.delete(name));
  data.delete("csrfmiddlewaretoken");
  return data;
};
const written = (data) => JSON.stringify([...data.entries()]);

// With the hidden fields; each request has a sequence number.
const addressed = (data) => {
  field("_turn").value = Number(field("_turn").value) + 1;
  ["_form", "_window", "_turn", "_opened", "_revision"].forEach((name) => data.set(name, field(name).value));
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  data.set("csrfmiddlewaretoken", token ?? field("csrfmiddlewaretoken").value);
  return data;
};

const trouble = (sentence) => {
  const line = part("trouble");
  if (line.textContent !== sentence) {
    line.textContent = sentence;
  }
  bar.classList.toggle("is-troubled", sentence !== "");
};

const showCompany = (sentences) => {
  part("company").replaceChildren(
    ...sentences.map((sentence) => {
      const item = document.createElement("li");
      item.dir = "auto";
      item.textContent = sentence;
      return item;
    }),
  );
};

const showNewer = (sentence) => {
  part("newer").hidden = !sentence;
  part("newer-says").textContent = sentence;
};

// Warns at the field about a quotation that is no longer in the body.
const showFlags = (flags) => {
  form.querySelectorAll(".desk-flag").forEach((flag) => flag.remove());
  form.querySelectorAll("[data-flagged]").forEach((input) => {
    input.removeAttribute("aria-describedby");
    input.removeAttribute("data-flagged");
  });
  Object.entries(flags).forEach(([name, sentence]) => {
    const input = field(name);
    if (!input) {
      return;
    }
    const flag = document.createElement("p");
    flag.className = "desk-flag";
    flag.id = `flag-${name}`;
    flag.role = "status";
    flag.textContent = sentence;
    input.after(flag);
    input.dataset.flagged = "";
    input.setAttribute("aria-describedby", flag.id);
  });
};

const keeper = () => {
  let kept = written(typed()); // What was last stored, or what the page was loaded with.
  let seen = kept;
  let changedAt = 0;
  let typedAt = 0;
  let isSending = false;
  let isLeaving = false;
  let saidAt = Date.now();

  const send = async (data) => {
    isSending = true;
    saidAt = Date.now();
    const holds = data.has("_beat") ? null : written(data);
    try {
      const response = await fetch(bar.dataset.url, { method: "POST", body: addressed(data), redirect: "manual" });
      if (response.type === "opaqueredirect" || response.status === 403) {
        trouble(response.status === 403 ? bar.dataset.refused : bar.dataset.signedOut);
        return;
      }
      if (response.status === 413) {
        const { error } = await response.json().catch(() => ({ error: bar.dataset.refused }));
        trouble(error);
        return;
      }
      if (!response.ok) {
        trouble(response.status >= 500 ? bar.dataset.failing : bar.dataset.refused);
        return;
      }
      const answer = await response.json();
      field("_form").value = answer.form;
      showCompany(answer.company);
      showNewer(answer.newer);
      trouble("");
      if (holds !== null) {
        kept = holds;
        part("state").textContent = `${bar.dataset.kept} ${answer.at}`;
        showFlags(answer.flags);
        document.dispatchEvent(new CustomEvent("desk:kept", { detail: answer }));
      }
    } catch {
      trouble(bar.dataset.failing);
    } finally {
      isSending = false;
    }
  };

  const tick = () => {
    const now = Date.now();
    const data = typed();
    const holds = written(data);
    if (holds !== seen) {
      seen = holds;
      typedAt = now;
      changedAt ||= now;
    }
    if (holds === kept) {
      changedAt = 0;
    }
    if (isSending || isLeaving) {
      return;
    }
    if (changedAt && (now - typedAt >= QUIET || now - changedAt >= LONGEST)) {
      changedAt = now;
      send(data);
    } else if (now - saidAt >= BEAT) {
      beat();
    }
  };

  const beat = () => {
    const data = new FormData();
    data.set("_beat", "1");
    return send(data);
  };

  const leave = () => {
    if (isLeaving) {
      return;
    }
    const data = typed();
    if (written(data) === kept) {
      const gone = new FormData();
      gone.set("_gone", "1");
      navigator.sendBeacon(bar.dataset.url, addressed(gone));
    } else {
      navigator.sendBeacon(bar.dataset.url, addressed(data));
    }
  };

  form.addEventListener("submit", () => {
    isLeaving = true;
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", ({ persisted }) => {
    isLeaving &&= !persisted;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && bar.classList.contains("is-troubled") && written(typed()) !== kept) {
      event.preventDefault(); // The browser asks before unsaved text is lost.
    }
  });
  beat();
  setInterval(tick, 500);
};

if (form) {
  window.addEventListener("load", keeper);
}
