// Changes a text as if it had been typed: the browser can undo it, and whoever listens to the field hears of it.

const deskTyping = (() => {
  // Puts words in place of a stretch of the field; the caret stands behind them.
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
    // Where the browser cannot, or the writer is in another field by now: done all the same, but not undone.
    if (field.value !== expected) {
      field.setRangeText(words, start, end, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
    }
  };

  // Puts words at the end, after an empty line; answers where they begin.
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

  return { replace, append, nextNote };
})();
