// Converts text pasted from a word processor or a web page to Markdown: inserts the plain text at once, as without this
// script, then replaces it with the server's Markdown. Undo restores the plain text.

{
  const { replace, append, nextNote, say, token, apart } = deskTyping;
  const PATIENCE = 15000; // Timeout of the server's response, in milliseconds.
  // Has formatting: emphasis, links, lists… or paragraphs, which plain text divides by a single line feed.
  const SHAPED = new RegExp(
    "<(?:a\\s[^>]*href|b|strong|i|em|h[1-6]|ul|ol|li|table|blockquote|pre|code|img|iframe|hr|br|details)[\\s>/]" +
      "|font-weight:\\s*(?:bold|[6-9]00)|font-style:\\s*italic|\\bmso-|</p>[^]*</p>|</div>[^]*</div>",
    "i",
  );

  const field = document.getElementById("id_body");
  const aids = document.getElementById("writing");
  let isPlainWanted = false;

  // Embedded pictures and style sheets are large and not needed.
  const slim = (html) =>
    html.replace(/(["'])data:[^"']*\1/g, '""').replace(/<style\b[^>]*>[^]*?<\/style\s*>/gi, "");

  const asked = async (html, note) => {
    const data = new FormData();
    data.set("html", html);
    data.set("first_note", note);
    const response = await fetch(aids.dataset.paste, {
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": token(field.form) },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status === 413) {
      return { says: (await response.json()).error };
    }
    if (!response.ok) {
      throw new Error(response.statusText);
    }
    return response.json();
  };

  // Tracks a range of the text while text is typed elsewhere; drops it once it is edited itself.
  const follow = (start, length) => {
    const place = { start, length, isWhole: true };
    let before = field.value;
    const listen = () => {
      const after = field.value;
      const shorter = Math.min(before.length, after.length);
      let same = 0;
      while (same < shorter && before[same] === after[same]) {
        same += 1;
      }
      let tail = 0;
      while (tail < shorter - same && before.at(-1 - tail) === after.at(-1 - tail)) {
        tail += 1;
      }
      if (before.length - tail <= place.start) {
        place.start += after.length - before.length;
      } else if (same < place.start + place.length) {
        place.isWhole = false;
      }
      before = after;
    };
    field.addEventListener("input", listen);
    place.stop = () => field.removeEventListener("input", listen);
    return place;
  };

  let isComposing = false;
  field?.addEventListener("compositionstart", () => {
    isComposing = true;
  });
  field?.addEventListener("compositionend", () => {
    isComposing = false;
  });
  const calm = () =>
    isComposing
      ? new Promise((resolve) => {
          field.addEventListener("compositionend", () => setTimeout(resolve), { once: true });
        })
      : undefined;

  const isBlock = (markdown) => /\n\n|^(?:#{1,6} |[-*+] |\d+[.)] |> |\| |```|:::)/.test(markdown);

  // Replaces the plain text with the Markdown, and keeps the caret at its words.
  const exchange = (place, markdown, note) => {
    const { selectionStart, selectionEnd, scrollTop } = field;
    const notesAt = markdown.indexOf(`\n\n[^${note}]: `);
    const end = place.start + place.length;
    const body = notesAt < 0 ? markdown : markdown.slice(0, notesAt);
    const words = isBlock(body) ? apart(field, body, place.start, end) : body;
    const moved = (caret) =>
      caret >= end ? caret + words.length - place.length : Math.min(caret, place.start + words.length);
    if (notesAt >= 0) {
      append(field, markdown.slice(notesAt + 2));
    }
    replace(field, place.start, end, words);
    field.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    field.scrollTop = scrollTop;
  };

  const paste = async (event) => {
    const { clipboardData } = event;
    const html = clipboardData.getData("text/html");
    const plain = clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    const isCode = clipboardData.types.includes("vscode-editor-data"); // Its HTML is only syntax colours.
    if (event.defaultPrevented || isPlainWanted || isCode || !plain || !SHAPED.test(html)) {
      return;
    }
    const sent = slim(html);
    if (sent.length > Number(aids.dataset.longest)) {
      say(aids.dataset.plain);
      return;
    }
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end } = field;
    const note = nextNote(field.value);
    replace(field, start, end, plain);
    const place = follow(start, plain.length);
    try {
      const { markdown, says, pictures } = await asked(sent, note);
      await calm();
      if (says) {
        place.stop();
        say(says);
        return;
      }
      if (!markdown || !place.isWhole || field.value.slice(place.start, place.start + place.length) !== plain) {
        throw new Error("There is nothing to put, or nowhere.");
      }
      place.stop();
      const leftOut = pictures ? aids.dataset.leftOut : "";
      if (markdown !== plain) {
        exchange(place, markdown, note);
        say(leftOut || aids.dataset.pasted);
      } else if (leftOut) {
        say(leftOut);
      }
    } catch {
      place.stop();
      say(aids.dataset.plain);
    }
  };

  if (field && aids && !field.readOnly && !field.disabled) {
    field.addEventListener("paste", paste);
    field.addEventListener("keydown", (event) => {
      isPlainWanted = event.code === "KeyV" && event.shiftKey && (event.ctrlKey || event.metaKey);
    });
  }
}
