// One message, as the holder of a phone sees it.
import { make, marked, startCode } from "./text.js";

const DAY = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

/** A line between two days. */
export function day(date) {
  return make("li", "between", make("span", "", DAY.format(new Date(`${date}T12:00:00Z`))));
}

function bubble(message, bot, act) {
  const box = make("div", "bubble");
  if (message.named) box.append(make("span", "sender", message.sender));
  else box.append(make("span", "hidden", message.mine ? "Jij:" : `${message.sender}:`));
  if (message.reply) {
    box.append(make("div", "reply", make("span", "sender", message.reply.sender), make("span", "", message.reply.text)));
  }
  if (message.deleted) box.append(make("p", "gone", "Dit bericht is verwijderd"));
  else {
    if (message.attached && !message.file) box.append(make("p", "attached", message.attached));
    if (message.file) box.append(file(message.file));
    if (message.text) box.append(make("p", "words", ...marked(message.text, message.entities, bot, act)));
  }
  const when = message.edited && !message.deleted ? `bewerkt ${message.time}` : message.time;
  box.append(make("span", "time", when));
  return box;
}

function file({ name, path, picture }) {
  const anchor = make("a", "file");
  anchor.href = path;
  anchor.target = "_blank";
  anchor.rel = "noopener";
  if (picture) {
    const image = make("img");
    image.src = path;
    image.alt = name;
    anchor.append(image);
  } else {
    anchor.append(make("span", "sheet"), make("span", "", name), make("span", "hidden", " (opent een nieuw tabblad)"));
  }
  return anchor;
}

function button({ label, url }, bot, press) {
  if (url && startCode(url, bot) === null) {
    const anchor = make("a", "inline away-link", label);
    anchor.href = /^https?:/i.test(url) ? url : "#";
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    return anchor;
  }
  const node = make("button", "inline", label);
  node.type = "button";
  node.addEventListener("click", () => press(node));
  return node;
}

/** The message with its buttons. `act` is what its phone can do. */
export function message(shown, bot, act) {
  if (shown.service) return make("li", "between", make("span", "", shown.service));
  const item = make("li", shown.mine ? "message mine" : "message", bubble(shown, bot, act));
  if (!shown.rows.length) return item;
  const keys = make("div", "keys");
  keys.setAttribute("role", "group");
  keys.setAttribute("aria-label", "Knoppen bij dit bericht");
  shown.rows.forEach((row, r) => {
    keys.append(make("div", "row", ...row.map((key, column) => {
      const press = key.url ? () => act.follow(key.url) : (node) => act.tap(shown.id, r, column, node);
      return button(key, bot, press);
    })));
  });
  item.append(keys);
  return item;
}
