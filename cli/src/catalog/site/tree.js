// The payload as a tree (WAI-ARIA Authoring Practices, "Tree View"). What is inside a row is made when it is first
// opened: types may hold themselves, and the largest bodies would be far more than anybody opens.

/** Rows that "Unfold all" leaves at most. */
const MOST = 600;

/** What is inside a type, as rows. A name may be empty, and the data leaves out what is. `base` is the Rust expression for a value of it. */
function inside(index, base) {
  const type = data.types[index];
  if (type.fields) {
    const fields = type.fields.map((field) => ({
      key: field.key ?? '""', typeRef: field, expression: `${base}.${field.name}`, at: `${type.path}.${field.name}`,
      presence: field.required ? "required" : "optional",
    }));
    const { extra } = type;
    if (extra) fields.push({ key: "other keys", isOther: true, typeRef: extra, expression: `${base}.${extra.name}`, at: "" });
    return fields;
  }
  if (type.values) {
    return type.values.map(([value, name]) => ({
      key: JSON.stringify(value), isValue: true, typeRef: {}, expression: `${type.path}::${name}`, at: `${type.path}::${name}`,
    }));
  }
  if (type.variants) {
    return type.variants.map((variant) => ({
      key: variant.label ?? '""', isVariant: true, typeRef: variant, expression: `${type.path}::${variant.name}(${variant.binding})`,
      base: variant.binding, at: `${type.path}::${variant.name}`,
    }));
  }
  return [{ key: "the value", isOther: true, typeRef: type.only, expression: `${base}.0`, at: type.path }];
}

const within = (row) => (row.typeRef.to == null ? [] : inside(row.typeRef.to, (row.base ?? row.expression) + (row.typeRef.accessor ?? "")));

/** The changes that belong to a row: its own, and those of the type it leads to. */
function changesOf(row) {
  const type = row.typeRef.to == null ? null : data.types[row.typeRef.to].path;
  return [...(changesAt.get(row.at) ?? []), ...(changesAt.get(type) ?? [])];
}

const isOpen = (item) => item.getAttribute("aria-expanded") === "true";
const rowOf = new WeakMap();

function treeItem(row, level) {
  const isFold = row.typeRef.to != null;
  const said = about(row);
  // Without a label, a reader would be told all that is inside.
  const label = [row.key, row.typeRef.ty, row.presence, row.typeRef.nullable && "nullable"].filter(Boolean).join(", ");
  const item = el("li", {
    role: "treeitem", "aria-level": level, tabindex: "-1", "aria-expanded": isFold && "false", "aria-label": label,
    "aria-describedby": said && said.id,
  });
  rowOf.set(item, row);
  item.append(head(row, item), said ?? "");
  return item;
}

function head(row, item) {
  const kind = row.isValue ? " value" : row.isVariant ? " variant" : row.isOther ? " other" : "";
  const onclick = (event) => {
    if (!event.target.closest("button") && getSelection().isCollapsed) toggle(item);
  };
  return el(
    "div", { class: "row", onclick },
    el("span", { class: "twist", "aria-hidden": "true" }),
    el("span", { class: `key${kind}` }, row.key),
    row.typeRef.ty && typeName(row.typeRef.ty),
    row.presence && el("span", { class: row.presence }, row.presence),
    row.typeRef.nullable && el("span", { class: "nullable" }, "nullable"),
    row.typeRef.deprecated && el("span", { class: "mark deprecated" }, "deprecated"),
    changesOf(row).map(verdictMark),
    el("button", {
      type: "button", tabindex: "-1", class: "expression", title: "Copy the Rust path",
      onclick: () => copy(row.expression),
    }, row.expression),
  );
}

function about(row) {
  const parts = docs(row.typeRef);
  const type = row.typeRef.to == null ? null : data.types[row.typeRef.to];
  if (type?.values) {
    const values = type.values.slice(0, 6).map(([value]) => el("code", {}, JSON.stringify(value)));
    const more = type.values.length - values.length;
    const word = type.values.length === 1 ? "always " : "";
    parts.push(el("p", { class: "values" }, word, values.flatMap((value) => [value, " "]), more > 0 && `and ${more} more`));
  }
  const tags = row.typeRef.tags?.map((tag) => el("code", {}, JSON.stringify(tag)));
  if (tags) parts.push(el("p", { class: "values" }, "where the discriminator is ", tags.flatMap((tag) => [tag, " "])));
  if (row.typeRef.example) {
    parts.push(el("p", { class: "example" }, el("span", {}, "Example "), el("code", {}, row.typeRef.example)));
  }
  changesOf(row).forEach((change) => parts.push(el("p", { class: `change ${change.verdict}` }, inline(change.text))));
  const said = parts.flat(2);
  return said.length ? el("div", { class: "about", id: `about-${(abouts += 1)}` }, said) : null;
}

let abouts = 0;

function open(item) {
  const expanded = item.getAttribute("aria-expanded");
  if (expanded == null || expanded === "true") return;
  item.setAttribute("aria-expanded", "true");
  if (!item.querySelector(":scope > ul")) {
    const row = rowOf.get(item);
    const level = Number(item.getAttribute("aria-level")) + 1;
    const told = data.types[row.typeRef.to].discriminator;
    item.append(
      el("ul", { role: "group" }, within(row).map((inner) => treeItem(inner, level))),
    );
    if (told) item.lastChild.before(el("p", { class: "told" }, "Told apart by ", el("code", {}, told)));
  }
}

function close(item) {
  if (isOpen(item)) item.setAttribute("aria-expanded", "false");
}

function toggle(item) {
  if (isOpen(item)) close(item);
  else open(item);
  focusItem(item);
  // The address is one to pass on; going back leads to the event before, not through all rows.
  history.replaceState(null, "", address(shown, keysOf(item)));
}

function keysOf(item) {
  const above = item.parentElement.closest("[role=treeitem]");
  return [...(above ? keysOf(above) : []), rowOf.get(item).key];
}

/** Opens what can be seen at a glance: not what holds itself, and not without end. */
function openAll(tree, body) {
  const queue = [...tree.children].map((item) => [item, [body]]);
  for (let made = queue.length; queue.length && made < MOST; ) {
    const [item, above] = queue.shift();
    const to = rowOf.get(item).typeRef.to;
    if (to == null || above.includes(to) || data.types[to].values) continue;
    open(item);
    const inner = [...item.querySelector(":scope > ul").children];
    made += inner.length;
    queue.push(...inner.map((one) => [one, [...above, to]]));
  }
}

function focusItem(item) {
  const tree = item.closest("[role=tree]");
  tree.querySelectorAll("[tabindex='0'][role=treeitem]").forEach((other) => (other.tabIndex = -1));
  item.tabIndex = 0;
  item.focus();
}

/** The items that can be seen, in order. */
function visible(tree) {
  return [...tree.querySelectorAll("[role=treeitem]")].filter((item) => !item.parentElement.closest("[aria-expanded=false]"));
}

function onTreeKey(event) {
  const item = event.target.closest("[role=treeitem]");
  if (!item || event.target !== item || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = visible(event.currentTarget);
  const at = items.indexOf(item);
  const parent = item.parentElement.closest("[role=treeitem]");
  const moves = {
    ArrowDown: () => items[at + 1],
    ArrowUp: () => items[at - 1],
    Home: () => items[0],
    End: () => items[items.length - 1],
    ArrowRight: () => (isOpen(item) ? items[at + 1] : open(item)),
    ArrowLeft: () => (isOpen(item) ? close(item) : parent),
    Enter: () => toggle(item),
    " ": () => toggle(item),
    "*": () => [...item.parentElement.children].forEach(open),
    c: () => copy(rowOf.get(item).expression).then(() => focusItem(item)),
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  const target = move();
  if (target instanceof Element) focusItem(target);
}

/** The tree of an event's body. */
function payloadTree(event) {
  const rows = within({ typeRef: event.body, expression: "event" });
  const tree = el("ul", { role: "tree", class: "tree", "aria-label": `Payload of ${event.type}`, onkeydown: onTreeKey });
  tree.append(...rows.map((row) => treeItem(row, 1)));
  if (tree.firstChild) tree.firstChild.tabIndex = 0;
  return tree;
}

/** Opens the way to a row and shows it. */
function reveal(tree, keys) {
  let level = tree;
  let item = null;
  for (const key of keys) {
    if (item) open(item);
    level = item ? item.querySelector(":scope > ul") : tree;
    const next = [...(level?.children ?? [])].find((one) => rowOf.get(one).key === key);
    if (!next) break;
    item = next;
  }
  if (!item) return;
  focusItem(item);
  item.classList.add("found");
  item.querySelector(".row").scrollIntoView({ block: "center" });
}

