// Text with its marks as DOM nodes. Nothing that people or the bot say ever becomes HTML.
const ELEMENTS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", spoiler: "span" };

/** A node with a class and text or children. */
export function make(name, className = "", ...inside) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...inside);
  return node;
}

/** The code in a link t.me/<bot>?start=<code>; null for any other link. */
export function startCode(url, bot) {
  try {
    const link = new URL(url.includes("://") ? url : `https://${url}`);
    const ours = link.hostname === "t.me" && link.pathname.slice(1).toLowerCase() === bot.toLowerCase();
    return ours ? link.searchParams.get("start") ?? "" : null;
  } catch {
    return null;
  }
}

/** A link: ours opens in the phone, others in a tab of their own, and only when they are http(s). */
function link(url, bot, act) {
  const start = startCode(url, bot);
  if (start !== null) {
    const button = make("button", "link");
    button.addEventListener("click", () => act.follow(url));
    return button;
  }
  const full = url.includes("://") ? url : `https://${url}`;
  if (!/^https?:/i.test(full)) return make("span");
  const anchor = make("a");
  anchor.href = full;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function wrapper(entity, piece, bot, act) {
  if (entity.type === "url" || entity.type === "text_link") return link(entity.url ?? piece, bot, act);
  if (entity.type === "bot_command") {
    const button = make("button", "link");
    button.addEventListener("click", () => act.say(piece));
    return button;
  }
  return make(ELEMENTS[entity.type] ?? "span");
}

/** The text as nodes; offsets of entities count UTF-16 units, as JavaScript's strings do. */
export function marked(text, entities, bot, act) {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length);
  const places = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const piece = text.slice(start, places[index + 1]);
    const covering = entities.filter(({ offset, length }) => offset <= start && start < offset + length);
    return covering.sort((a, b) => a.length - b.length).reduce((inside, entity) => {
      const outside = wrapper(entity, text.slice(entity.offset, entity.offset + entity.length), bot, act);
      outside.append(inside);
      return outside;
    }, document.createTextNode(piece));
  });
}
