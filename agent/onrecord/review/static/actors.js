/** The dialog in which two actors become one, one gets another name, or a name turns out to be somebody else's. */

import { make, say } from "./words.js";

export class Actors {
  /** `onwish` sends {action, actor, into, mentions} and returns whether it was written. */
  constructor(dialog, { onwish }) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    const { elements } = this.form;
    elements.actor.addEventListener("change", () => this.choose());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    const wishes = {
      rename: () => ({ action: "rename", into: elements.name.value.trim() }),
      merge: () => ({ action: "merge", into: elements.into.value }),
      split: () => ({ action: "split", into: elements.other.value.trim(), mentions: this.chosen() }),
    };
    for (const button of dialog.querySelectorAll("[data-wish]")) {
      button.addEventListener("click", async () => {
        const wish = { actor: elements.actor.value, ...wishes[button.dataset.wish]() };
        if (!wish.into || wish.into === wish.actor) return;
        if (wish.mentions && !wish.mentions.length) return;
        if (await onwish(wish)) elements.actor.focus();
      });
    }
  }

  chosen() {
    return [...this.form.querySelectorAll("[name=mention]:checked")].map((box) => box.value);
  }

  /** Show the actors of a state; the one that was chosen stays so while there is one of that name. */
  show(state, name = this.form.elements.actor.value) {
    this.actors = new Map(state.actors.map((actor) => [actor.name, actor]));
    const options = () => state.actors.map((actor) => make("option", { value: actor.name, text: actor.name }));
    this.form.elements.actor.replaceChildren(...options());
    this.form.elements.into.replaceChildren(...options());
    if (this.actors.has(name)) this.form.elements.actor.value = name;
    this.form.querySelector("[data-part=some]").hidden = !this.actors.size;
    this.form.querySelector("[data-part=none]").hidden = this.actors.size > 0;
    this.choose();
  }

  choose() {
    const { actor, into, name, other } = this.form.elements;
    name.value = actor.value;
    other.value = "";
    for (const option of into.options) option.hidden = option.disabled = option.value === actor.value;
    into.value = [...into.options].find((option) => !option.disabled)?.value ?? "";
    const mentions = this.actors.get(actor.value)?.mentions ?? [];
    const boxes = mentions.map((mention) =>
      make("label", { class: "box" }, make("input", { type: "checkbox", name: "mention", value: mention }), mention),
    );
    this.form.querySelector("[data-part=mentions]").replaceChildren(...boxes);
    this.form.querySelector("[data-part=split]").hidden = mentions.length < 2;
  }

  open(state, name) {
    this.show(state, name);
    this.dialog.showModal();
  }
}
