// CommonMark as far as descriptions use it; what is not recognised stays as it was written.

const INLINE = /(`+)([^]*?[^`])\1(?!`)|\*\*([^*]+)\*\*|\[([^\][]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>()\[\]`"']*[^\s<>()\[\]`"'.,;:!?*_])/g;

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, , code, strong, label, target, bare] = found;
    nodes.push(text.slice(end, found.index));
    if (code != null) nodes.push(el("code", {}, code.replace(/^ (.*[^ ].*) $/, "$1")));
    else if (strong != null) nodes.push(el("strong", {}, strong));
    else nodes.push(el("a", { href: target ?? bare, rel: "noreferrer" }, label ?? bare));
    end = found.index + whole.length;
  }
  nodes.push(text.slice(end));
  return nodes.filter((node) => node !== "");
}

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;

/** Paragraphs, lists and fenced blocks. */
function prose(text) {
  const blocks = [];
  let lines = [];
  let fence = null;
  const flush = () => {
    if (lines.length) blocks.push(paragraph(lines));
    lines = [];
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const isFence = /^\s*(```|~~~)/.test(line);
    if (fence && !isFence) {
      fence.push(line);
    } else if (fence) {
      blocks.push(el("pre", { tabindex: "0" }, fence.join("\n")));
      fence = null;
    } else if (isFence) {
      flush();
      fence = [];
    } else if (!line.trim()) {
      flush();
    } else {
      if (ITEM.test(line) && lines.length && !ITEM.test(lines[0])) flush();
      lines.push(line);
    }
  }
  if (fence) lines.push(...fence);
  flush();
  return blocks;
}

function paragraph(lines) {
  if (!ITEM.test(lines[0])) {
    return el("p", {}, inline(lines.join(" ").replace(/^#{1,6}\s+/, "")));
  }
  const items = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ""));
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return el("ul", {}, items.map((item) => el("li", {}, inline(item))));
}

/** What is said of something: its text, then its notes in a line each. */
function docs(said) {
  const notes = (said.notes ?? []).map((note) => el("p", { class: "note" }, inline(note)));
  return [said.text ? prose(said.text) : [], notes];
}

