/** The list of items: one list box, so that a screen reader and the keys walk it alike. */

import { knows, make, say } from "./words.js";

export const position = (fields) => say(`position_${fields.position}`);

export class Items {
  constructor(list, { onpick, onover, onedit }) {
    this.list = list;
    this.options = new Map();
    this.current = null;
    this.filter = () => true;
    this.byValue = true;
    list.addEventListener("click", (event) => onpick(idOf(event)));
    list.addEventListener("dblclick", (event) => onedit(idOf(event)));
    list.addEventListener("pointerover", (event) => onover(idOf(event)));
    list.addEventListener("pointerleave", () => onover(null));
  }

  /** Show a state: make what is new, change what changed, drop what is gone. */
  show(state) {
    const before = this.state;
    this.state = state;
    // A model that is the same everywhere tells nothing.
    const models = new Set(state.runs.map((run) => run.model)).size > 1;
    this.runs = new Map(state.runs.map((run) => [run.key, models ? `${run.prompt}, ${run.model}` : run.prompt]));
    const known = new Map(before?.items.map((item) => [item.id, JSON.stringify(item)]) ?? []);
    this.items = new Map(state.items.map((item) => [item.id, item]));
    for (const [id, option] of this.options) {
      if (!this.items.has(id)) {
        option.remove();
        this.options.delete(id);
      }
    }
    const changed = [];
    for (const item of state.items) {
      const option = this.options.get(item.id);
      if (option && known.get(item.id) === JSON.stringify(item)) {
        // What was shown ahead of the answer may not have come true.
        if (option.dataset.status === item.status) continue;
      }
      if (!option) this.options.set(item.id, this.made(item));
      this.fill(item);
      changed.push(item);
    }
    this.arrange();
    return changed;
  }

  made(item) {
    return make("li", { role: "option", id: `item-${item.id}`, "aria-selected": "false", "data-id": item.id });
  }

  fill(item) {
    const option = this.options.get(item.id);
    const { fields } = item;
    const lang = this.state.article.lang;
    option.className = item.kind;
    option.replaceChildren(
      make("span", { class: "head" },
        make("b", { class: `tag ${item.kind}`, text: item.label }), " ",
        make("span", { class: "who", text: fields.actors.join("; ") }), " ",
        make("span", { class: "how", text: how(fields) })),
      make("span", { class: "what", lang, text: fields.statement }),
      make("span", { class: "meta" }, make("span", { class: "status" }),
        item.new ? make("span", { class: "new", text: say("is_new") }) : null),
      make("span", { class: "more" }, ...this.more(item)),
    );
    this.mark(item.id, item.status);
  }

  more(item) {
    const why = [...(item.status === "open" ? item.why : []), ...(item.sampled ? ["sampled"] : [])];
    const reasons = why.map((key) => `why_${key}`).filter(knows).map((key) => say(key));
    const lines = [];
    if (item.status === "corrected" && item.original) {
      const { actors, statement } = item.original;
      const what = `${actors.join("; ")} (${position(item.original)}): ${statement}`;
      lines.push(make("span", { text: say("was", { what }) }));
    }
    if (reasons.length) lines.push(make("span", { text: sentence(reasons.join("; ")) }));
    if (this.runs.size > 1 && item.runs.length) {
      const runs = item.runs.map((key) => this.runs.get(key)).join("; ");
      lines.push(make("span", { text: say("found_by", { runs }) }));
    }
    return lines;
  }

  /** Show a status, also ahead of the server's answer. */
  mark(id, status) {
    const option = this.options.get(id);
    option.dataset.status = status;
    option.querySelector(".status").textContent = say(`status_${status}`);
  }

  /** Put the list in order and leave out what the filters leave out. */
  arrange() {
    const queued = this.byValue ? this.state.queue : [];
    const set = new Set(queued);
    const order = [...queued, ...this.state.items.map((item) => item.id).filter((id) => !set.has(id))];
    this.shown = order.filter((id) => this.filter(this.items.get(id)));
    const wanted = this.shown.map((id) => this.options.get(id));
    let place = this.list.firstElementChild;
    for (const option of wanted) {
      if (option === place) place = place.nextElementSibling;
      else this.list.insertBefore(option, place);
    }
    while (place) {
      const gone = place;
      place = place.nextElementSibling;
      gone.remove();
    }
  }

  /** Make an item the current one. */
  pick(id) {
    this.options.get(this.current)?.setAttribute("aria-selected", "false");
    const option = this.options.get(id);
    this.current = option ? id : null;
    if (!option?.isConnected) return this.list.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", option.id);
    this.reveal(option);
  }

  /** Scroll the list, never the page, until an option is seen. */
  reveal(option) {
    const box = this.list.getBoundingClientRect();
    const place = option.getBoundingClientRect();
    if (place.top < box.top) this.list.scrollTop -= box.top - place.top;
    else if (place.bottom > box.bottom) {
      this.list.scrollTop += Math.min(place.bottom - box.bottom, place.top - box.top);
    }
  }

  /** Light up the option of an item that is pointed at in the text. */
  over(id) {
    this.list.querySelector(".over")?.classList.remove("over");
    const option = this.options.get(id);
    option?.classList.add("over");
    if (option?.isConnected) this.reveal(option);
  }

  /** Return the id of the item some places further, or the nearest end. */
  beside(step) {
    const at = this.shown.indexOf(this.current);
    if (at < 0) return this.shown[0] ?? null;
    return this.shown[Math.max(0, Math.min(this.shown.length - 1, at + step))];
  }

  /** Return the open item that comes after the current one, else the first open one. */
  nextOpen() {
    const open = (id) => this.options.get(id).dataset.status === "open";
    const at = this.shown.indexOf(this.current);
    return this.shown.slice(at + 1).find(open) ?? this.shown.find(open) ?? null;
  }
}

const idOf = (event) => event.target.closest("[role=option]")?.dataset.id ?? null;

const sentence = (words) => words[0].toUpperCase() + words.slice(1);

/** Return position and relay in words. */
export function how(fields) {
  const via = fields.relayed_by.length ? `, ${say("via", { names: fields.relayed_by.join(", ") })}` : "";
  return `(${position(fields)}${via})`;
}
