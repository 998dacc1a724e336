/** Two runs side by side: what both found, what only one did, and a verdict on either from here. */

import { how } from "./items.js";
import { load } from "./wire.js";
import { make, say } from "./words.js";

export class Compare {
  /** `onverdict` judges items, [[action, id], …], and comes back when all is written; `onlost` is told why not. */
  constructor(dialog, { onverdict, onpick, onlost }) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    this.onverdict = onverdict;
    this.onpick = onpick;
    this.onlost = onlost;
    this.form.addEventListener("change", () => this.refresh());
  }

  async open(state) {
    const several = state.runs.length > 1;
    this.dialog.querySelector("[data-part=one]").hidden = several;
    this.form.hidden = !several;
    this.dialog.querySelector("[data-part=pairs]").replaceChildren();
    this.dialog.querySelector("[data-part=count]").textContent = "";
    const { a, b } = this.form.elements;
    const options = () => state.runs.map((run) => make("option", { value: run.key, text: `${run.prompt}, ${run.model}` }));
    for (const [select, n] of [[a, 1], [b, 0]]) {
      const chosen = select.value;
      select.replaceChildren(...options());
      select.value = state.runs.some((run) => run.key === chosen) ? chosen : (state.runs[n]?.key ?? "");
    }
    this.dialog.showModal();
    if (several) await this.refresh();
  }

  async refresh() {
    const { a, b, different } = this.form.elements;
    const state = await load(a.value, b.value).catch((error) => {
      this.dialog.close();
      this.onlost(error.message);
    });
    if (!state) return;
    const items = new Map(state.items.map((item) => [item.id, item]));
    const counts = { same: 0, differ: 0, alone: 0 };
    const rows = state.sides.map((pair) => {
      const relation = pair.a === pair.b ? "same" : pair.a && pair.b ? "differ" : "alone";
      counts[relation] += 1;
      return different.checked && relation === "same" ? null : this.row(pair, relation, items, state.article.lang);
    });
    this.dialog.querySelector("[data-part=pairs]").replaceChildren(...rows.filter(Boolean));
    const { same, differ, alone } = counts;
    this.dialog.querySelector("[data-part=count]").textContent = say("compare_count", { same, differ, alone });
  }

  row({ a, b }, relation, items, lang) {
    const cells = relation === "same"
      ? [this.side(items.get(a), null, lang)]
      : [this.side(items.get(a), items.get(b), lang), this.side(items.get(b), items.get(a), lang)];
    return make("li", { class: relation }, make("p", { class: "relation", text: say(`sides_${relation}`) }), ...cells);
  }

  side(item, other, lang) {
    if (!item) return make("div", { class: "side absent", text: say("absent") });
    const { id, kind, label, fields, status } = item;
    const button = (key, judgements) => make("button", {
      type: "button", text: say(key), "aria-label": `${say(key)}: ${label}`, "data-judge": `${key}-${id}`,
      onclick: async () => {
        await this.onverdict(judgements);
        await this.refresh();
        this.dialog.querySelector(`[data-judge="${key}-${id}"]`)?.focus();
      },
    });
    const take = [["accept", id], ...(other && other.status !== "rejected" ? [["reject", other.id]] : [])];
    return make("div", { class: `side ${kind}`, "data-status": status },
      make("p", { class: "head" },
        make("button", {
          type: "button", class: `tag ${kind}`, text: label, "aria-label": `${say(kind)} ${label}`,
          onclick: () => {
            this.dialog.close();
            this.onpick(id);
          },
        }), " ", make("b", { text: fields.actors.join("; ") }), " ", make("span", { class: "how", text: how(fields) })),
      make("p", { class: "what", lang, text: fields.statement }),
      make("p", { class: "buttons" }, make("span", { class: "status", text: say(`status_${status}`) }),
        button(other ? "take_this" : "accept", take), button("reject", [["reject", id]])));
  }
}
