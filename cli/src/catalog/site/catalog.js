// The page: what its address asks for, the list of events, the keyboard and the theme.

const page = document.documentElement.dataset.page;
const data = JSON.parse(find("data").textContent);
data.types ??= [];
data.events ??= [];
data.events.forEach((event) => (event.type ??= ""));
const changes = data.changes ?? [];
const changesAt = placed();

/** The changes by where they show; of what is gone, at what it was part of. */
function placed() {
  const places = new Map();
  if (!changes.length) return places;
  const rows = data.types.flatMap((type, at) => inside(at, "").map((row) => row.at));
  const known = new Set([...rows, ...data.types.map((type) => type.path), ...data.events.map((event) => `Event::${event.variant}`)]);
  for (const change of changes) {
    const [, whole, part] = /^(.*?)(?:\.|::)([^.:]*)$/.exec(change.at) ?? [];
    const isPart = !known.has(change.at) && known.has(whole);
    const [at, text] = isPart ? [whole, `\`${part}\`: ${change.text}`] : [change.at, change.text];
    places.set(at, [...(places.get(at) ?? []), { ...change, text }]);
  }
  return places;
}

/** The event and the keys that an address names; a provider's name may stand before them. */
function asked() {
  let parts;
  try {
    parts = location.hash.slice(1).split("/").map(decodeURIComponent);
  } catch {
    return {};
  }
  const by = (key, name) => data.events.find((event) => event[key] === name);
  const named = (name) => by("type", name) ?? by("variant", name) ?? by("key", name);
  if (parts[0] === data.name && !named(parts[0])) parts.shift();
  return { event: named(parts[0]), keys: parts.slice(1) };
}

let shown = null;

function route(isFirst) {
  if (location.hash === "#main") return;
  const { event, keys } = asked();
  document.documentElement.dataset.view = event ? "event" : "list";
  document.title = event ? `${event.type} · ${data.title}` : `${data.title} webhooks`;
  if (event) showEvent(event, keys);
  else showSender();
  document.querySelectorAll("#list a").forEach((link) => {
    const isCurrent = event && link.getAttribute("href") === address(event);
    if (isCurrent) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (isCurrent && isFirst) link.scrollIntoView({ block: "center" });
  });
  if (event !== shown && !keys?.length) {
    window.scrollTo(0, 0);
    if (!isFirst) find("main").focus({ preventScroll: true });
  }
  shown = event;
}

/** Marks the events whose bodies hold something that changed, by the gravest change. */
function markChanged() {
  if (!changes.length) return;
  const above = data.types.map(() => []);
  const verdicts = data.types.map(() => []);
  data.types.forEach((type, at) => {
    const rows = inside(at, "");
    rows.filter((row) => row.typeRef.to != null).forEach((row) => above[row.typeRef.to].push(at));
    verdicts[at] = [type.path, ...rows.map((row) => row.at)].flatMap((path) => changesAt.get(path) ?? []);
  });
  for (const verdict of Object.keys(VERDICTS)) {
    const is = (change) => change.verdict === verdict;
    // From the types that changed up to the bodies: a set may grow while it is walked through.
    const changed = new Set([...data.types.keys()].filter((at) => verdicts[at].some(is)));
    for (const at of changed) above[at].forEach((one) => changed.add(one));
    const events = data.events.filter((event) => changed.has(event.body.to) || changesAt.get(`Event::${event.variant}`)?.some(is));
    const addresses = new Set(events.map((event) => address(event)));
    document.querySelectorAll("#list a:not(:has(.dot))").forEach((link) => {
      if (addresses.has(link.getAttribute("href"))) link.append(dot(verdict));
    });
  }
}

function dot(verdict) {
  const said = el("span", { class: "unseen" }, `, ${VERDICTS[verdict]}`);
  return el("span", { class: `dot ${verdict}`, title: VERDICTS[verdict] }, said);
}

const THEMES = ["auto", "light", "dark"];

function theme() {
  const button = find("theme");
  let now = "auto";
  try {
    now = localStorage.getItem("theme") ?? now;
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  const apply = () => {
    document.documentElement.dataset.theme = now;
    button.textContent = { auto: "Auto", light: "Light", dark: "Dark" }[now] ?? "Auto";
    button.setAttribute("aria-label", `Theme: ${now}`);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    now = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
    try {
      localStorage.setItem("theme", now);
    } catch {
      // As above.
    }
    apply();
  });
  apply();
}

function onKey(event) {
  const field = find("find");
  const isTyping = event.target.matches("input, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === "Escape") {
    if (isTyping && field.value) onSearch((field.value = ""));
    else if (page === "provider") find("list").querySelector("[aria-current]")?.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const links = [...document.querySelectorAll(".side a")].filter((link) => link.offsetParent);
    const at = links.indexOf(document.activeElement);
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = event.target === field ? (step > 0 ? links[0] : null) : at < 0 ? null : links[at + step];
    if (event.target !== field && at < 0) return;
    event.preventDefault();
    (next ?? (step < 0 ? field : null))?.focus();
  } else if (event.key === "Enter" && event.target === field) {
    document.querySelector(page === "provider" ? "#results a" : "#list li:not([hidden]) a")?.click();
  }
}

const onSearch = page === "provider" ? search : narrow;

document.querySelector(".find").hidden = false;
find("find").addEventListener("input", (event) => onSearch(event.target.value));
document.addEventListener("keydown", onKey);
theme();
if (page === "provider") {
  markChanged();
  addEventListener("hashchange", () => route(false));
  route(true);
  // Before the first letter is typed: with GitHub's document it takes a tenth of a second.
  setTimeout(index, 500);
} else {
  const [provider, ...rest] = location.hash.slice(1).split("/");
  if (rest.length && Object.hasOwn(data.pages, provider)) location.replace(`${data.pages[provider]}#${rest.join("/")}`);
}
