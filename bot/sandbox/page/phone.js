// One phone: its chat on screen, and what its holder can do.
import { day, message } from "./message.js";
import { make } from "./text.js";

const KINDS = { photo: "Foto", voice: "Spraakbericht", sticker: "Sticker", location: "Locatie", contact: "Contact" };

/** A button that opens a small menu above or below itself; closes on choice, Escape and a click elsewhere. */
function menu(sign, label) {
  const box = make("details", "menu");
  const summary = make("summary", "round", sign);
  summary.setAttribute("aria-label", label);
  summary.title = label;
  const list = make("div", "choices");
  box.append(summary, list);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { box.open = false; summary.focus(); }
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) box.open = false; });
  const fill = (choices) => {
    if (list.dataset.shown === JSON.stringify(choices.map(([text, under]) => [text, under]))) return;
    list.dataset.shown = JSON.stringify(choices.map(([text, under]) => [text, under]));
    list.replaceChildren(...choices.map(([text, under, choose]) => {
      const choice = make("button", "choice", make("span", "", text), ...(under ? [make("small", "", under)] : []));
      choice.type = "button";
      choice.addEventListener("click", () => { box.open = false; choose(); });
      return choice;
    }));
    box.hidden = choices.length === 0;
  };
  return { box, fill };
}

export class Phone {
  constructor(index, { post, notice, alertWindow }) {
    this.post = post;
    this.notice = notice;
    this.alertWindow = alertWindow;
    this.active = 0;
    this.nodes = new Map();
    this.build(index);
  }

  build(index) {
    this.element = make("section", `phone accent-${index % 4}`);
    this.caption = make("h2", "caption");
    this.caption.id = `caption-${index}`;
    this.element.setAttribute("aria-labelledby", this.caption.id);
    this.title = make("span", "chat-title");
    this.under = make("span", "chat-under");
    this.more = menu("⋮", "Meer");
    this.tabs = make("div", "tabs");
    this.log = make("ol", "log");
    this.log.setAttribute("role", "log");
    this.log.setAttribute("aria-live", "polite");
    this.log.tabIndex = 0;
    this.toast = make("p", "toast");
    this.toast.setAttribute("role", "status");
    this.foot = make("div", "foot");
    this.avatar = make("span", "avatar");
    this.avatar.setAttribute("aria-hidden", "true");
    const bar = make("div", "bar", this.avatar, make("div", "names", this.title, this.under), this.more.box);
    this.element.append(this.caption, make("div", "case", bar, this.tabs, this.log, this.toast, this.foot));
    this.keepAtEnd();
    this.buildComposer();
    this.start = make("button", "main wide");
    this.start.type = "button";
    this.start.addEventListener("click", () => this.pressStart());
  }

  // Whoever reads the newest message keeps seeing it, also when the phone changes size.
  keepAtEnd() {
    this.atEnd = true;
    let width = 0;
    let height = 0;
    this.log.addEventListener("scroll", () => {
      if (this.log.clientWidth !== width || this.log.clientHeight !== height) return;
      this.atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    });
    new ResizeObserver(() => {
      [width, height] = [this.log.clientWidth, this.log.clientHeight];
      if (this.atEnd) this.log.scrollTop = this.log.scrollHeight;
    }).observe(this.log);
  }

  buildComposer() {
    this.commands = menu("/", "Opdrachten");
    this.attach = menu("+", "Stuur iets anders");
    this.attach.fill(Object.entries(KINDS).map(([kind, label]) => [label, "", () => this.act("send", { kind })]));
    this.input = make("input", "words-in");
    this.input.type = "text";
    this.input.maxLength = 4096;
    this.input.autocomplete = "off";
    this.input.placeholder = "Bericht";
    const send = make("button", "round send", "➤");
    send.setAttribute("aria-label", "Verstuur");
    this.form = make("form", "composer", this.commands.box, this.attach.box, this.input, send);
    this.replyWords = make("span", "");
    const close = make("button", "round", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Geen antwoord op dit bericht");
    close.addEventListener("click", () => { this.declined = this.screen.reply?.id; this.showReply(this.screen); this.input.focus(); });
    this.replyBar = make("div", "answering", this.replyWords, close);
    this.form.prepend(this.replyBar);
    this.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const text = this.input.value.trim();
      if (!text) return;
      this.input.value = "";
      await this.say(text);
    });
  }

  get screen() { return this.data.screens[this.active] ?? this.data.screens[0]; }

  act(name, body) { return this.post(name, { person: this.data.person, chat: this.screen.chat, ...body }); }

  // A field that the bot opened to answer its message; a command goes by itself.
  get replyTo() {
    const asked = this.screen.reply;
    return asked && asked.id !== this.declined ? asked : null;
  }

  say(text) { return this.act("say", { text, reply: text.startsWith("/") ? null : this.replyTo?.id ?? null }); }

  async follow(url) {
    if (await this.act("follow", { url })) this.switchTo(this.data.screens.length - 1);
  }

  get isInvited() { return !this.screen.blocked && this.screen.private && Boolean(this.data.invitation); }

  pressStart() {
    if (this.isInvited) return this.follow(this.data.invitation);
    return this.act(this.screen.blocked ? "block" : "start", { code: "" });
  }

  async tap(messageId, row, column, node) {
    node.setAttribute("aria-busy", "true");
    const answer = await this.act("tap", { message: messageId, row, column });
    node.removeAttribute("aria-busy");
    if (!answer || !answer.text) return;
    if (answer.alert) this.alertWindow(this.data.name, answer.text);
    else this.showToast(answer.text);
  }

  showToast(text) {
    this.toast.textContent = text;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { this.toast.textContent = ""; }, 5000);
  }

  switchTo(index) {
    if (index === this.active) return;
    this.active = index;
    this.atEnd = true;
    this.nodes.clear();
    this.log.replaceChildren();
    this.show(this.data, this.bot);
  }

  show(data, bot) {
    this.data = data;
    this.bot = bot;
    const screen = this.screen;
    this.caption.replaceChildren(make("span", "", data.caption || data.name));
    this.title.textContent = screen.title;
    this.under.textContent = screen.private ? `bot · telefoon van ${data.name}` : screen.members;
    this.avatar.classList.toggle("group", !screen.private);
    this.avatar.textContent = screen.private ? "" : screen.title.slice(0, 1);
    this.log.setAttribute("aria-label", `Gesprek op de telefoon van ${data.name}`);
    this.input.setAttribute("aria-label", `Bericht van ${data.name}`);
    const stop = screen.blocked ? "Deblokkeer de bot" : "Blokkeer de bot";
    const invited = screen.private && data.invitation ? [["Open de uitnodiging", "", () => this.follow(data.invitation)]] : [];
    this.more.fill([...invited, ...(screen.private && screen.started ? [[stop, "", () => this.act("block", {})]] : [])]);
    this.commands.fill(screen.commands.map((one) => [`/${one.command}`, one.description, () => this.say(`/${one.command}`)]));
    this.showTabs();
    this.showReply(screen);
    this.showFoot(screen);
    this.showMessages(screen);
  }

  showTabs() {
    const titles = this.data.screens.map((screen) => screen.title);
    this.tabs.hidden = titles.length < 2;
    const shown = JSON.stringify([titles, this.active]);
    if (this.tabs.dataset.shown === shown) return;
    this.tabs.dataset.shown = shown;
    this.tabs.replaceChildren(...titles.map((title, index) => {
      const tab = make("button", "tab", title);
      tab.type = "button";
      tab.setAttribute("aria-pressed", String(index === this.active));
      tab.addEventListener("click", () => this.switchTo(index));
      return tab;
    }));
  }

  showReply(screen) {
    const asked = this.replyTo;
    this.replyBar.hidden = !asked;
    this.replyWords.textContent = asked ? `Antwoord aan ${asked.sender}: ${asked.text}` : "";
    this.input.placeholder = asked?.hint || "Bericht";
  }

  showFoot(screen) {
    const wanted = screen.started && !screen.blocked ? this.form : this.start;
    this.start.textContent = screen.blocked ? "Deblokkeer de bot" : this.isInvited ? "Open de uitnodiging" : "Start";
    if (this.foot.firstChild !== wanted) this.foot.replaceChildren(wanted);
  }

  // Nodes that did not change stay, so that focus stays and a screen reader only hears what is new.
  showMessages(screen) {
    const wanted = this.lines(screen);
    for (const [key, { node }] of this.nodes) {
      if (!wanted.some((line) => line.key === key)) { node.remove(); this.nodes.delete(key); }
    }
    let changed = false;
    let before = null;
    for (const { key, look, build } of wanted) {
      const known = this.nodes.get(key);
      if (!known || known.look !== look) {
        const node = build();
        const hadFocus = known && known.node.contains(document.activeElement);
        if (known) known.node.replaceWith(node);
        else if (before) before.after(node);
        else this.log.prepend(node);
        this.nodes.set(key, { node, look });
        if (hadFocus) (node.querySelector("button") ?? this.log).focus();
        changed = true;
      }
      before = this.nodes.get(key).node;
    }
    if (changed && this.atEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  lines(screen) {
    const lines = [];
    let today = "";
    let previous = "";
    if (!screen.messages.length && screen.private) {
      const link = this.data.invitation;
      const text = link ? "Je kreeg van het team een uitnodiging:" : screen.description || "Druk op Start om te beginnen.";
      const inside = [make("p", "", text), ...(link ? [make("p", "invitation", link.replace(/^https?:\/\//, ""))] : [])];
      lines.push({ key: "hello", look: text + link, build: () => make("li", "hello", ...inside) });
    }
    for (const one of screen.messages) {
      if (one.day !== today) {
        today = one.day;
        previous = "";
        lines.push({ key: `day-${today}`, look: today, build: () => day(one.day) });
      }
      const shown = { ...one, named: !screen.private && !one.mine && one.sender !== previous };
      previous = one.service ? "" : one.sender;
      lines.push({ key: String(one.id), look: JSON.stringify(shown), build: () => message(shown, this.bot, this) });
    }
    return lines;
  }
}
