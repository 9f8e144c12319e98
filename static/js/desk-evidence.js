// Cites the passage selected in the body in a judgement or as the pull quote. Without this it is typed.

{
  const bar = document.getElementById("evidence");
  const body = document.getElementById("id_body");
  const form = bar?.closest("form");
  const isMac = /Mac|iP(?:hone|ad)/.test(navigator.platform);

  const start = () => {
    const part = (name) => bar.querySelector(`[data-${name}]`);
    const field = (name) => form.elements.namedItem(name);
    const quote = document.getElementById("id_pull_quote");
    const rows = document.getElementById("judgements-group");
    const keys = { evidence: "E", quote: "P" };
    let rowInUse = null; // The row that was last typed in.
    let offeredFor = "";

    const shown = (key) => (isMac ? `⌘⌥${key}` : `Ctrl+Alt+${key}`);
    const isDigest = () => {
      const chosen = field("provenance");
      return chosen ? chosen.value === "digest" : bar.dataset.digest === "yes";
    };
    const mayQuote = () => quote !== null && !quote.readOnly && !isDigest();

    const say = (sentence, { canUndo = false } = {}) => {
      part("said").textContent = sentence;
      part("undo").hidden = !canUndo;
    };

    // -- Showing the buttons ---------------------------------------------------------------------------------------

    const selected = () => body.value.slice(body.selectionStart, body.selectionEnd);

    const offer = () => {
      if (document.activeElement !== body) {
        return; // The selection event may arrive after the focus has moved on.
      }
      const passage = selected().trim() ? `${body.selectionStart}-${body.selectionEnd}` : "";
      if (passage === offeredFor) {
        return;
      }
      offeredFor = passage;
      say("");
      bar.hidden = !passage;
      part("quote").hidden = !mayQuote();
      part("why").hidden = !isDigest();
      setTimeout(() => {
        // Announced once the selection stops changing.
        if (passage === offeredFor) {
          const words = mayQuote() ? bar.dataset.offer : bar.dataset.offerDigest;
          document.getElementById("evidence-offer").textContent = passage
            ? words.replace("#1", shown(keys.evidence)).replace("#2", shown(keys.quote))
            : "";
        }
      }, 600);
    };

    const put = (input, value) => {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };

    // The rendered text of the selection, as it can be cited; null if there is none.
    const passageFor = async (longest) => {
      const { value, selectionStart, selectionEnd } = body;
      const data = new FormData();
      data.set("before", value.slice(0, selectionStart));
      data.set("selected", value.slice(selectionStart, selectionEnd));
      data.set("after", value.slice(selectionEnd));
      const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
      data.set("csrfmiddlewaretoken", token ?? field("csrfmiddlewaretoken").value);
      try {
        const response = await fetch(bar.dataset.url, { method: "POST", body: data, redirect: "error" });
        if (response.status === 413) {
          say((await response.json()).error);
          return null;
        }
        if (!response.ok) {
          throw new Error(response.status);
        }
        const found = await response.json();
        if (!found.passage) {
          say(bar.dataset.none);
        } else if (longest > 0 && found.passage.length > longest) {
          say(bar.dataset.long.replace("#", longest));
        } else {
          return found;
        }
      } catch {
        say(bar.dataset.failing);
      }
      return null;
    };

    // -- Evidence of a judgement -----------------------------------------------------------------------------------

    const evidenceOf = (row) => row?.querySelector(".field-evidence textarea");
    const isFree = (row) =>
      row?.isConnected && evidenceOf(row)?.value.trim() === "" && !row.querySelector("[name$=-DELETE]:checked");
    const open = () => [...rows.querySelectorAll("tr.form-row:not(.empty-form)")];

    const row = () => {
      const free = [rowInUse, ...open()].find(isFree);
      if (free) {
        return free;
      }
      rows.querySelector(".add-row a")?.click();
      return open().at(-1);
    };

    const cite = async () => {
      const found = await passageFor(evidenceOf(rows)?.maxLength ?? 0);
      const into = found && row();
      if (!into) {
        return;
      }
      put(evidenceOf(into), found.passage);
      // Django makes the field's autocomplete shortly after it adds the row.
      setTimeout(() => {
        const chooser = into.querySelector(".field-aspect .select2-selection") ?? into.querySelector(".field-aspect select");
        chooser?.focus();
        bar.hidden = true;
        offeredFor = "";
        into.scrollIntoView({ block: "center" });
        document.getElementById("evidence-offer").textContent = bar.dataset.cited;
      });
    };

    // -- The pull quote --------------------------------------------------------------------------------------------

    let before = "";

    const pull = async () => {
      if (!mayQuote()) {
        return;
      }
      const found = await passageFor(quote.maxLength);
      if (!found) {
        return;
      }
      before = quote.value;
      put(quote, found.passage);
      const spoils = found.in_spoiler ? ` ${bar.dataset.spoils}` : "";
      say(`${bar.dataset.quoted} “${found.passage}”.${spoils}`, { canUndo: true });
    };

    const undo = () => {
      put(quote, before);
      say(bar.dataset.back);
      body.focus();
    };

    // -- Clicks and keys -------------------------------------------------------------------------------------------

    const uses = { evidence: cite, quote: pull };
    Object.entries(uses).forEach(([name, use]) => {
      const button = part(name);
      button.title = shown(keys[name]);
      button.setAttribute("aria-keyshortcuts", `${isMac ? "Meta" : "Control"}+Alt+${keys[name]}`);
      button.addEventListener("click", use);
    });
    part("undo").addEventListener("click", undo);
    // A click keeps the body's selection and the focus.
    bar.addEventListener("mousedown", (event) => event.preventDefault());

    body.addEventListener("keydown", (event) => {
      const isOurs = event.altKey && !event.shiftKey && (isMac ? event.metaKey : event.ctrlKey);
      const name = Object.keys(uses).find((each) => event.code === `Key${keys[each]}`);
      // On layouts with AltGr the same keys may type a letter.
      if (isOurs && name && !event.getModifierState("AltGraph") && selected().trim()) {
        event.preventDefault();
        uses[name]();
      }
    });
    ["select", "keyup", "pointerup", "input"].forEach((name) => body.addEventListener(name, offer));
    document.addEventListener("selectionchange", offer);
    rows?.addEventListener("focusin", (event) => {
      rowInUse = event.target.closest("tr.form-row");
    });
    field("provenance")?.addEventListener?.("change", () => {
      offeredFor = "";
      bar.hidden = true;
    });
    body.after(bar);
  };

  if (form && body && !body.readOnly && body.closest(".form-row")) {
    start();
  }
}
