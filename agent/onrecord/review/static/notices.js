/** What the page tells: in passing, read out by screen readers; or to stay, with what can be done about it. */

import { make } from "./words.js";

export class Notices {
  /** `onleft` gives the focus a place when what held it is gone. */
  constructor(live, notice, onleft) {
    this.live = live;
    this.notice = notice;
    this.onleft = onleft;
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
    this.notice.focus();
  }

  clear() {
    const held = this.notice.contains(document.activeElement);
    this.notice.hidden = true;
    this.notice.replaceChildren();
    if (held) this.onleft();
  }
}
