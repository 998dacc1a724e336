/** What the list of items shows: search, filters and order. */

import { make, plain, say } from "./words.js";

const NAMES = ["kind", "actor", "status", "run"];

export class Filters {
  constructor(form, onchange) {
    this.form = form;
    form.addEventListener("input", () => onchange());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => onchange()));
  }

  /** Offer the actors and runs of a state; what was chosen stays chosen. */
  offer(state) {
    const runs = state.runs.map((run) => [run.key, `${run.prompt}, ${run.model}`]);
    this.fill("actor", state.actors.map(({ name }) => [name, name]));
    this.fill("run", runs);
    this.form.elements.run.closest("label").hidden = runs.length < 2;
  }

  fill(name, choices) {
    const select = this.form.elements[name];
    const wanted = JSON.stringify(choices);
    if (select.dataset.choices === wanted) return;
    select.dataset.choices = wanted;
    const chosen = select.value;
    const options = choices.map(([value, text]) => make("option", { value, text }));
    select.replaceChildren(make("option", { value: "", text: say("any") }), ...options);
    select.value = choices.some(([value]) => value === chosen) ? chosen : "";
  }

  get byValue() {
    return this.form.elements.order.value === "value";
  }

  /** Return the test that an item must pass, and write how many filters are on. */
  test() {
    const [kind, actor, status, run] = NAMES.map((name) => this.form.elements[name].value);
    const n = [kind, actor, status, run].filter(Boolean).length;
    this.form.querySelector("summary").textContent = n ? say("filters_on", { n }) : say("filters");
    const words = plain(this.form.elements.search.value).split(/\s+/).filter(Boolean);
    return (item) => {
      const { fields } = item;
      if (kind && item.kind !== kind) return false;
      if (status && item.status !== status) return false;
      if (run && !item.runs.includes(run)) return false;
      if (actor && !fields.actors.includes(actor) && !fields.relayed_by.includes(actor)) return false;
      if (!words.length) return true;
      const text = plain([item.label, fields.statement, ...fields.actors, ...fields.relayed_by].join(" "));
      return words.every((word) => text.includes(word));
    };
  }
}
