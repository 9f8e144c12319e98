// Counts the body's words as it is typed, by the rule of reviews/text/markdown/words.py. The server renders the first count.

{
  const PER_MINUTE = 238;
  const SPACELESS = "\\u0e00-\\u0fff\\u1000-\\u109f\\u1780-\\u17ff";
  const IDEOGRAPHIC =
    "\\u3005-\\u3007\\u3040-\\u30ff\\u3100-\\u312f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f" +
    "\\u{20000}-\\u{3ffff}";
  const UNITS = new RegExp(`[${IDEOGRAPHIC}]|[${SPACELESS}]+|[^\\s${IDEOGRAPHIC}${SPACELESS}]+`, "gu");
  const IS_SPACELESS = new RegExp(`^[${SPACELESS}]`, "u");

  const field = document.getElementById("id_body");
  const line = document.querySelector("[data-length]");

  const entity = document.createElement("textarea");
  const decoded = (written) => {
    entity.innerHTML = written;
    return entity.value;
  };

  const inline = (text, notes) =>
    text
      .replace(/\[\^([^[\]\s]+)\]/g, (mark, label) => (notes.has(label.toLowerCase()) ? "" : mark))
      .replace(/!\[\]\([^()\s]*\)/g, "Image")
      .replace(/\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)/g, "]")
      .replace(/\\(?=[!-/:-@[-`{-~])/g, "")
      .replace(/&(?:#\w{1,8}|[a-z]\w{0,31});/gi, decoded);

  // The text of Markdown, as far as words are counted: marks without letters may remain.
  const plain = (source) => {
    const defined = new Map();
    const kept = [];
    let fence = "";
    let into = kept;
    for (const written of source.split(/\r?\n/)) {
      const marks = /^ {0,3}(`{3,}|~{3,})/.exec(written);
      if (fence || marks) {
        if (!fence) {
          fence = marks[1];
        } else if (marks?.[1].startsWith(fence) && !written.trim().replaceAll(fence[0], "")) {
          fence = "";
        } else {
          kept.push([written, true]);
        }
        continue;
      }
      const note = /^ {0,3}\[\^([^\]\s]+)\]:(.*)/.exec(written);
      if (note) {
        into = [];
        const label = note[1].toLowerCase();
        defined.set(label, defined.get(label) ?? into);
        into.push([note[2], false]);
        continue;
      }
      if (into !== kept && written.trim() && !/^(?: {4}|\t)/.test(written)) {
        into = kept;
      }
      if (/^ {0,3}\[[^\]^][^\]]*\]:\s*\S+\s*$/.test(written)) {
        continue; // A link definition.
      }
      const said = written
        .replace(/^(?:\s*(?:>|[-+*]\s|\d{1,9}[.)]\s))*/, "")
        .replace(/^\s*:{3,}[ \t]*(?:spoilers?(?:[ \t:]+|$))?/i, "");
      into.push([said.trimStart().startsWith("|") ? said.replace(/(?<!\\)\|/g, " ") : said, false]);
    }
    // Only a footnote that is referred to is counted.
    const notes = new Set(defined.keys());
    const text = (lines) => lines.map(([words, isCode]) => (isCode ? words : inline(words, notes))).join("\n");
    const led = (lines) =>
      lines.flatMap(([words, isCode]) =>
        isCode ? [] : [...words.matchAll(/\[\^([^[\]\s]+)\]/g)].map(([, label]) => label.toLowerCase()),
      );
    const read = [kept];
    const seen = new Set();
    for (const lines of read) {
      led(lines)
        .filter((label) => notes.has(label))
        .forEach((label) => {
          if (!seen.has(label)) {
            seen.add(label);
            read.push(defined.get(label));
          }
        });
    }
    return read.map(text).join("\n");
  };

  const wordsOf = (unit) => {
    if (IS_SPACELESS.test(unit)) {
      return Math.ceil((unit.match(/[\p{L}\p{N}]/gu) ?? []).length / 4);
    }
    return /[\p{L}\p{N}]/u.test(unit) ? 1 : 0;
  };

  const count = (source) => (plain(source).match(UNITS) ?? []).reduce((sum, unit) => sum + wordsOf(unit), 0);

  // Rounds half to even, as Python does.
  const rounded = (number) => (number % 1 === 0.5 ? 2 * Math.round(number / 2) : Math.round(number));

  const show = () => {
    const words = count(field.value);
    const minutes = words ? Math.max(1, rounded(words / PER_MINUTE)) : 0;
    const said = (number, one, many) => (number === 1 ? one : many.replace("#", number));
    const parts = [said(words, line.dataset.word, line.dataset.words)];
    if (minutes) {
      parts.push(said(minutes, line.dataset.minute, line.dataset.minutes));
    }
    line.textContent = parts.join(", ");
  };

  if (field && line) {
    let waiting;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 250);
    });
  }
}
