/** Single keys; they can be switched off, for those whose speech recognition types them unasked. */

const KEYS = {
  j: "next", k: "previous", a: "accept", r: "reject", e: "edit", u: "undo", n: "add", m: "actors", c: "compare",
  g: "article", x: "complete", t: "take", "/": "search", "?": "help",
};
const IN_LIST = { ArrowDown: "next", ArrowUp: "previous", Home: "first", End: "last" };

export class Keys {
  constructor(acts, list) {
    const box = document.getElementById("keys-on");
    box.checked = localStorage.getItem("keys") !== "off";
    box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const { target } = event;
      if (event.key === "Escape" && target.matches("input[type=search]")) return list.focus();
      if (target.closest("input, textarea, select, [contenteditable]")) return;
      // A modal dialog has the page to itself; the editor has not, and only taking a selection makes sense beside it.
      if (document.querySelector("dialog:modal")) return;
      const act = (target === list && IN_LIST[event.key]) || (box.checked && KEYS[event.key]);
      if (!act) return;
      if (document.getElementById("editor").open && act !== "take") return;
      event.preventDefault();
      acts[act]();
    });
  }
}
