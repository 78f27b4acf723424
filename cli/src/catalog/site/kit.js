// Elements, the clipboard, and what else all parts need. Text goes in as text nodes only: nothing here parses HTML.

const find = (id) => document.getElementById(id);

/** An element; attributes that are false, null or absent are left out, and so are such children. */
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat(3).filter((child) => child != null && child !== false));
  return made;
}

let fading;

/** Says something in passing, aloud too. */
function say(text) {
  const said = find("said");
  said.textContent = text;
  said.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => said.classList.remove("shown"), 1600);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No permission, or no secure context: the old way needs neither.
    const field = el("textarea", { class: "unseen" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  say("Copied");
}

/** A button that copies; `text` is a function where the text is costly. */
function copyButton(text, label = "Copy") {
  const onclick = () => copy(typeof text === "function" ? text() : text);
  return el("button", { type: "button", class: "copy", onclick }, label);
}

/** Lines of code with a button to copy them. */
function codeBlock(shown, copied = shown, label = "Copy") {
  return el("div", { class: "code" }, el("pre", { tabindex: "0" }, el("code", {}, shown)), copyButton(copied, label));
}

/** A Rust type, its modules less loud than its names. */
function typeName(type) {
  const parts = type.split(/((?:\w+::)+)/).map((part) => (part.endsWith("::") ? el("span", {}, part) : part));
  return el("code", { class: "type" }, parts);
}

const VERDICTS = { source: "breaks code", wire: "breaks on the wire", compatible: "compatible" };

function verdictMark(change) {
  return el("span", { class: `mark ${change.verdict}`, title: change.text }, VERDICTS[change.verdict]);
}

/** The address of an event on this page, or of a field in it. */
function address(event, keys = []) {
  return "#" + [event.type, ...keys].map(encodeURIComponent).join("/");
}

