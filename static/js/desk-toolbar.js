// Toolbar buttons that insert Markdown into a review's body. Without this it is typed.

{
  const { replace, append, nextNote } = deskTyping;
  const field = document.getElementById("id_body");
  const isMac = /Mac|iP(?:hone|ad)/.test(navigator.platform);

  // The range of the lines that the selection touches.
  const lines = () => {
    const { value, selectionStart, selectionEnd } = field;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const last = selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? selectionEnd - 1 : selectionEnd;
    const feed = value.indexOf("\n", Math.max(last, start));
    return { start, end: feed < 0 ? value.length : feed };
  };

  // Rewrites the selected lines and selects them; without a selection the caret stays.
  const rewrite = (change) => {
    const { start, end } = lines();
    const { selectionStart, selectionEnd, value } = field;
    const after = change(value.slice(start, end).split("\n")).join("\n");
    replace(field, start, end, after);
    if (selectionStart === selectionEnd) {
      const caret = Math.max(start, start + after.length - (end - selectionStart));
      field.setSelectionRange(caret, caret);
    } else {
      field.setSelectionRange(start, start + after.length);
    }
  };

  const SIGN = /^(?:#{1,6} |[-+*] |\d{1,9}[.)] )/;
  const bare = (line) => line.replace(SIGN, "");

  // Adds a prefix to every line that is not empty, or removes it if all have it. A single empty line gets one, too.
  const begun = (has, sign) => (written) => {
    const said = written.filter((line) => line.trim());
    if (said.length && said.every((line) => has.test(line))) {
      return written.map((line) => line.replace(has, ""));
    }
    let number = 0;
    return written.map((line) => (line.trim() || !said.length ? sign((number += 1)) + bare(line) : line));
  };

  const heading = (written) => {
    const level = /^(#+) /.exec(written[0])?.[1].length ?? 0;
    const sign = level < 2 ? "## " : level === 2 ? "### " : "";
    return written.map((line) => (line.trim() || written.length === 1 ? sign + bare(line) : line));
  };

  const quoted = (written) =>
    written.every((line) => line.startsWith(">"))
      ? written.map((line) => line.replace(/^> ?/, ""))
      : written.map((line) => `> ${line}`.trimEnd() + (written.length === 1 && !line ? " " : ""));

  // How many stars are at the end of one text and the beginning of another.
  const stars = (before, after) =>
    Math.min(/\**$/.exec(before)[0].length, /^\**/.exec(after)[0].length);
  const isMarked = (count, mark) => (mark.length === 2 ? count === 2 || count === 3 : count === 1 || count === 3);

  const emphasise = (mark) => {
    const { value } = field;
    let { selectionStart: start, selectionEnd: end } = field;
    const caret = start;
    if (start === end) {
      // The word that the caret is in.
      start -= /[\p{L}\p{N}\p{M}’'-]*$/u.exec(value.slice(0, start))[0].length;
      end += /^[\p{L}\p{N}\p{M}’'-]*/u.exec(value.slice(end))[0].length;
    }
    const isWord = field.selectionStart === field.selectionEnd && start < end;
    const words = value.slice(start, end);
    start += /^\s*/.exec(words)[0].length;
    end = Math.max(start, start + words.trim().length);
    const size = mark.length;
    if (isMarked(stars(value.slice(0, start), value.slice(end)), mark)) {
      const inner = value.slice(start, end);
      replace(field, start - size, end + size, inner);
      const at = isWord ? caret - size : start - size;
      field.setSelectionRange(at, isWord ? at : at + inner.length);
      return;
    }
    const parts = value.slice(start, end).split(/(\n\s*\n)/);
    const said = parts.filter((part, place) => place % 2 === 0 && part);
    const isOn = said.length > 0 && said.every((part) => part.length > 2 * size && isMarked(stars(part, part), mark));
    const after = parts
      .map((part, place) => {
        if (place % 2 || (!part && parts.length > 1)) {
          return part;
        }
        return isOn ? part.slice(size, -size) : mark + part + mark;
      })
      .join("");
    replace(field, start, end, after);
    if (isWord) {
      field.setSelectionRange(caret + size, caret + size);
    } else if (isOn || parts.length > 1) {
      field.setSelectionRange(start, start + after.length);
    } else {
      field.setSelectionRange(start + size, start + after.length - size);
    }
  };

  const surround = (opening, closing) => {
    const { value, selectionStart: start, selectionEnd: end } = field;
    const words = value.slice(start, end);
    replace(field, start, end, opening + words + closing);
    field.setSelectionRange(start + opening.length, start + opening.length + words.length);
  };

  const link = () => {
    const { value, selectionStart: start, selectionEnd: end } = field;
    const words = value.slice(start, end);
    const linked = /^\[([^\]]*)\]\([^()\s]*\)$/.exec(words);
    if (linked) {
      replace(field, start, end, linked[1]);
      field.setSelectionRange(start, start + linked[1].length);
    } else if (/^(?:https?:\/\/|mailto:)\S+$/.test(words)) {
      replace(field, start, end, `[](${words})`);
      field.setSelectionRange(start + 1, start + 1);
    } else {
      const address = "https://";
      replace(field, start, end, `[${words}](${address})`);
      const at = words ? start + words.length + 3 : start + 1;
      field.setSelectionRange(at, words ? at + address.length : at);
    }
  };

  // Inserts a footnote mark at the caret and its text at the end, and moves the caret there; from there, back.
  const footnote = () => {
    const { value, selectionEnd: at } = field;
    const { start } = lines();
    const here = /^\[\^([^\]\s]+)\]:/.exec(value.slice(start));
    const mark = here && [...value.matchAll(/\[\^([^\]\s]+)\](?!:)/g)].find(([, label]) => label === here[1]);
    if (mark) {
      const behind = mark.index + mark[0].length;
      field.setSelectionRange(behind, behind);
      return;
    }
    const written = `[^${nextNote(value)}]`;
    append(field, `${written}: `);
    replace(field, at, at, written);
    field.setSelectionRange(field.value.length, field.value.length);
    field.scrollTop = field.scrollHeight;
  };

  const OPENS = /^:{3,}\s*spoilers?\b/i;
  const CLOSES = /^:{3,}\s*$/;

  const spoiler = () => {
    const { start, end } = lines();
    const { value } = field;
    const inside = value.slice(start, end).split("\n");
    if (OPENS.test(inside[0]) && inside.length > 1 && CLOSES.test(inside.at(-1))) {
      rewrite((written) => written.slice(1, -1));
      return;
    }
    const before = value.slice(0, Math.max(0, start - 1)).split("\n").at(-1);
    const after = value.slice(end + 1).split("\n")[0];
    if (start > 0 && OPENS.test(before) && CLOSES.test(after)) {
      const words = inside.join("\n");
      const from = start - before.length - 1;
      replace(field, from, end + 1 + after.length, words);
      field.setSelectionRange(from, from + words.length);
      return;
    }
    const opening = "::: spoiler\n";
    replace(field, start, end, `${opening}${value.slice(start, end)}\n:::`);
    field.setSelectionRange(start + opening.length, start + opening.length + (end - start));
  };

  const tools = {
    heading: () => rewrite(heading),
    bold: () => emphasise("**"),
    italic: () => emphasise("*"),
    link,
    bullets: () => rewrite(begun(/^[-+*] /, () => "- ")),
    numbers: () => rewrite(begun(/^\d{1,9}[.)] /, (number) => `${number}. `)),
    quotation: () => rewrite(quoted),
    footnote,
    spoiler,
    picture: () => field.dispatchEvent(new CustomEvent("picture")),
    marks: () => surround("“", "”"),
    dash: () => replace(field, field.selectionStart, field.selectionEnd, "–"),
  };

  const use = (does) => {
    field.focus();
    tools[does]();
  };

  // “Mod+Alt+2” as people read it and as machines do.
  const shown = (keys) =>
    isMac
      ? keys.replace("Mod", "⌘").replace("Alt", "⌥").replace("Shift", "⇧").replaceAll("+", "")
      : keys.replace("Mod", "Ctrl");
  const named = (keys) => keys.replace("Mod", isMac ? "Meta" : "Control");
  const isPressed = (keys, event) => {
    const parts = keys.split("+");
    const key = parts.at(-1);
    const isKey =
      event.code === `Digit${key}` || (parts.length > 2 ? event.code === `Key${key}` : event.key.toUpperCase() === key);
    return isKey && event.altKey === parts.includes("Alt") && event.shiftKey === parts.includes("Shift");
  };

  const build = () => {
    const bar = document.getElementById("writing-tools").content.firstElementChild.cloneNode(true);
    const buttons = [...bar.querySelectorAll("button")];
    bar.setAttribute("aria-controls", field.id);
    buttons.forEach((button, place) => {
      const { keys, name } = button.dataset;
      button.tabIndex = place ? -1 : 0;
      if (name) {
        button.setAttribute("aria-label", name);
      }
      if (keys) {
        button.setAttribute("aria-keyshortcuts", named(keys));
      }
      button.title = [name, keys && shown(keys)].filter(Boolean).join(" ");
      button.addEventListener("click", () => use(button.dataset.does));
    });
    // A click keeps the field's focus and selection.
    bar.addEventListener("mousedown", (event) => event.preventDefault());

    const stopAt = (button) => {
      buttons.forEach((each) => {
        each.tabIndex = each === button ? 0 : -1;
      });
      button.focus();
    };
    bar.addEventListener("keydown", (event) => {
      const place = buttons.indexOf(document.activeElement);
      const step = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
      const to = { ArrowRight: place + step, ArrowLeft: place - step, Home: 0, End: buttons.length - 1 }[event.key];
      if (place >= 0 && to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        stopAt(buttons.at(to % buttons.length));
      }
    });

    field.addEventListener("keydown", (event) => {
      // AltGr types a character.
      if (!(isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) || event.getModifierState("AltGraph")) {
        return;
      }
      const button = buttons.find(({ dataset }) => dataset.keys && isPressed(dataset.keys, event));
      if (button && !event.isComposing) {
        event.preventDefault();
        use(button.dataset.does);
      }
    });
    field.before(bar);
  };

  if (field && !field.readOnly && !field.disabled) {
    build();
  }
}
