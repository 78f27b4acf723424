// What the page shows of one event, and of none.

function showEvent(event, keys) {
  const arm = `Event::${event.variant}(event) => {\n    todo!()\n}`;
  const shownArm = `Event::${event.variant}(event) => { … }`;
  const tree = payloadTree(event);
  const type = event.body.to == null ? null : data.types[event.body.to];
  find("main").replaceChildren(
    el("article", {},
      el("a", { class: "back", href: "#" }, "All events"),
      el("p", { class: "eyebrow" }, `${data.documents[event.document].file} · ${event.key}`),
      el("h1", {}, event.type),
      event.deprecated && el("p", {}, el("span", { class: "mark deprecated" }, "deprecated")),
      el("div", { class: "prose" }, docs(event)),
      changeList([...(changesAt.get(`Event::${event.variant}`) ?? []), ...(changesAt.get(type?.path) ?? [])]),
      codeBlock(shownArm, arm, "Copy the arm"),
      codeBlock(sendLine(event), sendLine(event), "Copy the command"),
      el("section", {},
        el("div", { class: "title" },
          el("h2", {}, "Payload"), typeName(event.body.ty), tree.firstChild && folds(tree, event.body.to)),
        type && type.text !== event.text && el("div", { class: "prose" }, docs(type)),
        type?.discriminator && el("p", { class: "told" }, "Told apart by ", el("code", {}, type.discriminator)),
        tree.firstChild ? tree : el("p", { class: "note" }, "The document says nothing of what is inside."),
      ),
      (event.examples ?? []).length > 0 && el("section", {}, el("h2", {}, "Examples"), event.examples.map(example)),
      el("section", {}, el("h2", {}, "Delivery"), el("dl", {}, deliveryFacts(event))),
    ),
  );
  if (keys.length) reveal(tree, keys);
  else if (tree.children.length && tree.children.length < 12) openSmall(tree);
}

/** Opens the rows of the first level that lead to few others: what most look for. */
function openSmall(tree) {
  for (const item of tree.children) {
    const to = rowOf.get(item).typeRef.to;
    if (to != null && (data.types[to].fields?.length ?? 99) < 12) open(item);
  }
}

function folds(tree, body) {
  const all = () => openAll(tree, body);
  const none = () => tree.querySelectorAll("[aria-expanded=true]").forEach(close);
  return el("span", { class: "folds" },
    el("button", { type: "button", onclick: all }, "Unfold"),
    el("button", { type: "button", onclick: none }, "Fold"));
}

/** The first one is open, unless it is long. */
function example([name = "", text], index) {
  const isOpen = index === 0 && text.length < 2000;
  return el("details", { class: "sample", open: isOpen },
    el("summary", {}, name || "example"), codeBlock(text));
}

/** How it arrives: its headers, and what holds for all events of the provider. */
function deliveryFacts(event) {
  const headers = (event.headers ?? []).map(([name, value = ""]) => [el("dt", {}, el("code", {}, name)), el("dd", {}, el("code", {}, value))]);
  return [...headers, ...providerFacts()];
}

function providerFacts() {
  return (data.facts ?? []).map(([word, text]) => [el("dt", {}, word), el("dd", {}, inline(text))]);
}

function sendLine(event) {
  const type = /^[\w.:/-]+$/.test(event.type) ? event.type : `'${event.type.replaceAll("'", "'\\''")}'`;
  return `webhook-codegen send --provider ${data.name} \\\n  --event ${type} \\\n  http://localhost:8080`;
}

function changeList(changes) {
  if (!changes.length) return [];
  return el("ul", { class: "changes" }, changes.map((change) => el("li", {}, verdictMark(change), el("span", {}, inline(change.text)))));
}

/** What holds for all events of the provider. */
function showSender() {
  const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const facts = providerFacts();
  if (data.docs) facts.push([el("dt", {}, "Documentation"), el("dd", {}, inline(data.docs))]);
  find("main").replaceChildren(
    el("article", { class: "provider" },
      el("h1", {}, data.title),
      el("p", { class: "lead" }, `${many((data.events ?? []).length, "event")}, ${many((data.types ?? []).length, "type")} in ${many(data.documents.length, "document")}.`),
      el("dl", {}, facts),
      codeBlock(skeleton(data.events?.slice(0, 3) ?? [], data.events?.length > 3), () => skeleton(data.events ?? [], false), "Copy with all events"),
      changes.length > 0 && el("section", {}, el("h2", {}, "What changed"), changeTable()),
      el("section", { class: "keys" }, el("h2", {}, "Keyboard"), el("dl", {}, KEYS.map(([keys, what]) => [
        el("dt", {}, keys.map((key) => el("kbd", {}, key))), el("dd", {}, what),
      ]))),
    ),
  );
}

const KEYS = [
  [["/"], "search"],
  [["↑", "↓"], "through results, and through the rows of a payload"],
  [["→", "←"], "unfold and fold a row"],
  [["*"], "unfold all rows beside this one"],
  [["c"], "copy the Rust path of a row"],
  [["Esc"], "back to the list"],
];

function skeleton(events, isMore) {
  const arms = events.map((event) => `    Event::${event.variant}(event) => todo!(),\n`).join("");
  const more = isMore ? "    // …\n" : "";
  const match = `match delivery.event {\n${arms}${more}    Event::Unknown(event) => {}\n    _ => {}\n}`;
  const receive = `let receiver = ${data.receiver};\nlet delivery = receiver.receive(&request)?;`;
  return `use ${data.module}::{Event, Receiver};\n\n${receive}\n${match}`;
}

/** All changes, the gravest first, each leading to where it shows. */
function changeTable() {
  const { events, fields } = index();
  const ways = new Map();
  const add = (path, entry, keys) => ways.has(path) || ways.set(path, address(entry.event, keys));
  events.forEach((entry) => {
    add(`Event::${entry.path}`, entry, []);
    add(data.types[entry.event.body.to]?.path, entry, []);
  });
  fields.forEach((entry) => add(entry.path, entry, entry.keys));
  // A type without a row of its own shows where its first part does.
  fields.forEach((entry) => add(entry.path.replace(/(::|\.)[^:.]*$/, ""), entry, entry.keys.slice(0, -1)));
  const order = Object.keys(VERDICTS);
  const sorted = [...changes].sort((left, right) => order.indexOf(left.verdict) - order.indexOf(right.verdict));
  return el("ul", { class: "changes" }, sorted.map((change) => {
    const name = el("code", {}, change.at);
    // What is gone leads to what it was part of.
    const href = ways.get(change.at) ?? ways.get(change.at.replace(/(::|\.)[^:.]*$/, ""));
    return el("li", {}, verdictMark(change), el("span", {}, href ? el("a", { href }, name) : name, " ", inline(change.text)));
  }));
}

