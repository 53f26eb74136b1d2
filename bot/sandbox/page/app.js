// The page: fetches what is on every phone, again at every change, and keeps the screen in step.
import { Phone } from "./phone.js";
import { make } from "./text.js";

const find = (id) => document.getElementById(id);
const phones = new Map();
let notices = 0;

/** Ask the server for something; the header tells it that this page asks. Null when it was not possible. */
async function post(name, body) {
  try {
    const response = await fetch(`/sandbox/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Sandbox": "1" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    notice(answer.error);
  } catch {
    notice("Er ging iets mis in de demo. Probeer het nog eens.");
  }
  return null;
}

/** One line at the top, for a while. */
function notice(text) {
  const line = find("notice");
  line.textContent = text;
  line.hidden = false;
  const mine = ++notices;
  setTimeout(() => { if (mine === notices) line.hidden = true; }, 6000);
}

/** A window that has to be closed, as Telegram shows an alert. */
function alertWindow(name, text) {
  find("alert-from").textContent = `Op de telefoon van ${name}`;
  find("alert-text").textContent = text;
  if (!find("alert").open) find("alert").showModal();
}

function showActions(actions) {
  const bar = find("actions");
  if (bar.dataset.shown === JSON.stringify(actions)) return;
  bar.dataset.shown = JSON.stringify(actions);
  bar.replaceChildren(...actions.map(({ id, label }) => {
    const button = document.createElement("button");
    button.className = "main";
    button.textContent = label;
    button.addEventListener("click", async () => {
      button.setAttribute("aria-busy", "true");
      button.setAttribute("aria-disabled", "true");
      const answer = await post("action", { id });
      button.removeAttribute("aria-busy");
      button.removeAttribute("aria-disabled");
      if (answer && answer.text) notice(answer.text);
    });
    return button;
  }));
}

/** What there is to open beside the page. */
function showLinks(links) {
  const bar = find("links");
  if (bar.dataset.shown === JSON.stringify(links)) return;
  bar.dataset.shown = JSON.stringify(links);
  bar.replaceChildren(...links.map(({ label, path }) => {
    const anchor = make("a", "beside", label, make("span", "hidden", " (opent een nieuw tabblad)"));
    anchor.href = path;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    return anchor;
  }));
}

function show(page) {
  document.title = page.title;
  find("title").textContent = page.title;
  if (page.intro) find("intro").textContent = page.intro;
  if (find("status").textContent !== page.status) find("status").textContent = page.status;
  showActions(page.actions);
  showLinks(page.links);
  for (const [key, phone] of phones) {
    if (!page.phones.some((wanted) => wanted.key === key)) { phone.element.remove(); phones.delete(key); }
  }
  page.phones.forEach(({ key }, index) => {
    if (!phones.has(key)) phones.set(key, new Phone(index, { post, notice, alertWindow }));
    const { element } = phones.get(key);
    if (find("phones").children[index] !== element) find("phones").insertBefore(element, find("phones").children[index] ?? null);
  });
  for (const wanted of page.phones) phones.get(wanted.key).show(wanted, page.bot);
}

async function follow() {
  let beat = -1;
  for (;;) {
    try {
      const response = await fetch(`/sandbox/events?since=${beat}`, { headers: { "X-Sandbox": "1" } });
      const page = await response.json();
      document.body.classList.remove("away");
      beat = page.beat;
      show(page);
      await new Promise((done) => setTimeout(done, 60));
    } catch {
      document.body.classList.add("away");
      find("status").textContent = "De demo is gestopt. Start hem weer, dan gaat deze bladzijde vanzelf verder.";
      await new Promise((done) => setTimeout(done, 2000));
    }
  }
}

follow();
