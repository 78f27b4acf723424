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
      changeList(changesAt.get(event.type) ?? []),
      codeBlock(shownArm, arm, "Copy the arm"),
      el("section", {},
        el("div", { class: "title" },
          el("h2", {}, "Payload"), typeName(event.body.ty), tree.firstChild && folds(tree)),
        type && type.text !== event.text && el("div", { class: "prose" }, docs(type)),
        type?.discriminator && el("p", { class: "told" }, "Told apart by ", el("code", {}, type.discriminator)),
        tree.firstChild ? tree : el("p", { class: "note" }, "The document says nothing of what is inside."),
      ),
      (event.examples ?? []).length > 0 && el("section", {}, el("h2", {}, "Examples"), event.examples.map(example)),
    ),
  );
  if (keys.length) reveal(tree, keys);
  else if (tree.children.length && tree.children.length < 12) openSmall(tree);
}

/** Opens the rows of the first level that lead to few others: what most look for. */
function openSmall(tree) {
  for (const item of tree.children) {
    const to = rowOf.get(item).slot.to;
    if (to != null && (data.types[to].fields?.length ?? 99) < 12) open(item);
  }
}

function folds(tree) {
  const all = () => openAll(tree);
  const none = () => tree.querySelectorAll("[aria-expanded=true]").forEach(close);
  return el("span", { class: "folds" },
    el("button", { type: "button", onclick: all }, "Unfold"),
    el("button", { type: "button", onclick: none }, "Fold"));
}

function example([name, text]) {
  return el("details", { class: "sample" },
    el("summary", {}, name || "example"), codeBlock(text));
}

function changeList(changes) {
  if (!changes.length) return [];
  return el("ul", { class: "changes" }, changes.map((change) => el("li", {}, verdictMark(change), " ", change.text)));
}

/** What holds for all events of the sender. */
function showSender() {
  const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const facts = (data.facts ?? []).map(([word, text]) => [el("dt", {}, word), el("dd", {}, inline(text))]);
  if (data.docs) facts.push([el("dt", {}, "Documentation"), el("dd", {}, inline(data.docs))]);
  find("main").replaceChildren(
    el("article", { class: "sender" },
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
  return `use webhook_events::${data.module}::Event;\n\nmatch event {\n${arms}${more}    Event::Unknown(event) => {}\n    _ => {}\n}`;
}

function changeTable() {
  const way = (change) => {
    const places = index();
    const known = places.events.find((one) => one.name === change.at) ?? places.fields.find((one) => one.path === change.at)
      ?? places.events.find((one) => data.types[one.event.body.to]?.path === change.at)
      ?? places.fields.find((one) => one.path.startsWith(`${change.at}.`) || one.path.startsWith(`${change.at}::`));
    return known && address(known.event, known.path === change.at ? known.keys : known.keys.slice(0, -1));
  };
  return el("ul", { class: "changes" }, changes.map((change) => {
    const href = way(change);
    const name = el("code", {}, change.at);
    return el("li", {}, verdictMark(change), " ", href ? el("a", { href }, name) : name, " ", change.text);
  }));
}

