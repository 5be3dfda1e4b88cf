// The check panel's face: the words of a check, a hint, the comparison, and three buttons.
// Every text becomes text nodes; nothing is ever read as HTML.

const PATIENCE = 4000; // milliseconds until we say that no answer came

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function inline(line) {
  const parts = line.split(/(`[^`]+`)/);
  return parts.map((part) =>
    part.length > 2 && part.startsWith("`") && part.endsWith("`")
      ? element("code", "", part.slice(1, -1))
      : document.createTextNode(part),
  );
}

function paragraph(lines, className) {
  const made = element("p", className);
  lines.forEach((line, at) => {
    if (at > 0) made.append(element("br"));
    made.append(...inline(line.trim()));
  });
  return made;
}

// A first line, lines set in by two spaces, tables and code set in further.
function rendered(text, firstClass) {
  const blocks = [];
  let words = [];
  let fixed = [];
  const closeWords = () => {
    if (words.length) blocks.push(paragraph(words, blocks.length ? "" : firstClass));
    words = [];
  };
  const closeFixed = () => {
    while (fixed.length && !fixed[fixed.length - 1].trim()) fixed.pop();
    if (fixed.length) {
      const margin = Math.min(...fixed.filter((l) => l.trim()).map((l) => l.search(/\S/)));
      blocks.push(element("pre", "", fixed.map((l) => l.slice(margin)).join("\n")));
    }
    fixed = [];
  };
  for (const line of text.split("\n")) {
    if (/^ {4}/.test(line)) {
      closeWords();
      fixed.push(line);
    } else if (!line.trim()) {
      closeWords();
      if (fixed.length) fixed.push("");
    } else {
      closeFixed();
      words.push(line);
      if (!blocks.length) closeWords();
    }
  }
  closeWords();
  closeFixed();
  return blocks;
}

function button(label, description) {
  const made = element("button", "champion-button", label);
  made.type = "button";
  made.setAttribute("aria-label", description);
  return made;
}

function render({ model, el }) {
  const title = model.get("title");
  const root = element("div", "champion-panel");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", `Check: ${title}`);

  const said = element("div", "champion-said");
  const hint = element("div", "champion-hint");
  const comparison = element("div", "champion-comparison");
  const note = element("p", "champion-note");
  for (const region of [said, hint, note]) {
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
  }

  const again = button("Check", `Check ${title} again, as its cell last ran`);
  const help = button("Hint", `Next hint for ${title}`);
  const compare = button("Compare with the reference", `Compare ${title} with the reference`);
  const row = element("div", "champion-row");
  row.append(again, help, compare);
  root.append(said, hint, comparison, row, note);
  el.append(root);

  let waiting = null;
  const ask = (word) => {
    if (waiting) return;
    note.textContent = word === "check" ? "Checking…" : "One moment…";
    root.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => {
      settled();
      note.textContent = "No answer came. Run the check cell again (Shift+Enter).";
    }, PATIENCE);
    model.send({ do: word });
  };
  const settled = () => {
    clearTimeout(waiting);
    waiting = null;
    root.removeAttribute("aria-busy");
    note.textContent = "";
  };

  const draw = () => {
    root.dataset.outcome = model.get("outcome");
    said.replaceChildren(...rendered(model.get("said"), "champion-first"));
    hint.replaceChildren(...rendered(model.get("hint"), ""));
    comparison.replaceChildren(...rendered(model.get("comparison"), ""));
    compare.hidden = !model.get("can_compare");
    help.hidden = model.get("outcome") === "passed";
  };
  const answered = () => {
    const focused = root.ownerDocument.activeElement;
    settled();
    draw();
    if (focused && focused.hidden) again.focus();
  };

  again.addEventListener("click", () => ask("check"));
  help.addEventListener("click", () => ask("hint"));
  compare.addEventListener("click", () => ask("compare"));
  model.on("change:turn", answered);
  draw();
  return () => {
    clearTimeout(waiting);
    model.off("change:turn", answered);
  };
}

export default { render };
