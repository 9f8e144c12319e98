// Edits a text field as if it had been typed: with undo and input events.

const deskTyping = (() => {
  // Replaces a range of the field with text; the caret is then behind it.
  const replace = (field, start, end, words) => {
    if (field.value.slice(start, end) === words) {
      field.setSelectionRange(end, end);
      return;
    }
    const expected = field.value.slice(0, start) + words + field.value.slice(end);
    if (document.activeElement === field) {
      field.setSelectionRange(start, end);
      document.execCommand(words ? "insertText" : "delete", false, words);
    }
    // Not supported, or the focus is in another field: replace it without undo.
    if (field.value !== expected) {
      field.setRangeText(words, start, end, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
    }
  };

  // Appends text after an empty line; returns its start.
  const append = (field, words) => {
    const { length } = field.value;
    const feeds = /\n*$/.exec(field.value)[0].length;
    const gap = length ? "\n".repeat(Math.max(0, 2 - feeds)) : "";
    replace(field, length, length, gap + words);
    return length + gap.length;
  };

  // The number of the next footnote.
  const nextNote = (text) => {
    const numbers = [...text.matchAll(/\[\^(\d{1,5})\]/g)].map(([, number]) => Number(number));
    return Math.max(0, ...numbers) + 1;
  };

  // Says a sentence below the body; announced again even if it repeats the last one.
  const say = (sentence) => {
    const line = document.querySelector("#writing [data-said]");
    line.textContent = "";
    setTimeout(() => {
      line.textContent = sentence;
    }, 50);
  };

  const token = (form) =>
    /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? form.elements.namedItem("csrfmiddlewaretoken").value;

  // Blocks need an empty line before and after.
  const apart = (field, block, start, end) => {
    const before = field.value.slice(0, start);
    const behind = field.value.slice(end);
    const feeds = (found) => "\n".repeat(Math.max(0, 2 - found[0].length));
    return (before ? feeds(/\n*$/.exec(before)) : "") + block + (behind ? feeds(/^\n*/.exec(behind)) : "");
  };

  return { replace, append, nextNote, say, token, apart };
})();
