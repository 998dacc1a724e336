/** The form in which an item is corrected or added. It is no modal dialog: the article beside it stays in reach. */

import { make, say } from "./words.js";

const POSITIONS = {
  claim: ["direct", "indirect", "mixed"],
  stance: ["support", "oppose", "mixed"],
  agreement: ["proposed", "agreed", "signed", "in_force", "rejected", "ended"],
};
const WHO = { claim: "speaker", stance: "holder", agreement: "parties" };
const WHAT = { claim: "statement", stance: "target", agreement: "subject" };

export class Editor {
  constructor(dialog, text, { onsave, onclose }) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    this.text = text;
    this.onclose = onclose;
    this.part = (name) => dialog.querySelector(`[data-part=${name}]`);
    this.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      // Pressed twice, it would add twice.
      const fields = !this.saving && this.read();
      if (!fields) return;
      this.saving = true;
      await onsave(this.item, fields).finally(() => (this.saving = false));
    });
    // Wherever the focus is: words may just have been selected in the article.
    document.addEventListener("keydown", (event) => {
      if (!this.isOpen || event.isComposing || document.querySelector("dialog:modal")) return;
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
      else return;
      event.preventDefault();
    });
    const { kind, words } = this.form.elements;
    kind.addEventListener("change", () => this.suit(kind.value));
    words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.takeWords();
    });
    const does = {
      cancel: () => this.close(), selection: () => this.takeSelection(), words: () => this.takeWords(),
      cue: () => this.takeCue(), "no-cue": () => this.setCue(null),
      actor: () => this.row("actors", "").focus(), relay: () => this.row("relayed_by", "").focus(),
    };
    for (const button of dialog.querySelectorAll("[data-does]")) {
      button.addEventListener("click", () => does[button.dataset.does]());
    }
  }

  get isOpen() {
    return this.dialog.open;
  }

  /** Open the form on an item, or on nothing but a span of the article. */
  open(item, actors, span = null) {
    this.item = item;
    const fields = item?.fields ?? {
      kind: "claim", actors: [""], relayed_by: [], position: "direct", statement: span ? this.text.offsets.quote(span) : "",
      evidence: span ? [span] : [], cue: null,
    };
    const { elements } = this.form;
    this.part("title").textContent = item ? say("edit_title", { item: item.label }) : say("add_title");
    this.part("names").replaceChildren(...actors.map(({ name }) => make("option", { value: name })));
    elements.kind.value = fields.kind;
    this.suit(fields.kind, fields.position);
    elements.statement.value = fields.statement;
    elements.words.value = "";
    this.part("actors").replaceChildren();
    this.part("relayed_by").replaceChildren();
    for (const name of fields.actors) this.row("actors", name);
    for (const name of fields.relayed_by) this.row("relayed_by", name);
    this.evidence = fields.evidence.map(([start, end]) => [start, end]);
    this.complain("");
    this.setCue(fields.cue);
    this.drawEvidence();
    if (!this.dialog.open) this.dialog.show();
    this.focus();
  }

  focus() {
    (this.item ? this.form.elements.statement : this.part("actors").querySelector("input"))?.focus();
  }

  close() {
    if (!this.dialog.open) return;
    this.dialog.close();
    this.text.paint("draft", []);
    this.text.paint("draft-cue", []);
    this.text.forget();
    this.onclose();
  }

  /** Offer what goes with a kind. */
  suit(kind, chosen = this.form.elements.position.value) {
    const options = POSITIONS[kind].map((value) => make("option", { value, text: say(`position_${value}`) }));
    this.form.elements.position.replaceChildren(...options);
    if (POSITIONS[kind].includes(chosen)) this.form.elements.position.value = chosen;
    this.part("who").textContent = say(WHO[kind]);
    for (const input of this.part("actors").querySelectorAll("input")) input.setAttribute("aria-label", say(WHO[kind]));
    this.part("what").textContent = say(WHAT[kind]);
    this.part("cue-field").hidden = kind !== "claim";
    this.offerActor();
  }

  /** Only an agreement has several; but who was taken away must be named again. */
  offerActor() {
    const enough = this.form.elements.kind.value !== "agreement" && this.part("actors").childElementCount > 0;
    this.dialog.querySelector("[data-does=actor]").hidden = enough;
  }

  row(part, value) {
    const label = part === "actors" ? this.part("who").textContent : say("relayed_by");
    const input = make("input", { list: "actor-names", autocomplete: "off", "aria-label": label });
    input.value = value;
    const remove = make("button", {
      type: "button", class: "small", text: "×", "aria-label": say("remove", { what: value || label }),
      onclick: () => {
        row.remove();
        this.offerActor();
        this.part(part).parentElement.querySelector("[data-does]").focus();
      },
    });
    const row = make("div", { class: "row" }, input, remove);
    this.part(part).append(row);
    this.offerActor();
    return input;
  }

  drawEvidence() {
    this.evidence.sort((a, b) => a[0] - b[0]);
    this.part("evidence").replaceChildren(...this.evidence.map((span, n) => this.evidenceRow(span, n)));
    this.text.paint("draft", this.evidence);
  }

  evidenceRow(span, n) {
    const name = say("piece", { n: n + 1 });
    const mover = (sign, key, which, step) => make("button", {
      type: "button", class: "small", text: sign, title: say(key), "aria-label": `${name}: ${say(key)}`, "data-move": `${key}-${n}`,
      onclick: () => {
        this.evidence[n] = this.text.offsets.moved(span, which, step);
        this.drawEvidence();
        this.dialog.querySelector(`[data-move=${key}-${n}]`)?.focus();
      },
    });
    return make("li", {},
      make("q", { text: this.text.offsets.quote(span), lang: this.text.root.lang }),
      make("span", { class: "movers" },
        mover("⇤", "start_left", "start", -1), mover("⇥", "start_right", "start", 1),
        mover("←", "end_left", "end", -1), mover("→", "end_right", "end", 1),
        make("button", {
          type: "button", class: "small", text: "×", title: say("remove", { what: name }),
          "aria-label": say("remove", { what: name }),
          onclick: () => {
            this.evidence.splice(n, 1);
            this.drawEvidence();
            this.form.elements.words.focus();
          },
        })));
  }

  takeSelection() {
    const span = this.text.selected;
    if (!span) return this.complain(say("nothing_selected"));
    this.dialog.querySelector("[data-does=selection]").focus({ preventScroll: true });
    return this.take(span);
  }

  takeWords() {
    const field = this.form.elements.words;
    const span = this.text.offsets.find(field.value.trim(), this.evidence[0]?.[0] ?? 0);
    if (!span) return this.complain(say("words_not_found"));
    field.value = "";
    return this.take(span);
  }

  /** Take a span as evidence; it replaces what it overlaps, so that a piece can be moved by selecting it anew. */
  take(span) {
    this.complain("");
    this.evidence = this.evidence.filter(([start, end]) => end <= span[0] || start >= span[1]);
    this.evidence.push(span);
    if (!this.form.elements.statement.value) this.form.elements.statement.value = this.text.offsets.quote(span);
    this.drawEvidence();
  }

  takeCue() {
    if (!this.text.selected) return this.complain(say("nothing_selected"));
    this.complain("");
    return this.setCue(this.text.selected);
  }

  setCue(span) {
    this.cue = span;
    this.part("cue").textContent = span ? this.text.offsets.quote(span) : "";
    this.dialog.querySelector("[data-does=no-cue]").hidden = !span;
    this.text.paint("draft-cue", span ? [span] : []);
  }

  complain(words) {
    this.part("problem").textContent = words;
  }

  /** Return the fields as they are filled in, or null after saying what is missing. */
  read() {
    const { kind, position, statement } = this.form.elements;
    const names = (part) => [...this.part(part).querySelectorAll("input")].map((i) => i.value.trim()).filter(Boolean);
    const fields = {
      kind: kind.value, actors: [...new Set(names("actors"))], relayed_by: [...new Set(names("relayed_by"))],
      position: position.value, statement: statement.value.trim(), evidence: this.evidence,
      cue: kind.value === "claim" ? this.cue : null,
    };
    const several = fields.kind !== "agreement" && fields.actors.length > 1;
    const missing = several ? "one_actor" : !fields.actors.length ? "need_actor" : !fields.statement ? "need_statement"
      : !fields.evidence.length ? "need_evidence" : "";
    this.complain(missing && say(missing));
    return missing ? null : fields;
  }
}
