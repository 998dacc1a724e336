/** What the page tells: in passing, read out by screen readers; or to stay, with what can be done about it. */

import { make } from "./words.js";

export class Notices {
  constructor(live, notice) {
    this.live = live;
    this.notice = notice;
  }

  say(words) {
    this.live.textContent = words ?? "";
  }

  /** Show a message that stays; `choices` are [words, function] and each ends it. */
  show(title, lines, choices) {
    const buttons = choices.map(([text, act]) =>
      make("button", {
        type: "button", text,
        onclick: () => {
          this.clear();
          act();
        },
      }),
    );
    this.notice.replaceChildren(
      make("p", {}, make("b", { text: title })),
      ...lines.map((text) => make("p", { text })),
      make("p", { class: "buttons" }, ...buttons),
    );
    this.notice.hidden = false;
  }

  clear() {
    this.notice.hidden = true;
    this.notice.replaceChildren();
  }
}
