// Puts pictures into a review's body: chosen with a button, pasted or dropped. Each is sent to the library, and a
// placeholder holds its place until the answer. What was typed stays, whatever happens.

{
  const { replace, say, token, apart } = deskTyping;
  const field = document.getElementById("id_body");
  const aids = document.getElementById("writing");
  const LEFT_ALONE = 5; // Seconds after which a file that found the library busy is sent again, up to so many times.
  const PATIENCE = 120_000; // Timeout of an answer, in milliseconds.
  let sent = 0;

  // Names are shown in sentences and between brackets.
  const named = (file) => file.name.replace(/[\[\]()\\`*_<>\n]/g, " ").trim().slice(0, 60) || "image";
  const said = (which, name) => aids.dataset[which].replace("#", name);
  const isPicture = (file) => /^image\//.test(file.type);

  const put = (name) => {
    sent += 1;
    const holder = `![${said("sending", name)} (${sent})…]()`;
    const { selectionStart: start, selectionEnd: end } = field;
    const isEmpty = start === end;
    const words = apart(field, holder, isEmpty ? start : end, end);
    replace(field, isEmpty ? start : end, end, words);
    return holder;
  };

  // Replaces a placeholder wherever it is by now, and keeps the caret at its words. False if it is gone.
  const exchange = (holder, words) => {
    const start = field.value.indexOf(holder);
    if (start < 0) {
      return false;
    }
    const { selectionStart, selectionEnd, scrollTop } = field;
    const end = start + holder.length;
    const moved = (caret) =>
      caret >= end ? caret + words.length - holder.length : Math.min(caret, start + words.length);
    replace(field, start, end, words);
    field.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    field.scrollTop = scrollTop;
    return true;
  };

  // Takes a placeholder away again, with the empty line that came with it.
  const remove = (holder) => exchange(`${holder}\n\n`, "") || exchange(`\n\n${holder}`, "") || exchange(holder, "");

  const asked = async (file, tries = LEFT_ALONE) => {
    const data = new FormData();
    data.set("files", file, file.name || "image");
    const response = await fetch(aids.dataset.pictures, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json", "X-CSRFToken": token(field.form) },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status === 503 && tries) {
      await new Promise((resolve) => {
        setTimeout(resolve, 1000 * (Number(response.headers.get("Retry-After")) || LEFT_ALONE));
      });
      return asked(file, tries - 1);
    }
    return response.json();
  };

  const send = async (file, holder) => {
    const name = named(file);
    try {
      const { name: picture, remark, refused } = await asked(file);
      if (!picture) {
        remove(holder);
        say(refused ? `${name}: ${refused}` : said("lost", name));
      } else if (exchange(holder, `![](picture:${picture})`)) {
        say(remark ? `${name}: ${remark}` : aids.dataset.sent);
      } else {
        say(said("kept", picture));
      }
    } catch {
      remove(holder);
      say(said("lost", name));
    }
  };

  const take = async (files) => {
    const pictures = files.filter(isPicture);
    const others = files.filter((file) => !isPicture(file));
    field.focus();
    const places = pictures.map((file) => [file, put(named(file))]);
    // One after the other: the library reads one at a time.
    for (const [file, holder] of places) {
      await send(file, holder);
    }
    if (others.length) {
      say(said("noPicture", named(others[0])));
    }
  };

  const choose = () => {
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = "image/*";
    chooser.multiple = true;
    chooser.addEventListener("change", () => take([...chooser.files]));
    chooser.click();
  };

  const paste = (event) => {
    const files = [...event.clipboardData.files].filter(isPicture);
    // What comes with text is text, of which a word processor adds an image.
    if (event.defaultPrevented || !files.length || event.clipboardData.getData("text/plain")) {
      return;
    }
    event.preventDefault();
    take(files);
  };

  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

  const drop = (event) => {
    if (hasFiles(event)) {
      // A browser would leave the page for the file.
      event.preventDefault();
      take([...event.dataTransfer.files]);
    }
  };

  if (field && aids?.dataset.pictures && !field.readOnly && !field.disabled) {
    field.addEventListener("picture", choose);
    field.addEventListener("paste", paste);
    field.addEventListener("dragover", (event) => {
      if (hasFiles(event)) {
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      }
    });
    field.addEventListener("drop", drop);
  }
}
