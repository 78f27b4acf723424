// Search over event types, keys, Rust paths, values and documentation: one pass over texts in lower case.

/** Results that are shown at once. */
const SHOWN = 60;

let texts = null;

/** All that can be found, made when it is first asked for. A type is found in the first event that leads to it. */
function index() {
  if (texts) return texts;
  const [events, fields] = [[], []];
  const reached = new Set();
  for (const event of data.events) {
    events.push(searchable(event.type, event.variant, event.text, event, []));
    const queue = [[event.body.to, []]];
    for (let next = 0; next < queue.length; next += 1) {
      const [type, keys] = queue[next];
      if (type == null || reached.has(type)) continue;
      reached.add(type);
      for (const row of inside(type, "")) {
        const way = [...keys, row.key];
        fields.push(searchable(row.key, row.at, row.typeRef.text, event, way));
        queue.push([row.typeRef.to, way]);
      }
    }
  }
  texts = { events, fields };
  return texts;
}

function searchable(name, path, text, event, keys) {
  const low = name.toLowerCase();
  const paths = `${path}\n${keys.join(" ")}`.toLowerCase();
  return { name, path, text, event, keys, low, paths, all: `${low}\n${paths}\n${(text ?? "").toLowerCase()}` };
}

/** How far from the words an entry is; 0 is best. */
function distance(entry, word) {
  const { low, paths } = entry;
  if (low === word) return 0;
  if (low.startsWith(word)) return 1;
  if (low.includes(word)) return 2;
  return paths.includes(word) ? 3 : 4;
}

function matching(entries, words) {
  const found = [];
  for (const entry of entries) {
    if (words.every((word) => entry.all.includes(word))) {
      found.push([words.reduce((sum, word) => sum + distance(entry, word), 0), entry]);
    }
  }
  return found.sort((left, right) => left[0] - right[0]).map(([, entry]) => entry);
}

/** The name with what was searched for marked in it. */
function marked(name, words) {
  const low = name.toLowerCase();
  const word = words.filter((one) => low.includes(one)).sort((left, right) => right.length - left.length)[0];
  // Lower case may be longer than the text it was made of; then nothing is marked.
  if (!word || low.length !== name.length) return [name];
  const at = low.indexOf(word);
  const end = at + word.length;
  return [name.slice(0, at), el("mark", {}, name.slice(at, end)), name.slice(end)];
}

/** The part of a text around a word. */
function excerpt(text, words) {
  const flat = text.replace(/\s+/g, " ");
  const at = Math.min(...words.map((word) => flat.toLowerCase().indexOf(word)).filter((index) => index >= 0));
  const start = Number.isFinite(at) && at > 60 ? flat.lastIndexOf(" ", at - 30) + 1 : 0;
  return (start ? "… " : "") + flat.slice(start, start + 110) + (flat.length > start + 110 ? " …" : "");
}

function result(entry, words) {
  const byText = words.some((word) => distance(entry, word) === 4);
  const under = entry.keys.length ? `${entry.event.type} › ${entry.keys.join(" › ")}` : `Event::${entry.path}`;
  return el("li", {}, el(
    "a", { href: address(entry.event, entry.keys) },
    el("b", {}, marked(entry.name, words)),
    el("small", {}, under),
    entry.keys.length > 0 && el("small", { class: "path" }, entry.path),
    byText && entry.text && el("small", { class: "excerpt" }, excerpt(entry.text, words)),
  ));
}

function group(title, found, words) {
  if (!found.length) return [];
  const more = found.length - SHOWN;
  return [
    el("h2", {}, title, " ", el("small", {}, String(found.length))),
    el("ul", {}, found.slice(0, SHOWN).map((entry) => result(entry, words))),
    more > 0 && el("p", { class: "note" }, `and ${more} more: add a word`),
  ];
}

/** Shows what a text finds in place of the list of events. */
function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const results = find("results");
  find("list").hidden = words.length > 0;
  results.hidden = words.length === 0;
  if (!words.length) {
    results.replaceChildren();
    find("count").textContent = "";
    return;
  }
  const { events, fields } = index();
  const found = [matching(events, words), matching(fields, words)];
  const none = found[0].length + found[1].length === 0 && el("p", { class: "note" }, "Nothing found.");
  const shown = [group("Events", found[0], words), group("Fields and values", found[1], words), none];
  results.replaceChildren(...shown.flat(2).filter(Boolean));
  find("count").textContent = `${found[0].length} events, ${found[1].length} fields and values`;
}

/** On the page of all providers: hides the events that lack a word. */
function narrow(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const section of document.querySelectorAll("#list section")) {
    const provider = section.querySelector("h2").textContent.toLowerCase();
    let some = 0;
    for (const item of section.querySelectorAll("li")) {
      const all = `${provider} ${item.textContent.toLowerCase()}`;
      item.hidden = !words.every((word) => all.includes(word));
      some += item.hidden ? 0 : 1;
    }
    section.hidden = some === 0;
    shown += some;
  }
  find("count").textContent = words.length ? `${shown} events` : "";
}

